import { createHash } from 'node:crypto'
import type { StoreItem } from '@parley/state'
import { stringify } from '../stdlib/stringify.ts'

/**
 * Checks that `val` is an object, as items to store are.
 *
 * @throws TypeError otherwise.
 */
export function assertStoreItems(val: unknown, ..._args: unknown[]): asserts val is StoreItem {
  if (typeof val === 'object' && val !== null && !Array.isArray(val)) return
  throw new TypeError(`Expected object, received ${kindOf(val)}`)
}

/**
 * A hash of an item without its `eTag`: equal hashes mean equal items. Cycles are tolerated, and an object with a method
 * `_replacer` is hashed as what that returns.
 *
 * @returns SHA-256 in hexadecimal, of the same text v4 hashed.
 */
export function calculateChangeHash(item: StoreItem): string {
  const { eTag: _, ...rest } = item
  return createHash('sha256').update(stringify(rest)).digest('hex')
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
