import { StorageArgumentError } from './storage-errors.ts'
import type { OpenValue } from '@parley/core'

/** A plain object to store. Everything in it must survive JSON; `eTag` belongs to the storage. */
export interface StoreItem {
  [key: string]: OpenValue
  /** The version: opaque, given by the storage when reading, compared when writing. */
  eTag?: string | undefined
}

/** Items by key. */
export interface StoreItems {
  [key: string]: OpenValue
}

/**
 * Keeps items by key, with optimistic concurrency. `storageConformance` of `@parley/testing` is this contract as tests.
 *
 * Keys are arbitrary non-empty strings, compared character by character. Items are kept as JSON keeps them: a `Date` comes
 * back as its ISO 8601 text, `undefined` and functions are left out, and NaN becomes `null`; what JSON would lose altogether
 * (a `Map`, a cycle, a `bigint`) is refused.
 */
export interface Storage {
  /**
   * The items stored under `keys`, each with its `eTag`; a key that is not stored is absent from the result.
   *
   * @throws {@link StorageArgumentError} `STATE_ARGUMENT`: no keys were given.
   */
  read(keys: string[]): Promise<StoreItems>

  /**
   * Stores all items of `changes`, or, when any is refused, none of them. They are stored as they are when this is called.
   *
   * The `eTag` of an item says what it replaces: without one, or with `*`, whatever is there; with any other, that very
   * version. An item that is not stored yet is created, whatever its `eTag`.
   *
   * @throws {@link StorageConflictError} `STATE_CONFLICT`: an item was written by someone else since it was read.
   * @throws {@link NotSerializableError} `STATE_NOT_SERIALIZABLE`: an item holds something JSON would lose.
   * @throws {@link StorageArgumentError} `STATE_ARGUMENT`: no changes were given, or one of them is not an object.
   */
  write(changes: StoreItems): Promise<void>

  /**
   * Removes the items stored under `keys`, whatever their version. Keys that are not stored are fine.
   *
   * @throws {@link StorageArgumentError} `STATE_ARGUMENT`: no keys were given.
   */
  delete(keys: string[]): Promise<void>
}

/**
 * An `eTag` that says "only if nothing is stored yet": no storage gives it to an item, so writing with it creates the item or
 * is refused.
 */
export const ABSENT_ETAG = 'absent'

/** Whether an item with this `eTag` replaces whatever is stored. */
export function isUnconditional(eTag: unknown): boolean {
  return eTag === undefined || eTag === null || eTag === '' || eTag === '*'
}

/**
 * Checks that `value` can be given to {@link Storage.write}.
 *
 * @throws {@link StorageArgumentError} `STATE_ARGUMENT`: it is not an object of objects.
 */
export function assertStoreItems(value: unknown, ..._rest: unknown[]): asserts value is StoreItems {
  if (value === undefined || value === null) throw new StorageArgumentError('Changes are required when writing.')
  if (!isDictionary(value)) throw new StorageArgumentError('Changes must be an object with one item for each key.')
  for (const [key, item] of Object.entries(value)) {
    if (!isDictionary(item)) throw new StorageArgumentError(`The item to write under "${key}" is not an object.`)
  }
}

/** @throws {@link StorageArgumentError} `STATE_ARGUMENT`: `keys` is not a list. */
export function assertKeys(keys: unknown, operation: 'reading' | 'deleting'): asserts keys is string[] {
  if (!Array.isArray(keys)) throw new StorageArgumentError(`Keys are required when ${operation}.`)
}

function isDictionary(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
