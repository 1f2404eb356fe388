import type { Activity } from '../activity.ts'

/** Takes down what is said, activity by activity. */
export interface TranscriptLogger {
  logActivity(activity: Activity): void | Promise<void>
}

/** A {@link TranscriptLogger} that remembers. */
export interface TranscriptStore extends TranscriptLogger {
  /**
   * One page of a conversation, in the order things were said; empty when nothing is known of it.
   *
   * @param continuationToken - Of the page before. Default: the first page.
   * @param startDate - Leaves out what was said earlier.
   */
  getTranscriptActivities(
    channelId: string,
    conversationId: string,
    continuationToken?: string,
    startDate?: Date,
  ): Promise<PagedResult<Activity>>

  /** One page of the conversations of a channel. */
  listTranscripts(channelId: string, continuationToken?: string): Promise<PagedResult<TranscriptInfo>>

  /** Forgets a conversation; fine when nothing is known of it. */
  deleteTranscript(channelId: string, conversationId: string): Promise<void>
}

/** A conversation a store remembers. */
export interface TranscriptInfo {
  channelId: string
  /** Id of the conversation. */
  id: string
  /** When it began. */
  created: Date
}

/** A part of a list, and where the next part begins. */
export interface PagedResult<T> {
  items: T[]
  /** Asks for the next page; absent on the last one. Required, as in SDK v4, so that code written for it compiles. */
  continuationToken: string
}
