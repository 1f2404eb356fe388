import type { Activity, PagedResult } from '@parley/core'
import { BlobsTranscriptStore as ParleyBlobsTranscriptStore } from '@parley/storage-blobs'
import type { BlobCredential } from '@parley/storage-blobs'
import { blobsOptions } from './pipeline-options.ts'
import type { StoragePipelineOptions } from './pipeline-options.ts'

/** Settings of a {@link BlobsTranscriptStore}. */
export interface BlobsTranscriptStoreOptions {
  storagePipelineOptions?: StoragePipelineOptions
  /** Whether new blobs have readable names in place of encoded ones. Default `false`. */
  decodeTranscriptKey?: boolean
}

/** Remembers conversations in blobs; all activities of one are on one page, as in SDK v4. */
export class BlobsTranscriptStore extends ParleyBlobsTranscriptStore {
  /**
   * @param connectionString - Of the storage account.
   * @param containerName - Made when it is not there.
   * @param blobServiceUri - Of the container, in place of both.
   * @param tokenCredential - For `blobServiceUri`.
   * @throws {@link BlobsOptionError} `BLOBS_OPTION`: one of them is missing or malformed.
   */
  constructor(
    connectionString: string,
    containerName: string,
    options?: BlobsTranscriptStoreOptions,
    blobServiceUri?: string,
    tokenCredential?: BlobCredential,
  ) {
    const { storagePipelineOptions, decodeTranscriptKey } = options ?? {}
    const all = { ...blobsOptions(storagePipelineOptions), decodeTranscriptKey }
    super(connectionString, containerName, all, blobServiceUri, tokenCredential)
  }

  override async logActivity(activity: Activity, options?: BlobsTranscriptStoreOptions): Promise<void> {
    return super.logActivity(activity, options)
  }

  override async getTranscriptActivities(
    channelId: string,
    conversationId: string,
    continuationToken?: string,
    startDate?: Date,
  ): Promise<PagedResult<Activity>> {
    const items: Activity[] = []
    let token = continuationToken
    do {
      const page = await super.getTranscriptActivities(channelId, conversationId, token, startDate)
      items.push(...page.items)
      token = page.continuationToken
    } while (token)
    return { items, continuationToken: '' }
  }
}
