import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import { withStreamChannelData } from './stream-info.ts'
import type { WireActivity } from './wire-activity.ts'

/** What the channel itself says about an activity of a bot. */
export interface SendFacts {
  readonly conversation: ConversationRecord
  readonly bot: RegisteredBot
  readonly id: string
  readonly timestamp: string
  /** The activity it answers, when the address says so. */
  readonly replyToId?: string
}

/** Activities that only matter at the moment they are sent. */
export function isTransient(activity: WireActivity): boolean {
  return activity.type === 'typing'
}

/**
 * A bot's activity as clients get it: the channel's id and time, the bot as its sender, no `serviceUrl` (A2302) and no
 * `callerId` (A2251). Everything else is passed on as it came.
 */
export function fromBot(activity: WireActivity, facts: SendFacts): WireActivity {
  const { serviceUrl: _serviceUrl, callerId: _callerId, ...kept } = withStreamChannelData(activity)
  const { conversation, bot, id, timestamp, replyToId } = facts
  const recipient = kept.recipient ?? conversation.user
  return {
    ...kept,
    id,
    timestamp,
    channelId: conversation.channelId,
    conversation: { ...kept.conversation, id: conversation.id },
    from: { ...bot.account, ...kept.from, id: bot.account.id, role: 'bot' },
    ...(recipient ? { recipient } : {}),
    ...(replyToId === undefined ? {} : { replyToId }),
  }
}

/** An activity of an imported transcript: as it was, under the channel's id, and from whoever said it. */
export function fromHistory(activity: WireActivity, facts: SendFacts): WireActivity {
  const { from } = activity
  const isFromUser = from?.role === 'user' || (from !== undefined && from?.id === facts.conversation.user?.id)
  return {
    ...fromBot(activity, facts),
    timestamp: activity.timestamp ?? facts.timestamp,
    ...(isFromUser && from ? { from } : {}),
  }
}
