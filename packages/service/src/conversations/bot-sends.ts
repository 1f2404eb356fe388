import type { RegisteredBot } from '../bots/registered-bot.ts'
import { ApiError, activityNotFound, badArgument } from '../http/api-error.ts'
import type { ConversationRecord, KeyedSend } from '../store/conversation-record.ts'
import { fromBot, fromHistory, isTransient } from './activities-for-clients.ts'
import type { SendFacts } from './activities-for-clients.ts'
import type { ClientTurns } from './client-turns.ts'
import { requireOpen } from './conversations.ts'
import type { Conversations } from './conversations.ts'
import { targeted } from './targeted-activities.ts'
import type { WireActivity } from './wire-activity.ts'

/**
 * SDK v4 lets a bot that speaks first reply to the event that started its turn, which exists in the bot alone and has a UUID for
 * an id. Channels take that for words of the bot's own; no id given here is a UUID.
 */
const EVENT_OF_SDK = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** How a bot sends an activity. */
export interface SendOptions {
  /** The activity the address says it answers. */
  readonly replyToId?: string | undefined
  /** Of several calls with one key in a conversation only the first adds something; the last 50 keys are known. */
  readonly idempotencyKey?: string | undefined
  /** Whether its recipient alone is to see it. */
  readonly isTargeted?: boolean
}

const MAX_KEYED_SENDS = 50

/** Channels on which, in the cloud, what a bot has said stays said. */
const UNCHANGING_CHANNELS: ReadonlySet<string> = new Set(['directline', 'webchat'])

/** Changes what a bot sends before clients get it. */
export type CompleteActivity = (
  activity: WireActivity,
  place: { readonly bot: RegisteredBot; readonly conversation: ConversationRecord },
) => WireActivity

export interface BotSendsOptions {
  readonly conversations: Conversations
  readonly turns: ClientTurns
  /** Whether nothing is offered that the cloud's Direct Line does not have. */
  readonly strict: boolean
  /** Adds what bots leave to the channel. Default nothing. */
  readonly complete?: CompleteActivity
}

/** The way from bots to clients: what a bot says, changes and takes back in a conversation of its own. */
export class BotSends {
  private readonly conversations: Conversations
  private readonly turns: ClientTurns
  private readonly strict: boolean
  private readonly complete: CompleteActivity

  constructor({ conversations, turns, strict, complete = (activity) => activity }: BotSendsOptions) {
    this.conversations = conversations
    this.turns = turns
    this.strict = strict
    this.complete = complete
  }

  /**
   * Adds an activity of the bot.
   *
   * @returns the id it got.
   * @throws ApiError 404 when `replyToId` is not of this conversation, 403 when the conversation has ended, 400 when it is
   * targeted at nobody.
   */
  send(
    conversation: ConversationRecord,
    bot: RegisteredBot,
    activity: WireActivity,
    { replyToId: repliedTo, idempotencyKey, isTargeted = false }: SendOptions = {},
  ): string {
    const replyToId = repliedTo !== undefined && EVENT_OF_SDK.test(repliedTo) ? undefined : repliedTo
    const earlier = this.keyedSends(conversation.id).find(({ key }) => key === idempotencyKey)
    if (earlier) return earlier.activityId
    requireOpen(conversation)
    if (replyToId !== undefined && !this.conversations.hasIssued(conversation.id, replyToId)) throw activityNotFound()
    const addressed = isTargeted ? targeted(activity, conversation) : activity
    this.turns.publishPending(conversation.id)
    return this.conversations.atomically(() => {
      const facts = this.conversations.factsOf(conversation, bot)
      const complete = this.complete(addressed, { bot, conversation })
      const sent = fromBot(complete, replyToId === undefined ? facts : { ...facts, replyToId })
      this.conversations.append(conversation.id, sent, { transient: isTransient(activity) })
      this.conversations.noteEnd(conversation.id, sent)
      if (idempotencyKey !== undefined) this.noteKey(conversation.id, { key: idempotencyKey, activityId: facts.id })
      return facts.id
    })
  }

  /** Replaces an activity the bot sent. @throws ApiError 400, 403, 404 or 405. */
  update(conversation: ConversationRecord, bot: RegisteredBot, activityId: string, activity: WireActivity): void {
    this.requireChanging(conversation)
    if (activity.id !== undefined && activity.id !== null && activity.id !== activityId) {
      throw badArgument('The id in the body is not the id in the address.')
    }
    requireOpen(conversation)
    const earlier = this.ownActivity(conversation, bot, activityId)
    const facts: SendFacts = { conversation, bot, id: activityId, timestamp: earlier.timestamp ?? '' }
    const { replyToId, recipient } = earlier
    // Whoever alone saw it is the one who sees the change.
    const addressed = recipient?.['isTargeted'] === true ? { ...activity, recipient } : activity
    const complete = this.complete(addressed, { bot, conversation })
    const updated = fromBot(complete, replyToId === undefined ? facts : { replyToId, ...facts })
    if (!this.conversations.replace(conversation.id, updated)) throw activityNotFound()
  }

  /** Takes back an activity the bot sent. @throws ApiError 403, 404 or 405. */
  delete(conversation: ConversationRecord, bot: RegisteredBot, activityId: string): void {
    this.requireChanging(conversation)
    requireOpen(conversation)
    this.ownActivity(conversation, bot, activityId)
    if (!this.conversations.erase(conversation.id, activityId)) throw activityNotFound()
  }

  /** Adds activities of an earlier conversation, in their order. @returns the id of the last one. */
  importHistory(conversation: ConversationRecord, bot: RegisteredBot, activities: readonly WireActivity[]): string {
    requireOpen(conversation)
    this.turns.publishPending(conversation.id)
    return this.conversations.atomically(() => {
      let lastId = ''
      for (const activity of activities) {
        const facts = this.conversations.factsOf(conversation, bot)
        this.conversations.append(conversation.id, fromHistory(activity, facts), { transient: false })
        lastId = facts.id
      }
      return lastId
    })
  }

  private requireChanging({ channelId }: ConversationRecord): void {
    if (!this.strict || !UNCHANGING_CHANNELS.has(channelId)) return
    throw new ApiError(405, 'BadArgument', `The channel ${channelId} does not support this operation.`)
  }

  private noteKey(conversationId: string, send: KeyedSend): void {
    const keyedSends = [...this.keyedSends(conversationId), send].slice(-MAX_KEYED_SENDS)
    this.conversations.change(conversationId, { keyedSends })
  }

  private keyedSends(conversationId: string): readonly KeyedSend[] {
    return this.conversations.get(conversationId)?.keyedSends ?? []
  }

  private ownActivity(conversation: ConversationRecord, bot: RegisteredBot, activityId: string): WireActivity {
    const activity = this.conversations.store.find(conversation.id, activityId)
    if (!activity) throw activityNotFound()
    if (activity.from?.id !== bot.account.id) {
      throw new ApiError(403, 'Forbidden', 'A bot may change only what it sent itself.')
    }
    return activity
  }
}
