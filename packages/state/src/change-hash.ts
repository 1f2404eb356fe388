import { createHash } from 'node:crypto'
import type { StoreItem } from './storage.ts'

/**
 * A hash of an item without its `eTag`: equal hashes mean equal items. Cycles are tolerated. {@link BotState} compares texts
 * instead, which is cheaper.
 *
 * @returns SHA-256 in hexadecimal.
 */
export function calculateChangeHash(item: StoreItem): string {
  return createHash('sha256')
    .update(textWithoutCycles({ ...item, eTag: undefined }))
    .digest('hex')
}

/** JSON in which an object that contains itself is replaced by a mark where it would begin again. */
function textWithoutCycles(value: object): string {
  const path: unknown[] = []
  return JSON.stringify(value, function (this: unknown, _property: string, child: unknown) {
    // `this` holds the child: what lies deeper on the path than it has been left behind.
    path.length = path.indexOf(this) + 1
    if (path.includes(child)) return '[Circular]'
    if (typeof child === 'object' && child !== null) path.push(child)
    return child
  })
}
