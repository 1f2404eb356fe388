/** @throws Error One of the parts is missing; it says which. */
export function checkSkillHost(parts: Readonly<Record<string, unknown>>): void {
  const missing = Object.keys(parts).find((name) => !parts[name])
  if (missing) throw new Error(`missing ${missing}.`)
}
