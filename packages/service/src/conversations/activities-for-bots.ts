import type { RegisteredBot } from '../bots/registered-bot.ts'
import { badArgument, missingProperty } from '../http/api-error.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import type { WireAccount, WireActivity } from './wire-activity.ts'

/** What the channel itself says about an activity. */
export interface ChannelFacts {
  readonly conversation: ConversationRecord
  readonly bot: RegisteredBot
  readonly id: string
  readonly timestamp: string
  readonly serviceUrl: string
}

/** Types only a channel may originate. */
const CHANNEL_TYPES: ReadonlySet<string> = new Set(
  ['conversationUpdate', 'contactRelationUpdate', 'messageUpdate', 'messageDelete', 'invokeResponse'].map((type) =>
    type.toLowerCase(),
  ),
)

/**
 * Fields the channel answers for. There are bots in languages whose parsers do not care about case: they would take a `From` of
 * the client's for the `from` of the channel.
 */
const CHANNEL_FIELDS: ReadonlyMap<string, string> = new Map(
  ['id', 'timestamp', 'channelId', 'serviceUrl', 'callerId', 'from', 'recipient', 'conversation', 'type', 'role'].map(
    (name) => [name.toLowerCase(), name],
  ),
)

/**
 * Who a client's activity is from: the user its token is for, whatever the client says; otherwise who the client says.
 *
 * @throws ApiError 400 when the client names nobody, writes the channel's fields in another case, or sends an activity that is not for clients to send.
 */
export function senderOf(activity: WireActivity, user: WireAccount | undefined): WireAccount {
  // There are bots that do not care about case.
  if (CHANNEL_TYPES.has(activity.type.toLowerCase()))
    throw badArgument(`Clients cannot send activities of type ${activity.type}.`)
  requireExactNames(activity)
  const given = activity.from ?? undefined
  if (given) requireExactNames(given)
  const id = user?.id ?? given?.id
  if (typeof id !== 'string' || id === '') throw missingProperty('from.id')
  return { ...given, ...user, id, role: 'user' }
}

function requireExactNames(value: object): void {
  for (const given of Object.keys(value)) {
    const name = CHANNEL_FIELDS.get(given.toLowerCase())
    if (name !== undefined && given !== name) throw badArgument(`The field ${name} was written in another case.`)
  }
}

/** A client's activity as the bot gets it. What the client sent is kept, except for what the channel knows better. */
export function fromClient(activity: WireActivity, sender: WireAccount, facts: ChannelFacts): WireActivity {
  const { callerId: _callerId, deliveryMode, ...kept } = activity
  return {
    ...kept,
    // The answer to the client is an id, so there is nowhere to put replies that come back in the bot's answer.
    ...(deliveryMode === undefined || isExpectReplies(deliveryMode) ? {} : { deliveryMode }),
    ...stamp(facts),
    ...channelDataOf(activity, facts),
    from: sender,
  }
}

/** What the channel itself says, as the bot gets it: as it is, with what it lacks. */
export function fromChannel(activity: WireActivity, facts: ChannelFacts): WireActivity {
  const { conversation } = facts
  const given = Object.fromEntries(Object.entries(activity).filter(([, value]) => value !== undefined))
  return {
    ...stamp(facts),
    from: conversation.user ?? { id: conversation.id },
    ...given,
    type: activity.type,
    ...channelDataOf(activity, facts),
  }
}

/** Tells the bot that `members` take part. `from` is the first of them who is not the bot; for the bot alone the conversation. */
export function introduce(members: readonly WireAccount[], facts: ChannelFacts): WireActivity {
  const newcomer = members.find(({ id }) => id !== facts.bot.account.id)
  const { locale } = facts.conversation
  return {
    type: 'conversationUpdate',
    ...stamp(facts),
    ...channelDataOf({ type: 'conversationUpdate' }, facts),
    ...(locale === undefined ? {} : { locale }),
    from: newcomer ?? { id: facts.conversation.id },
    membersAdded: members,
  }
}

/** As bots that do not care about case read it. */
function isExpectReplies(deliveryMode: unknown): boolean {
  return typeof deliveryMode === 'string' && deliveryMode.toLowerCase() === 'expectreplies'
}

function stamp({ conversation, bot, id, timestamp, serviceUrl }: ChannelFacts): Omit<WireActivity, 'type'> {
  return {
    id,
    timestamp,
    channelId: conversation.channelId,
    serviceUrl,
    conversation: { ...conversation.wire?.conversation, id: conversation.id },
    recipient: bot.account,
  }
}

/** What the channel says in `channelData`, with what the client says on top. */
function channelDataOf({ channelData }: WireActivity, { conversation }: ChannelFacts): { channelData?: unknown } {
  const own = conversation.wire?.channelData
  if (!own) return {}
  const isObject = typeof channelData === 'object' && channelData !== null && !Array.isArray(channelData)
  return isObject || channelData === undefined || channelData === null
    ? { channelData: { ...own, ...channelData } }
    : { channelData }
}
