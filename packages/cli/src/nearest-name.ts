/** More typing errors than this make another word. */
const MAX_ERRORS = 2

/**
 * What was probably meant by `typed`.
 *
 * @returns the name that takes the fewest single-letter changes, at most two and fewer than it has letters; `undefined` when none
 * is near.
 */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, errors: distance(typed, name) }))
    .filter(({ name, errors }) => errors <= MAX_ERRORS && errors < name.length)
    .sort((a, b) => a.errors - b.errors)
  return best?.name
}

/** Letters to add, remove or replace to make `b` of `a`. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
