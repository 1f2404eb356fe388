import { createHash } from 'node:crypto'

/** The same GUID for a name in every run, and another one for every other name. */
export function stableGuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
