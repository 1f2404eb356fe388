const told = new Set<string>()

/**
 * Tells of options whose names are almost known, such as `MicrosoftAppPasword`, once each. Bots pass the whole environment as
 * their options, so a name that is nothing like a known one is none of ours.
 *
 * @param options - As the bot gave them.
 * @param known - The names there are.
 */
export function warnOfMistypedOptions(options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name) || told.has(name)) continue
    const nearest = known.find((candidate) => isAlmost(name, candidate))
    if (nearest === undefined) continue
    told.add(name)
    process.emitWarning(`The option '${name}' is not known; is '${nearest}' meant?`, { code: 'DROPIN_OPTION_UNKNOWN' })
  }
}

/** The same but for case, or for one letter that is wrong, missing, too much or swapped. */
function isAlmost(name: string, known: string): boolean {
  const [a, b] = [name.toLowerCase(), known.toLowerCase()]
  if (a === b) return true
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const isSwap = left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
  return isSwap || (left.length <= 1 && right.length <= 1)
}
