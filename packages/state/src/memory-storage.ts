import { StorageConflictError } from './storage-errors.ts'
import { assertKeys, assertStoreItems, isUnconditional } from './storage.ts'
import type { Storage, StoreItem, StoreItems } from './storage.ts'
import { setOwn } from './own-property.ts'
import { storeItemText } from './store-item-text.ts'

/** Keeps items in memory, until the process ends. For tests and for trying things out; see {@link Storage}. */
export class MemoryStorage implements Storage {
  protected memory: { [k: string]: string }
  /** The next `eTag`. */
  protected etag: number = 1

  /** @param memory - Where the items are kept, each as JSON text under its key. May be filled beforehand, and reused. */
  constructor(memory: { [k: string]: string } = {}) {
    this.memory = memory
  }

  async read(keys: string[]): Promise<StoreItems> {
    assertKeys(keys, 'reading')
    const items: StoreItems = {}
    for (const key of keys) {
      const item = this.stored(key)
      if (item) setOwn(items, key, item)
    }
    return items
  }

  async write(changes: StoreItems): Promise<void> {
    assertStoreItems(changes)
    // All texts first: when one item is refused, nothing has been written yet.
    const texts = Object.entries(changes).map(([key, item]) => [key, this.replacement(key, item)] as const)
    for (const [key, text] of texts) setOwn(this.memory, key, text)
  }

  async delete(keys: string[]): Promise<void> {
    assertKeys(keys, 'deleting')
    for (const key of keys) delete this.memory[key]
  }

  private stored(key: string): StoreItem | undefined {
    return Object.hasOwn(this.memory, key) ? (JSON.parse(this.memory[key] as string) as StoreItem) : undefined
  }

  private replacement(key: string, item: StoreItem): string {
    const replaced = this.stored(key)
    if (replaced && !isUnconditional(item.eTag) && item.eTag !== replaced.eTag) throw new StorageConflictError(key)
    return storeItemText(key, item, this.nextETag(replaced?.eTag))
  }

  /** Greater than the replaced one, which another storage over the same memory may have given. */
  private nextETag(replaced: string | undefined): string {
    const previous = Number(replaced)
    if (Number.isSafeInteger(previous)) this.etag = Math.max(this.etag, previous + 1)
    return String(this.etag++)
  }
}
