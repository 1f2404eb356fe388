import { Activity, PagedResult, TranscriptInfo, TranscriptStore } from 'botbuilder-core'

/** Keeps transcripts in a list, a page at a time. */
export class ListTranscripts implements TranscriptStore {
  private readonly activities: Activity[] = []

  async logActivity(activity: Activity): Promise<void> {
    this.activities.push(activity)
  }

  async getTranscriptActivities(
    channelId: string,
    conversationId: string,
    continuationToken?: string,
    startDate?: Date,
  ): Promise<PagedResult<Activity>> {
    const start = Number(continuationToken ?? 0)
    const all = this.activities.filter(
      (activity) =>
        activity.channelId === channelId &&
        activity.conversation.id === conversationId &&
        (!startDate || !activity.timestamp || activity.timestamp >= startDate),
    )
    return { items: all.slice(start, start + 2), continuationToken: start + 2 < all.length ? String(start + 2) : '' }
  }

  async listTranscripts(channelId: string, _continuationToken?: string): Promise<PagedResult<TranscriptInfo>> {
    const ids = new Set(this.activities.map(({ conversation }) => conversation.id))
    return { items: [...ids].map((id) => ({ channelId, id, created: new Date(0) })), continuationToken: '' }
  }

  async deleteTranscript(_channelId: string, conversationId: string): Promise<void> {
    const kept = this.activities.filter(({ conversation }) => conversation.id !== conversationId)
    this.activities.splice(0, this.activities.length, ...kept)
  }
}
