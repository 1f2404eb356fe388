import { isDeepStrictEqual } from 'node:util'

type Data = Readonly<Record<string, unknown>>

/**
 * What is to be stored when two turns changed the same data: `stored`, with everything this turn changed, name by name.
 *
 * @param base - What the turn read.
 * @param mine - What the turn made of it.
 * @param stored - What another turn has stored since.
 */
export function mergeChanges(base: unknown, mine: unknown, stored: unknown): unknown {
  if (isDeepStrictEqual(base, stored)) return mine
  if (isDeepStrictEqual(base, mine)) return stored
  if (!isData(mine) || !isData(stored)) return mine
  const before: Data = isData(base) ? base : {}
  const merged: Record<string, unknown> = { ...stored }
  for (const name of new Set([...Object.keys(before), ...Object.keys(mine)])) {
    if (isDeepStrictEqual(before[name], mine[name])) continue
    if (name in mine) merged[name] = mine[name]
    else delete merged[name]
  }
  return merged
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
