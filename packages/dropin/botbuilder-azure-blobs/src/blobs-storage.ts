import type { StoreItem } from '@parley/state'
import { BlobsStorage as ParleyBlobsStorage, v4BlobName } from '@parley/storage-blobs'
import type { BlobCredential } from '@parley/storage-blobs'
import { blobsOptions } from './pipeline-options.ts'
import type { StoragePipelineOptions } from './pipeline-options.ts'

/** Settings of a {@link BlobsStorage}. */
export interface BlobsStorageOptions {
  storagePipelineOptions?: StoragePipelineOptions
}

/**
 * Keeps items in blobs, under exactly the names of SDK v4: keys that are the same as paths share one. It stores whatever
 * `JSON.stringify` makes of an item.
 */
export class BlobsStorage extends ParleyBlobsStorage {
  /**
   * @param connectionString - Of the storage account.
   * @param containerName - Made when it is not there.
   * @param url - Of the container, in place of both.
   * @param credential - For `url`.
   * @throws {@link BlobsOptionError} `BLOBS_OPTION`: one of them is missing or malformed.
   */
  constructor(
    connectionString: string,
    containerName: string,
    options?: BlobsStorageOptions,
    url?: string,
    credential?: BlobCredential,
  ) {
    super(connectionString, containerName, blobsOptions(options?.storagePipelineOptions), url, credential)
  }

  protected override nameOf(key: string): string {
    if (!key) throw new Error('Please provide a non-empty key')
    return v4BlobName(key) ?? super.nameOf(key)
  }

  protected override textOf(_key: string, item: StoreItem): string {
    return JSON.stringify({ ...item, eTag: undefined })
  }
}
