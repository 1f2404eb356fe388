import { MemoryStorage as ParleyMemoryStorage } from '@parley/state'
import type { StoreItems } from '@parley/state'

/**
 * Keeps items in memory, each as JSON text under its key: the texts may be given beforehand. It takes whatever
 * `JSON.stringify` takes, and says what it refuses in v4's words.
 */
export class MemoryStorage extends ParleyMemoryStorage {
  /** @throws ReferenceError as a rejection: no keys were given. */
  override async read(keys: string[]): Promise<StoreItems> {
    if (!keys) throw new ReferenceError('Keys are required when reading.')
    return super.read(keys)
  }

  /**
   * @throws ReferenceError as a rejection: no changes were given.
   * @throws Error as a rejection: an item was written since it was read.
   */
  override async write(changes: StoreItems): Promise<void> {
    if (!changes) throw new ReferenceError('Changes are required when writing.')
    for (const [key, item] of Object.entries(changes)) {
      const stored = this.memory[key]
      const { eTag } = item ?? {}
      const isConflict = stored && eTag && eTag !== '*' && eTag !== JSON.parse(stored).eTag
      if (isConflict) throw new Error(`Storage: error writing "${key}" due to eTag conflict.`)
      this.memory[key] = JSON.stringify({ ...item, eTag: (this.etag++).toString() })
    }
  }
}
