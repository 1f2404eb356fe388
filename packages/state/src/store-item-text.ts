import { types } from 'node:util'
import { NotSerializableError } from './storage-errors.ts'
import type { StoreItem } from './storage.ts'

/**
 * The JSON text of an item, for storing and for comparing. Unlike `JSON.stringify` it refuses what would be lost without a
 * word: objects whose content JSON does not see (`Map`, `Set`, `RegExp`, `Error`, `Promise`, binary data). An object that says
 * by `toJSON` how it wants to be stored is stored that way: a `Date` as ISO 8601, a `Buffer` as its bytes.
 *
 * @param key - Where the item belongs; for the error message.
 * @param eTag - Takes the place of the item's own; by default the text has none.
 * @throws {@link NotSerializableError} `STATE_NOT_SERIALIZABLE`.
 */
export function storeItemText(key: string, item: StoreItem, eTag?: string): string {
  const stored = { ...item, eTag }
  const text = stringify(key, stored)
  // Only now: what could be made a text has no cycles. A walk is four times cheaper than a replacer.
  const loss = findLoss(stored)
  if (loss) throw new NotSerializableError(key, loss)
  return text
}

function stringify(key: string, value: object): string {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    const reason =
      cause instanceof RangeError
        ? 'it is nested too deeply'
        : 'it refers to itself, holds a bigint, or its toJSON() threw'
    throw new NotSerializableError(key, reason, { cause })
  }
}

/** The first property that JSON would empty, in words. */
function findLoss(value: object): string | undefined {
  for (const [property, child] of Object.entries(value)) {
    if (typeof child !== 'object' || child === null || typeof child.toJSON === 'function') continue
    const kind = lostKind(child)
    const loss = kind ? `its "${property}" is ${kind}` : findLoss(child)
    if (loss) return loss
  }
  return undefined
}

function lostKind(value: object): string | undefined {
  if (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) return undefined
  if (types.isMap(value) || types.isWeakMap(value)) return 'a Map'
  if (types.isSet(value) || types.isWeakSet(value)) return 'a Set'
  if (types.isRegExp(value)) return 'a RegExp'
  if (types.isPromise(value)) return 'a Promise'
  if (types.isNativeError(value)) return 'an Error'
  if (types.isAnyArrayBuffer(value) || ArrayBuffer.isView(value)) return 'binary data'
  return undefined
}
