import type { BotProblem } from '../bots/bot-problem.ts'
import type { BotRegistry } from '../bots/bot-registry.ts'
import type { InvokeAnswer } from '../bots/delivery-result.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import { ServiceOptionError } from '../errors.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import { checkChannelEvent } from './channel-event.ts'
import type { ChannelEvent, CheckedEvent } from './channel-event.ts'
import type { ClientTurns } from './client-turns.ts'
import type { Conversations } from './conversations.ts'
import { isReaction, systemActivity } from './system-activities.ts'
import type { WireAccount, WireActivity } from './wire-activity.ts'

/** How a bot took what the channel told it. */
export interface ChannelEventResult {
  /** Id of the activity. */
  readonly id: string
  /** What the bot answered with, if it answered. */
  readonly status?: number
  /** Its answer to an invoke. */
  readonly answer?: InvokeAnswer
  /** What is wrong with the bot; absent when it took the activity. */
  readonly problem?: BotProblem
}

export interface ChannelEventsOptions {
  readonly conversations: Conversations
  readonly bots: BotRegistry
  readonly turns: ClientTurns
}

/** Speaks for the channel: people join and leave, react and go away. Clients do not see it; messages they do. */
export class ChannelEvents {
  private readonly options: ChannelEventsOptions

  constructor(options: ChannelEventsOptions) {
    this.options = options
  }

  /**
   * Tells the bot of a conversation something, after what is under way there, and waits for its answer. Who joins or leaves is
   * a member of the conversation from then on, or no more.
   *
   * @returns how the bot took it; that it failed is a result.
   * @throws RangeError for a conversation that does not exist or has ended; ServiceOptionError `SERVICE_OPTION` naming the part
   * of the event that cannot be used.
   */
  async send(conversationId: string, event: ChannelEvent): Promise<ChannelEventResult> {
    const checked = checkChannelEvent(event)
    const { conversation, bot } = this.place(conversationId)
    const activity = this.activityOf(checked, conversation)
    if (checked.kind === 'system') this.changeMembers(checked, conversation, activity)
    const { id, result } = await this.options.turns.relay(conversation, bot, activity)
    if (result.kind === 'accepted') {
      const { status, answer } = result
      return { id, status, ...(answer ? { answer } : {}) }
    }
    const { problem } = result
    return { id, problem, ...(problem.status === undefined ? {} : { status: problem.status }) }
  }

  private place(conversationId: string): { conversation: ConversationRecord; bot: RegisteredBot } {
    const conversation = this.options.conversations.get(conversationId)
    const bot = conversation && this.options.bots.find(conversation.botId)
    if (!conversation || !bot) throw new RangeError(`There is no conversation ${conversationId} with a registered bot.`)
    if (conversation.endedAt !== undefined) throw new RangeError(`The conversation ${conversationId} has ended.`)
    return { conversation, bot }
  }

  private activityOf(event: CheckedEvent, conversation: ConversationRecord): WireActivity {
    if (event.kind === 'activity') {
      const { id } = event.activity
      const isTaken = id !== undefined && this.options.conversations.hasIssued(conversation.id, id)
      if (isTaken) throw new ServiceOptionError('event.activity.id', 'is the id of another activity')
      return event.activity
    }
    const { system, reaction } = event
    const member = event.member ?? conversation.user
    if (!member) throw new ServiceOptionError('event.member', 'is missing, and the conversation has no user yet')
    const replyToId = event.replyToId ?? (isReaction(event) ? this.lastOfBot(conversation) : '')
    return systemActivity(system, { member: withRole(member), reaction, replyToId })
  }

  private lastOfBot({ id }: ConversationRecord): string {
    const { changes } = this.options.conversations.store.readChanges(id, 0, { transient: false })
    const last = changes.findLast(({ activity }) => activity.type === 'message' && activity.from?.role === 'bot')
    if (!last?.activity.id) throw new ServiceOptionError('event.replyToId', 'is missing, and the bot has said nothing')
    return last.activity.id
  }

  private changeMembers(
    { system }: Extract<CheckedEvent, { kind: 'system' }>,
    { id, members }: ConversationRecord,
    { from }: WireActivity,
  ): void {
    if (!from || (system !== 'membersAdded' && system !== 'membersRemoved')) return
    const others = members.filter((member) => member.id !== from.id)
    this.options.conversations.change(id, { members: system === 'membersAdded' ? [...others, from] : others })
  }
}

function withRole(member: WireAccount): WireAccount {
  return { ...member, role: member.role ?? 'user' }
}
