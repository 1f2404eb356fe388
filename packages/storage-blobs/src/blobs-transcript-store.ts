import { randomUUID } from 'node:crypto'
import type { Activity, PagedResult, TranscriptInfo, TranscriptStore } from '@parley/core'
import { StorageArgumentError } from '@parley/state'
import { BlobContainer } from './blob-container.ts'
import type { BlobCredential } from './blob-credential.ts'
import { locateContainer } from './blob-location.ts'
import type { BlobsOptions } from './blobs-options.ts'
import { transcriptMetadata } from './transcript-metadata.ts'
import {
  conversationInNames,
  partsOfTranscriptName,
  transcriptBlobName,
  transcriptPrefixes,
} from './transcript-name.ts'

/** How transcripts are kept. */
export interface BlobsTranscriptOptions extends BlobsOptions {
  /**
   * Whether new blobs have readable names, `<channel>/<conversation>/…`, in place of encoded ones. Both are read. Default
   * `false`, as SDK v4.
   */
  readonly decodeTranscriptKey?: boolean | undefined
}

const PAGE_SIZE = 20
/** The most the service lists at once. */
const LIST_SIZE = 5000

/**
 * Remembers conversations in a container of Azure Blob Storage, one blob for each activity, with the names, the form and the
 * metadata SDK v4 gave them.
 */
export class BlobsTranscriptStore implements TranscriptStore {
  private readonly container: BlobContainer
  private readonly decodeTranscriptKey: boolean

  /**
   * @param connectionString - Of the storage account: with its key, or with a shared access signature.
   * @param containerName - 3 to 63 lower-case letters, digits and hyphens.
   * @param containerUrl - In place of both: `https://<account>.blob.core.windows.net/<container>`; may carry a signature.
   * @param credential - For `containerUrl`; see {@link BlobsStorage}.
   * @throws {@link BlobsOptionError} `BLOBS_OPTION`: one of them is missing or malformed.
   */
  constructor(
    connectionString: string | undefined,
    containerName: string | undefined,
    options: BlobsTranscriptOptions = {},
    containerUrl?: string,
    credential?: BlobCredential,
  ) {
    this.container = new BlobContainer(
      locateContainer(connectionString, containerName, containerUrl, credential),
      options,
    )
    this.decodeTranscriptKey = options.decodeTranscriptKey ?? false
  }

  /**
   * @param options - `decodeTranscriptKey`: for this blob, in place of what the store was made with.
   * @throws {@link StorageArgumentError} `STATE_ARGUMENT`: no activity was given, or it belongs to no conversation.
   */
  async logActivity(
    activity: Activity,
    options: { readonly decodeTranscriptKey?: boolean | undefined } = {},
  ): Promise<void> {
    if (!activity) throw new StorageArgumentError('activity cannot be null for logActivity()')
    assertGiven('channelId', activity.channelId)
    assertGiven('conversationId', activity.conversation?.id)
    const at = new Date(activity.timestamp ?? Date.now())
    const name = transcriptBlobName(
      { channelId: activity.channelId, conversationId: activity.conversation.id, at, id: activity.id ?? randomUUID() },
      options.decodeTranscriptKey ?? this.decodeTranscriptKey,
    )
    await this.container.put(name, JSON.stringify(activity), { metadata: transcriptMetadata(activity, at) })
  }

  /**
   * A page of at most 20 activities, in the order they were said.
   *
   * @throws {@link StorageArgumentError} `STATE_ARGUMENT`: an id is missing.
   */
  async getTranscriptActivities(
    channelId: string,
    conversationId: string,
    continuationToken?: string,
    startDate?: Date,
  ): Promise<PagedResult<Activity>> {
    assertGiven('channelId', channelId)
    assertGiven('conversationId', conversationId)
    const since = startDate?.getTime() ?? -Infinity
    const said = (await this.namesIn(channelId, conversationId)).filter(({ parts }) => parts.at >= since)
    const first = continuationToken ? said.findIndex(({ name }) => name === continuationToken) : 0
    if (first === -1) return { items: [], continuationToken: '' }
    const page = said.slice(first, first + PAGE_SIZE)
    const items = await Promise.all(page.map(({ name }) => this.readActivity(name)))
    return { items: items.filter((item) => item !== undefined), continuationToken: said[first + PAGE_SIZE]?.name ?? '' }
  }

  /**
   * All conversations of a channel, on one page.
   *
   * @throws {@link StorageArgumentError} `STATE_ARGUMENT`: the channel is missing.
   */
  async listTranscripts(channelId: string, _continuationToken?: string): Promise<PagedResult<TranscriptInfo>> {
    assertGiven('channelId', channelId)
    const began = new Map<string, number>()
    for (const { parts } of await this.namesOf(transcriptPrefixes(channelId))) {
      if (!began.has(parts.conversationId)) began.set(parts.conversationId, parts.at)
    }
    const items = [...began].map(([id, at]) => ({ channelId, id, created: new Date(at) }))
    return { items, continuationToken: '' }
  }

  /** @throws {@link StorageArgumentError} `STATE_ARGUMENT`: an id is missing. */
  async deleteTranscript(channelId: string, conversationId: string): Promise<void> {
    assertGiven('channelId', channelId)
    assertGiven('conversationId', conversationId)
    const names = await this.namesIn(channelId, conversationId)
    await Promise.all(names.map(({ name }) => this.container.delete(name)))
  }

  /** The name alone: a store that ends up in a log shall not show what lets one in. */
  toJSON(): { name: string } {
    return { name: 'BlobsTranscriptStore' }
  }

  private async readActivity(name: string): Promise<Activity | undefined> {
    const blob = await this.container.get(name)
    if (!blob) return undefined
    const activity = JSON.parse(blob.text) as Activity
    for (const date of ['timestamp', 'localTimestamp', 'expiration'] as const) {
      if (activity[date]) activity[date] = new Date(activity[date])
    }
    return activity
  }

  private async namesIn(channelId: string, conversationId: string): Promise<NamedBlob[]> {
    const own = conversationInNames(channelId, conversationId)
    const names = await this.namesOf(transcriptPrefixes(channelId, conversationId))
    return names.filter(({ parts }) => parts.conversationId === own)
  }

  /** What of a transcript there is under these prefixes, in the order it was said. */
  private async namesOf(prefixes: readonly string[]): Promise<NamedBlob[]> {
    const found: NamedBlob[] = []
    for (const prefix of prefixes) {
      let marker: string | undefined
      do {
        const page = await this.container.list(prefix, { marker, maxResults: LIST_SIZE })
        for (const name of page.names) {
          const parts = partsOfTranscriptName(name)
          if (parts) found.push({ name, parts })
        }
        marker = page.marker
      } while (marker)
    }
    return found.toSorted((one, other) => one.parts.at - other.parts.at)
  }
}

interface NamedBlob {
  readonly name: string
  readonly parts: NonNullable<ReturnType<typeof partsOfTranscriptName>>
}

function assertGiven(name: string, id: unknown): asserts id is string {
  if (typeof id !== 'string' || id === '') throw new StorageArgumentError(`Missing ${name}`)
}
