import { StorageTimeoutError } from './storage-errors.ts'
import type { Storage, StoreItem } from './storage.ts'

/**
 * The item under `key`, or `undefined`.
 *
 * @throws {@link StorageTimeoutError} `STATE_TIMEOUT`: the storage took longer than `timeoutMs`.
 */
export async function readItem(storage: Storage, key: string, timeoutMs: number): Promise<StoreItem | undefined> {
  const items = await within(timeoutMs, storage.read([key]))
  return Object.hasOwn(items, key) ? (items[key] as StoreItem | undefined) : undefined
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  if (timeoutMs === Infinity) return work
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StorageTimeoutError(timeoutMs)), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
