/** What the settings of a bot are by default, as SDK v4 has it: the environment of the process, as it is now. */
export function settingsFromEnv(): Record<string, string> {
  return process.env as Record<string, string>
}
