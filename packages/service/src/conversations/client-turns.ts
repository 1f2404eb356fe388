import type { Logger } from '@parley/core'
import type { BotClient } from '../bots/bot-client.ts'
import type { BotProblem } from '../bots/bot-problem.ts'
import type { BotHealth } from '../bots/bot-health.ts'
import type { BotRegistry } from '../bots/bot-registry.ts'
import type { DeliveryResult, InvokeAnswer } from '../bots/delivery-result.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import { conversationNotFound, throttled } from '../http/api-error.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import { isTransient } from './activities-for-clients.ts'
import { fromChannel, fromClient, senderOf } from './activities-for-bots.ts'
import { requireOpen } from './conversations.ts'
import type { Conversations } from './conversations.ts'
import { TurnQueue } from './turn-queue.ts'
import type { WireAccount, WireActivity } from './wire-activity.ts'

export interface ClientTurnsOptions {
  readonly conversations: Conversations
  readonly bots: BotRegistry
  readonly client: BotClient
  readonly health: BotHealth
  readonly logger: Logger
  /** Whether bot and user are introduced together, when the user is known. Default each by itself. */
  readonly legacyEmulator?: boolean
}

/** Activities of one conversation that may wait for their turn: a bot that hangs must not fill the memory. */
const MAX_WAITING = 100

/** How posting a client's activity ended. */
export type PostResult =
  | { readonly kind: 'posted'; readonly id: string; readonly answer?: InvokeAnswer }
  | { readonly kind: 'failed'; readonly problem: BotProblem }

/** How relaying what a channel says ended. */
export interface RelayResult {
  readonly id: string
  readonly result: DeliveryResult
}

/**
 * The way from clients to bots: one activity at a time per conversation, each after the previous one was answered, and
 * nothing before the bot knows who takes part.
 */
export class ClientTurns {
  private readonly options: ClientTurnsOptions
  private readonly queue: TurnQueue = new TurnQueue()
  /** The activity each conversation's bot is at work on, while its clients have not seen it in the log. */
  private readonly pending: Map<string, WireActivity> = new Map()

  constructor(options: ClientTurnsOptions) {
    this.options = options
  }

  /** Introduces the bot, and the user if known, to the bot; in the background, because clients do not wait for it. */
  begin(conversation: ConversationRecord, bot: RegisteredBot): void {
    const { conversations } = this.options
    conversations.atomically(() => {
      if (this.options.legacyEmulator !== true) conversations.addIntroduction(conversation, bot, [bot.account])
      if (conversation.user) this.introduceUser(conversation, bot, conversation.user)
    })
    this.deliverInBackground(conversation.id, bot)
  }

  /** Delivers, in the background, the introductions a bot missed. Never throws. */
  catchUp(conversationId: string): void {
    try {
      const { botId = '', introductions = [] } = this.options.conversations.get(conversationId) ?? {}
      const bot = this.options.bots.find(botId)
      if (bot && introductions.length > 0) this.deliverInBackground(conversationId, bot)
    } catch (error) {
      this.noteUndelivered(conversationId, error)
    }
  }

  /**
   * Posts a client's activity to the bot and waits for its answer.
   *
   * @param user - Whom the client's token is for; overrides who the activity says it is from.
   * @throws ApiError 400 for an activity clients cannot send, 403 when the conversation has ended, 429 when too many wait.
   */
  async post(
    conversation: ConversationRecord,
    bot: RegisteredBot,
    activity: WireActivity,
    user?: WireAccount,
  ): Promise<PostResult> {
    const sender = senderOf(activity, user)
    requireOpen(conversation)
    if (this.queue.waiting(conversation.id) > MAX_WAITING) throw throttled()
    return this.queue.run(conversation.id, () => this.turn(conversation.id, bot, activity, sender))
  }

  /**
   * Posts what the channel has to say in the user's name, and waits for the bot's answer. Clients do not see it.
   *
   * @throws ApiError 403 when the conversation has ended.
   */
  async tell(
    conversation: ConversationRecord,
    bot: RegisteredBot,
    activity: WireActivity,
    user: WireAccount,
  ): Promise<PostResult> {
    requireOpen(conversation)
    return this.queue.run(conversation.id, () => this.turn(conversation.id, bot, activity, user, true))
  }

  /**
   * Posts what the channel has to say in its own name, and waits for the bot's answer. Clients see messages only.
   *
   * @throws ApiError 403 when the conversation has ended.
   */
  async relay(conversation: ConversationRecord, bot: RegisteredBot, activity: WireActivity): Promise<RelayResult> {
    requireOpen(conversation)
    return this.queue.run(conversation.id, () => this.relayTurn(conversation.id, bot, activity))
  }

  /**
   * Shows the activity the bot is at work on. It is held back until the bot has answered, so that one that never reached the
   * bot does not look sent; but what the bot says meanwhile must come after it.
   */
  publishPending(conversationId: string): void {
    const activity = this.pending.get(conversationId)
    if (!activity) return
    this.options.conversations.append(conversationId, activity, { transient: isTransient(activity) })
    // Not before: what could not be written has not been shown.
    this.pending.delete(conversationId)
  }

  /** Waits for the turns under way; they end soon, once the connections to the bots are closed. */
  close(): Promise<void> {
    return this.queue.idle()
  }

  /** @param isHidden - Whether clients are not to see the activity; what invokes say is for the bot alone in any case. */
  private async turn(
    id: string,
    bot: RegisteredBot,
    activity: WireActivity,
    sender: WireAccount,
    isHidden: boolean = activity.type === 'invoke',
  ): Promise<PostResult> {
    const { conversations } = this.options
    const conversation = conversations.get(id)
    if (!conversation) throw conversationNotFound()
    requireOpen(conversation)
    this.introduceUser(conversation, bot, conversation.user ?? sender)
    const missed = await this.deliverIntroductions(id, bot)
    if (missed) return { kind: 'failed', problem: missed }
    const stamped = fromClient(activity, sender, conversations.factsOf(conversation, bot))
    const result = await this.deliverShown(id, bot, stamped, !isHidden)
    if (result.kind === 'failed') return result
    const { answer } = result
    return { kind: 'posted', id: stamped.id ?? '', ...(answer ? { answer } : {}) }
  }

  private async relayTurn(conversationId: string, bot: RegisteredBot, activity: WireActivity): Promise<RelayResult> {
    const { conversations } = this.options
    const conversation = conversations.get(conversationId)
    if (!conversation) throw conversationNotFound()
    requireOpen(conversation)
    const missed = await this.deliverIntroductions(conversationId, bot)
    if (missed) return { id: activity.id ?? '', result: { kind: 'failed', problem: missed, reached: false } }
    const stamped = fromChannel(activity, conversations.factsOf(conversation, bot))
    const id = stamped.id ?? ''
    conversations.lend(conversationId, id)
    const result = await this.deliverShown(conversationId, bot, stamped, stamped.type === 'message')
    return { id, result }
  }

  /** Delivers an activity, which clients see when the bot has taken it, or before what the bot says meanwhile. */
  private async deliverShown(
    conversationId: string,
    bot: RegisteredBot,
    activity: WireActivity,
    isShown: boolean,
  ): Promise<DeliveryResult> {
    if (isShown) this.pending.set(conversationId, activity)
    try {
      const result = await this.deliver(bot, activity)
      if (result.kind === 'accepted' || result.problem.kind === 'bot-timeout') this.settle(conversationId, activity)
      return result
    } finally {
      this.pending.delete(conversationId)
    }
  }

  /** The bot has taken the activity: clients see it, and it ends the conversation if that is what it says. */
  private settle(conversationId: string, activity: WireActivity): void {
    const { conversations } = this.options
    conversations.atomically(() => {
      this.publishPending(conversationId)
      conversations.noteEnd(conversationId, activity)
    })
  }

  private deliverInBackground(conversationId: string, bot: RegisteredBot): void {
    this.queue
      .run(conversationId, () => this.deliverIntroductions(conversationId, bot))
      .catch((error: unknown) => this.noteUndelivered(conversationId, error))
  }

  private noteUndelivered(conversation: string, error: unknown): void {
    this.options.logger.error({ err: error, conversation }, 'An introduction could not be delivered.')
  }

  private introduceUser(conversation: ConversationRecord, bot: RegisteredBot, user: WireAccount): void {
    const { conversations, legacyEmulator = false } = this.options
    if (conversation.userIntroduced) return
    const members = conversation.members.some(({ id }) => id === user.id)
      ? conversation.members
      : [...conversation.members, user]
    conversations.atomically(() => {
      conversations.addIntroduction(conversation, bot, legacyEmulator ? [bot.account, user] : [user])
      conversations.change(conversation.id, { user, userIntroduced: true, members })
    })
  }

  /** @returns what kept an introduction from reaching the bot; it and those behind it stay for later. */
  private async deliverIntroductions(conversationId: string, bot: RegisteredBot): Promise<BotProblem | undefined> {
    const { conversations } = this.options
    for (;;) {
      const [next, ...rest] = conversations.get(conversationId)?.introductions ?? []
      if (!next) return undefined
      // It may have been written by an earlier run, at another address.
      const result = await this.deliver(bot, { ...next, serviceUrl: conversations.serviceUrl })
      if (result.kind === 'failed' && !result.reached) return result.problem
      conversations.change(conversationId, { introductions: rest })
    }
  }

  private async deliver(bot: RegisteredBot, activity: WireActivity): Promise<DeliveryResult> {
    const { client, health, logger } = this.options
    const result = await client.post(bot, activity)
    health.noteDelivery(bot, result)
    const facts = {
      ev: 'service.delivery',
      appId: bot.appId,
      conversation: activity.conversation?.id,
      type: activity.type,
    }
    if (result.kind === 'accepted') logger.debug({ ...facts, status: result.status }, 'The bot took an activity.')
    else {
      const { kind, status } = result.problem
      logger.warn({ ...facts, kind, status }, 'The bot did not take an activity.')
    }
    return result
  }
}
