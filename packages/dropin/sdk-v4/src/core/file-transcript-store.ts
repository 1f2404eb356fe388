import type { Activity, PagedResult, TranscriptInfo } from '@parley/core'
import { FileTranscriptStore as ParleyFileTranscriptStore, StorageArgumentError } from '@parley/state'

/** Remembers conversations as files, one for each activity; refuses in v4's way. */
export class FileTranscriptStore extends ParleyFileTranscriptStore {
  /** @throws Error: no folder was given. */
  constructor(folder: string) {
    if (!folder) throw new Error('Missing folder.')
    super(folder)
  }

  /** @throws Error as a rejection: no activity was given. */
  override logActivity(activity: Activity): Promise<void> {
    return plainly(super.logActivity(activity))
  }

  /** @throws Error as a rejection: an id is missing. */
  override getTranscriptActivities(
    channelId: string,
    conversationId: string,
    continuationToken?: string,
    startDate?: Date,
  ): Promise<PagedResult<Activity>> {
    return plainly(super.getTranscriptActivities(channelId, conversationId, continuationToken, startDate))
  }

  /** @throws Error as a rejection: the channel is missing. */
  override listTranscripts(channelId: string, continuationToken?: string): Promise<PagedResult<TranscriptInfo>> {
    return plainly(super.listTranscripts(channelId, continuationToken))
  }

  /** @throws Error as a rejection: an id is missing. */
  override deleteTranscript(channelId: string, conversationId: string): Promise<void> {
    return plainly(super.deleteTranscript(channelId, conversationId))
  }
}

async function plainly<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation
  } catch (error) {
    throw error instanceof StorageArgumentError ? new Error(error.message, { cause: error }) : error
  }
}
