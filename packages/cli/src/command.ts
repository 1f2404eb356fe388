import type { Readable, Writable } from 'node:stream'

/** What a command works with; tests hand over their own. */
export interface CommandIo {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number }
  readonly stderr: Writable & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  /** Folder relative paths start from. */
  readonly cwd: string
  /** Aborted when the user asks to stop, once: the command ends what it is doing and returns. */
  readonly signal: AbortSignal
}

/** One of the things `parley` can do. */
export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** What `parley <name> --help` prints: usage, options with defaults, examples, exit codes. */
  readonly help: string
  /**
   * Does it.
   *
   * @param args - What follows the command's name.
   * @returns one of {@link EXIT}.
   * @throws ParleyError for what the user can put right; `CliUsageError` `CLI_USAGE` ends with {@link EXIT}.usage.
   */
  run(args: readonly string[], io: CommandIo): Promise<number>
}

/** Exit codes, the same for all commands. */
export const EXIT = {
  ok: 0,
  /** What was checked is not as it should be: a transcript differs, the doctor found something. */
  failed: 1,
  /** The command line cannot be understood. */
  usage: 2,
  /** The bot or the service cannot be reached or started. */
  unreachable: 3,
  /** Stopped by a signal. */
  interrupted: 130,
} as const
