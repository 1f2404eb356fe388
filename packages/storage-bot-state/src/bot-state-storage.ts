import {
  ABSENT_ETAG,
  assertKeys,
  isUnconditional,
  StateTooLargeError,
  StorageConflictError,
  storeItemText,
} from '@parley/state'
import type { Storage, StoreItem, StoreItems } from '@parley/state'
import { readItemByItem, writeItemByItem } from '@parley/state/internal'
import { bagOfKey } from './bag-of-key.ts'
import { ungzippedData } from './gzipped-data.ts'
import type { BotStateBag } from './bot-state-bag.ts'
import type { BotStateClient } from './bot-state-client.ts'
import { BotStateConflictError, BotStateItemInvalidError, BotStateTooLargeError } from './bot-state-errors.ts'

/** Settings of a {@link BotStateStorage}. */
export interface BotStateStorageOptions {
  /** Largest item, in bytes of its JSON in UTF-8; the service may take less. Default 32 768, as the service in the cloud. */
  readonly maxBytes?: number | undefined
}

/**
 * Keeps items in the bags of the Bot State API: see `Storage` of `@parley/state`. Keys of `UserState`, `ConversationState` and
 * `PrivateConversationState` without a namespace have the bag they name, so that a bot finds what it stored with SDK v3, and
 * the other way round; every other key has a bag of its own.
 *
 * The service writes one bag at a time. A write of several items is checked as a whole before the first bag is written, so that
 * a stale `eTag` refuses all of it; only when someone else writes in that very moment, or the process ends, some may be written
 * and others not.
 *
 * Every method may also fail with a {@link BotStateError} (`BOTSTATE_…`).
 */
export class BotStateStorage implements Storage {
  private readonly client: BotStateClient
  private readonly maxBytes: number

  constructor(client: BotStateClient, { maxBytes = 32_768 }: BotStateStorageOptions = {}) {
    this.client = client
    this.maxBytes = maxBytes
  }

  /** @throws {@link BotStateItemInvalidError} `BOTSTATE_ITEM_INVALID`: a bag holds something that is no item. */
  async read(keys: string[]): Promise<StoreItems> {
    return readItemByItem(keys, (key) => this.readItem(key))
  }

  /** @throws {@link StateTooLargeError} `STATE_TOO_LARGE`: an item is more than a bag holds. */
  async write(changes: StoreItems): Promise<void> {
    await writeItemByItem(changes, {
      changeOf: (key, item) => this.changeOf(key, item),
      assertCurrent: (change) => this.assertCurrent(change),
      put: (change) => this.put(change),
    })
  }

  async delete(keys: string[]): Promise<void> {
    assertKeys(keys, 'deleting')
    await Promise.all(keys.map((key) => this.client.write(bagOfKey(key), null)))
  }

  private changeOf(key: string, item: StoreItem): Change {
    const text = storeItemText(key, item)
    const bytes = Buffer.byteLength(text)
    if (bytes > this.maxBytes) throw new StateTooLargeError(key, bytes, this.maxBytes)
    const { eTag } = item
    return { key, bag: bagOfKey(key), text, eTag: isUnconditional(eTag) ? undefined : eTag }
  }

  private async readItem(key: string): Promise<StoreItem | undefined> {
    const stored = await this.client.read(bagOfKey(key))
    if (stored.data === null) return undefined
    const data = await ungzippedData(stored.data)
    if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new BotStateItemInvalidError(key)
    return { ...data, eTag: stored.eTag }
  }

  private async assertCurrent({ key, bag, eTag }: Change): Promise<void> {
    if (eTag === undefined) return
    const stored = await this.client.read(bag)
    if (stored.data !== null && stored.eTag !== eTag) throw new StorageConflictError(key)
  }

  private async put(change: Change): Promise<void> {
    const { key, bag, eTag } = change
    if (await this.tryPut(change, eTag)) return
    // An item that is not stored is created, whatever its eTag.
    const mayBeNew = eTag !== ABSENT_ETAG && (await this.client.read(bag)).data === null
    if (mayBeNew && (await this.tryPut(change, ABSENT_ETAG))) return
    throw new StorageConflictError(key)
  }

  /** @returns Whether it was written: the bag was at that version. */
  private async tryPut({ key, bag, text }: Change, eTag: string | undefined): Promise<boolean> {
    try {
      await this.client.write(bag, JSON.parse(text), eTag)
      return true
    } catch (error) {
      if (error instanceof BotStateConflictError) return false
      if (!(error instanceof BotStateTooLargeError)) throw error
      throw new StateTooLargeError(key, error.bytes, undefined, { cause: error })
    }
  }
}

interface Change {
  readonly key: string
  readonly bag: BotStateBag
  readonly text: string
  readonly eTag: string | undefined
}
