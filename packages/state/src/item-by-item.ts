import { assertKeys, assertStoreItems } from './storage.ts'
import type { StoreItem, StoreItems } from './storage.ts'

/** Reads items of a storage that can only be asked for one at a time; those that are not there are left out. */
export async function readItemByItem(
  keys: string[],
  readItem: (key: string) => Promise<StoreItem | undefined>,
): Promise<StoreItems> {
  assertKeys(keys, 'reading')
  const read = await Promise.all([...new Set(keys)].map(async (key) => [key, await readItem(key)] as const))
  return Object.fromEntries(read.filter(([, item]) => item !== undefined))
}

/** How a storage that has no transactions writes one item. */
export interface ItemWriter<C> {
  /** What is to be written: nothing of it may change with the item any more. */
  changeOf(key: string, item: StoreItem): C
  /** Fails when the stored item is another version than the one that is changed. */
  assertCurrent(change: C): Promise<void>
  put(change: C): Promise<void>
}

/** Writes items one by one. Of several, none is written when one is known to be outdated. */
export async function writeItemByItem<C>(changes: StoreItems, writer: ItemWriter<C>): Promise<void> {
  assertStoreItems(changes)
  // All first: they are what is stored, whatever happens to the items while the network is waited for.
  const parts = Object.entries(changes as Record<string, StoreItem>).map(([key, item]) => writer.changeOf(key, item))
  if (parts.length > 1) await Promise.all(parts.map((part) => writer.assertCurrent(part)))
  await Promise.all(parts.map((part) => writer.put(part)))
}
