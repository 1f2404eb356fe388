import type { Activity, PagedResult, TranscriptInfo, TranscriptStore } from '@parley/core'
import { assertActivity, assertChannel, assertConversation, page, PAGE_SIZE } from './page.ts'

interface Entry {
  readonly activity: Activity
  /** In milliseconds since 1970; 0 when the activity does not say. */
  readonly at: number
}

/** Conversations by id, each in the order things were said. */
type Channel = Map<string, Entry[]>

/**
 * Remembers conversations in memory, until the process ends. For tests and for trying things out.
 *
 * A page has at most 20 items; its `continuationToken` is the id of its last one.
 */
export class MemoryTranscriptStore implements TranscriptStore {
  private readonly channels: Map<string, Channel> = new Map()

  /** @throws {@link StorageArgumentError} `STATE_ARGUMENT`: no activity was given. */
  async logActivity(activity: Activity): Promise<void> {
    assertActivity(activity)
    const { channelId, conversation, timestamp } = activity
    const at = timestamp === undefined ? 0 : new Date(timestamp).getTime()
    const channel = entryOf(this.channels, channelId, () => new Map<string, Entry[]>())
    const entries = entryOf(channel, conversation.id, (): Entry[] => [])
    // Nearly always the last place: what is logged next was said next.
    const index = entries.findLastIndex((entry) => entry.at <= at)
    entries.splice(index + 1, 0, { activity, at })
  }

  /** @throws {@link StorageArgumentError} `STATE_ARGUMENT`: an id is missing. */
  async getTranscriptActivities(
    channelId: string,
    conversationId: string,
    continuationToken?: string,
    startDate?: Date,
  ): Promise<PagedResult<Activity>> {
    assertConversation(channelId, conversationId)
    const entries = this.channels.get(channelId)?.get(conversationId) ?? []
    const since = startDate?.getTime() ?? -Infinity
    const activities = entries.filter(({ at }) => at >= since).map(({ activity }) => activity)
    return pageAfter(activities, (activity) => activity.id ?? '', continuationToken)
  }

  /**
   * The conversations of a channel, in the order they began.
   *
   * @throws {@link StorageArgumentError} `STATE_ARGUMENT`: the channel is missing.
   */
  async listTranscripts(channelId: string, continuationToken?: string): Promise<PagedResult<TranscriptInfo>> {
    assertChannel(channelId)
    const conversations = [...(this.channels.get(channelId) ?? [])]
    const infos = conversations.map(([id, entries]) => ({ channelId, id, created: new Date(entries[0]?.at ?? 0) }))
    infos.sort((one, other) => one.created.getTime() - other.created.getTime())
    return pageAfter(infos, ({ id }) => id, continuationToken)
  }

  /** @throws {@link StorageArgumentError} `STATE_ARGUMENT`: an id is missing. */
  async deleteTranscript(channelId: string, conversationId: string): Promise<void> {
    assertConversation(channelId, conversationId)
    this.channels.get(channelId)?.delete(conversationId)
  }
}

function entryOf<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = create()))
  return value
}

/** The page after the item with the id `token`; none when there is no such item. */
function pageAfter<T>(all: readonly T[], idOf: (item: T) => string, token: string | undefined): PagedResult<T> {
  const last = token ? all.findIndex((item) => idOf(item) === token) : undefined
  if (last === -1) return page([], undefined)
  const first = last === undefined ? 0 : last + 1
  const items = all.slice(first, first + PAGE_SIZE)
  const end = items.at(-1)
  const isFull = items.length === PAGE_SIZE && end !== undefined
  return page(items, isFull ? idOf(end) : undefined)
}
