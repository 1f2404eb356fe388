import { types } from 'node:util'
import type { OpenValue } from '@parley/core'
import { NotSerializableError } from './storage-errors.ts'
import type { StoreItem } from './storage.ts'

/**
 * The JSON text of an item, for storing. Unlike `JSON.stringify` it refuses what would be lost without a word: objects whose
 * content JSON does not see (`Map`, `Set`, `RegExp`, `Error`, `Promise`, binary data). An object that says by `toJSON` how it
 * wants to be stored is stored that way: a `Date` as ISO 8601, a `Buffer` as its bytes.
 *
 * @param key - Where the item belongs; for the error message.
 * @param eTag - Takes the place of the item's own; by default the text has none.
 * @throws {@link NotSerializableError} `STATE_NOT_SERIALIZABLE`.
 */
export function storeItemText(key: string, item: StoreItem, eTag?: string): string {
  const text = comparableText(key, item, eTag)
  assertLossless(key, item)
  return text
}

/**
 * The JSON text of an item, for comparing it with itself.
 *
 * @throws {@link NotSerializableError} `STATE_NOT_SERIALIZABLE`: it cannot be a text at all.
 */
export function comparableText(key: string, item: StoreItem, eTag?: string): string {
  return stringify(key, { ...item, eTag })
}

/**
 * Checks that nothing of an item is lost in its text. The item must have one, and so no cycles.
 *
 * @throws {@link NotSerializableError} `STATE_NOT_SERIALIZABLE`.
 */
export function assertLossless(key: string, item: StoreItem): void {
  const loss = attempt(key, () => findLoss(item))
  if (loss) throw new NotSerializableError(key, loss)
}

function stringify(key: string, value: object): string {
  return attempt(key, () => JSON.stringify(value))
}

/** Which of the two fails for an item nested too deeply depends on the version of Node. */
function attempt<T>(key: string, read: () => T): T {
  try {
    return read()
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
  for (const property of Object.keys(value)) {
    const child = (value as { [property: string]: OpenValue })[property]
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
