import type { Activity, PagedResult, TranscriptInfo } from '@parley/core'
import { MemoryTranscriptStore as ParleyMemoryTranscriptStore } from '@parley/state'

/** Remembers conversations in memory; arguments that are missing are refused at once, not by a rejection. */
export class MemoryTranscriptStore extends ParleyMemoryTranscriptStore {
  /** @throws Error: no activity was given. */
  override logActivity(activity: Activity): Promise<void> {
    if (!activity) throw new Error('activity cannot be null for logActivity()')
    return super.logActivity(activity)
  }

  /** @throws Error: an id is missing. */
  override getTranscriptActivities(
    channelId: string,
    conversationId: string,
    continuationToken?: string,
    startDate?: Date,
  ): Promise<PagedResult<Activity>> {
    requireIds(channelId, conversationId)
    return super.getTranscriptActivities(channelId, conversationId, continuationToken, startDate)
  }

  /** @throws Error: the channel is missing. */
  override listTranscripts(channelId: string, continuationToken?: string): Promise<PagedResult<TranscriptInfo>> {
    requireIds(channelId)
    return super.listTranscripts(channelId, continuationToken)
  }

  /** @throws Error: an id is missing. */
  override deleteTranscript(channelId: string, conversationId: string): Promise<void> {
    requireIds(channelId, conversationId)
    return super.deleteTranscript(channelId, conversationId)
  }
}

function requireIds(channelId: string, ...conversationId: [string?]): void {
  if (!channelId) throw new Error('Missing channelId')
  if (conversationId.length > 0 && !conversationId[0]) throw new Error('Missing conversationId')
}
