import { ABSENT_ETAG, assertKeys, isUnconditional, StorageConflictError, storeItemText } from '@parley/state'
import type { Storage, StoreItem, StoreItems } from '@parley/state'
import { readItemByItem, writeItemByItem } from '@parley/state/internal'
import { BlobContainer } from './blob-container.ts'
import type { PutCondition } from './blob-container.ts'
import type { BlobCredential } from './blob-credential.ts'
import { locateContainer } from './blob-location.ts'
import { blobName } from './blob-name.ts'
import type { BlobsOptions } from './blobs-options.ts'

interface Change {
  readonly key: string
  readonly name: string
  readonly text: string
  readonly eTag: string | undefined
}

/**
 * Keeps items in a container of Azure Blob Storage, one blob for each: see `Storage` of `@parley/state`. The container is
 * made when it is not there. Blobs have the names and the form SDK v4 gave them, so what v4 stored is read, and the other way
 * round.
 *
 * The service writes one blob at a time. A write of several items is checked as a whole before the first blob is written, so
 * that a stale `eTag` refuses all of it; only when someone else writes in that very moment, or the process ends, some may be
 * written and others not.
 */
export class BlobsStorage implements Storage {
  private readonly container: BlobContainer

  /**
   * @param connectionString - Of the storage account: with its key, or with a shared access signature.
   * @param containerName - 3 to 63 lower-case letters, digits and hyphens.
   * @param containerUrl - In place of both: `https://<account>.blob.core.windows.net/<container>`; may carry a signature.
   * @param credential - For `containerUrl`: one of `@azure/identity`, or `StorageSharedKeyCredential` or
   * `AnonymousCredential` of `@azure/storage-blob`.
   * @throws {@link BlobsOptionError} `BLOBS_OPTION`: one of them is missing or malformed.
   */
  constructor(
    connectionString: string | undefined,
    containerName: string | undefined,
    options: BlobsOptions = {},
    containerUrl?: string,
    credential?: BlobCredential,
  ) {
    this.container = new BlobContainer(
      locateContainer(connectionString, containerName, containerUrl, credential),
      options,
    )
  }

  async read(keys: string[]): Promise<StoreItems> {
    return readItemByItem(keys, (key) => this.readItem(key))
  }

  async write(changes: StoreItems): Promise<void> {
    await writeItemByItem(changes, {
      changeOf: (key, item) => this.changeOf(key, item),
      assertCurrent: (change) => this.assertCurrent(change),
      put: (change) => this.put(change),
    })
  }

  async delete(keys: string[]): Promise<void> {
    assertKeys(keys, 'deleting')
    await Promise.all(keys.map((key) => this.container.delete(this.nameOf(key))))
  }

  /** The name of the blob of a key. */
  protected nameOf(key: string): string {
    return blobName(key)
  }

  /** What is stored of an item. */
  protected textOf(key: string, item: StoreItem): string {
    return storeItemText(key, item)
  }

  /** The name alone: a storage that ends up in a log shall not show what lets one in. */
  toJSON(): { name: string } {
    return { name: 'BlobsStorage' }
  }

  private changeOf(key: string, item: StoreItem): Change {
    const { eTag } = item
    return { key, name: this.nameOf(key), text: this.textOf(key, item), eTag: isUnconditional(eTag) ? undefined : eTag }
  }

  private async readItem(key: string): Promise<StoreItem | undefined> {
    const blob = await this.container.get(this.nameOf(key))
    return blob && { ...(JSON.parse(blob.text) as object), eTag: blob.eTag }
  }

  private async assertCurrent({ key, name, eTag }: Change): Promise<void> {
    if (eTag === undefined) return
    const stored = await this.container.eTagOf(name)
    if (stored !== undefined && stored !== eTag) throw new StorageConflictError(key)
  }

  private async put({ key, name, text, eTag }: Change): Promise<void> {
    if (eTag === undefined) return void (await this.container.put(name, text))
    const condition: PutCondition = isServiceETag(eTag) ? { eTag } : ABSENT_ETAG
    if (await this.container.put(name, text, { condition })) return
    // An item that is not stored is created, whatever its eTag.
    const mayBeNew = condition !== ABSENT_ETAG && (await this.container.eTagOf(name)) === undefined
    if (mayBeNew && (await this.container.put(name, text, { condition: ABSENT_ETAG }))) return
    throw new StorageConflictError(key)
  }
}

/** Any other cannot be that of a blob, and the service refuses it as malformed. */
function isServiceETag(eTag: string): boolean {
  return /^"[\x21\x23-\x7e]*"$/.test(eTag)
}
