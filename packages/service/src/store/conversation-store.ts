import type { WireActivity } from '../conversations/wire-activity.ts'
import type { ConversationChanges, ConversationRecord } from './conversation-record.ts'

/** Which of a bot's conversations to list. */
export interface ListConversationsQuery {
  readonly botId: string
  /** A `nextPage` of an earlier answer. */
  readonly page?: number
  readonly limit: number
}

export interface ConversationPage {
  readonly conversations: readonly ConversationRecord[]
  /** Absent on the last page. */
  readonly nextPage?: number
}

/** What {@link ConversationStore.readChanges} leaves out. */
export interface ReadChangesOptions {
  /** Whether activities that only matter at the moment they are sent (typing) are read too. */
  readonly transient: boolean
  /** How many entries of the log to read at most; the watermark is then where to go on. Default all. */
  readonly maxEntries?: number
}

/**
 * Conversations and what was said in them. What every implementation has to fulfil is in `test/conversation-store-conformance.ts`.
 *
 * Synchronous on purpose: the engines meant for it are embedded, and between a check and the write that relies on it nothing
 * else can happen. Every method leaves the store consistent or throws having changed nothing; what a store that outlives the
 * process has returned from, it still has after the process was killed.
 */
export interface ConversationStore {
  /**
   * Does several writes as one: a store that outlives the process has all of them or none, whenever the process ends and also
   * when `work` throws. A call within `work` joins the outer one.
   */
  atomically<T>(work: () => T): T

  /** Adds a conversation, or replaces its record. */
  put(conversation: ConversationRecord): void
  get(conversationId: string): ConversationRecord | undefined
  /** Removes a conversation with everything said in it. */
  remove(conversationId: string): void
  /** A bot's conversations, in the order they were added. */
  list(query: ListConversationsQuery): ConversationPage
  /** The newest conversation of `botId` and `userId` alone that has not ended. */
  findDirect(botId: string, userId: string): ConversationRecord | undefined

  /** Takes the next number for an activity of the conversation: 1, 2, 3 … @throws RangeError for an unknown conversation. */
  nextActivityNumber(conversationId: string): number
  /** The number taken last; 0 before the first. */
  lastActivityNumber(conversationId: string): number

  /**
   * Appends an activity to the conversation's log. `transient` ones are forgotten by later readers that do not ask for them.
   *
   * @throws RangeError for an unknown conversation.
   */
  append(conversationId: string, activity: WireActivity, options?: { readonly transient?: boolean }): void
  /** Replaces an activity, in its place and, for those who have read it, once more at the end of the log. @returns whether it was there. */
  replace(conversationId: string, activity: WireActivity): boolean
  /** Forgets an activity and appends its deletion to the log. @returns whether it was there. */
  erase(conversationId: string, activityId: string): boolean
  /** An activity as it now is. */
  find(conversationId: string, activityId: string): WireActivity | undefined
  /** What changed after `watermark`; 0 reads everything that is retained. */
  readChanges(conversationId: string, watermark: number, options: ReadChangesOptions): ConversationChanges
  /** The end of the log. */
  lastSequence(conversationId: string): number

  /** Forgets what is older than the retention limits allow at `now`, in milliseconds since the epoch. */
  forgetExpired(now: number): void
}
