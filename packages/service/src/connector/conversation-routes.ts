import { checkWireActivity } from '../conversations/check-wire-activity.ts'
import type { WireAccount } from '../conversations/wire-activity.ts'
import { badArgument, badSyntax, conversationNotFound } from '../http/api-error.ts'
import { sendJson } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import type { BotCall } from './bot-call.ts'
import { parseContinuationToken } from './continuation-token.ts'
import { TEAMS_CHANNEL } from './teams/teams.ts'

/** Conversations in one answer. */
const PAGE_SIZE = 100

/** C1: the conversations the bot takes part in. */
export function listConversations({ exchange, bot, services }: BotCall): void {
  const page = parseContinuationToken(exchange.query.get('continuationToken'))
  const { conversations, nextPage } = services.conversations.store.list({ botId: bot.appId, page, limit: PAGE_SIZE })
  sendJson(exchange.response, 200, {
    ...(nextPage === undefined ? {} : { continuationToken: String(nextPage) }),
    conversations: conversations.map(({ id, members }) => ({ id, members })),
  })
}

/**
 * C2: opens a conversation from the bot's side. With one member and no group, the conversation that user already has with the
 * bot is the one meant, so that a proactive message shows up where the user is looking. With a channel of Teams it is a thread.
 */
export async function createConversation(call: BotCall): Promise<void> {
  const { exchange, bot, services } = call
  const parameters = parseParameters(await readJson(exchange.request))
  const { conversation, isNew } = services.conversations.atomically(() => {
    return parameters.teamsChannelId === undefined
      ? open(call, parameters)
      : openThread(call, parameters.teamsChannelId)
  })
  const { activity } = parameters
  const activityId = activity === undefined ? undefined : services.sends.send(conversation, bot, activity)
  sendJson(exchange.response, isNew ? 201 : 200, {
    id: conversation.id,
    ...(activityId === undefined ? {} : { activityId }),
    serviceUrl: services.conversations.serviceUrl,
  })
}

interface Opened {
  readonly conversation: ConversationRecord
  readonly isNew: boolean
}

function open({ bot, services }: BotCall, parameters: ConversationParameters): Opened {
  const { members, isGroup, topicName, tenantId } = parameters
  const [user, ...others] = members.filter((member) => member.id !== bot.account.id && member.id !== bot.appId)
  const isDirect = user !== undefined && others.length === 0 && !isGroup
  const known = isDirect ? services.conversations.store.findDirect(bot.appId, user.id) : undefined
  if (known) return { conversation: known, isNew: false }
  const colleague = isDirect ? services.teams.memberOf(bot, user.id) : undefined
  if (colleague) return { conversation: services.teams.chatWith(bot, colleague, tenantId), isNew: true }
  const conversation = services.conversations.open({
    bot,
    channelId: 'directline',
    isGroup,
    ...(user && !isGroup ? { user } : {}),
    members: user ? [user, ...others] : [],
    ...(topicName === undefined ? {} : { topicName }),
  })
  return { conversation, isNew: true }
}

function openThread({ bot, services }: BotCall, channelId: string): Opened {
  const channel = services.conversations.get(channelId)
  if (channel?.botId !== bot.appId || channel.channelId !== TEAMS_CHANNEL) throw conversationNotFound()
  return { conversation: services.conversations.openThread(bot, channel), isNew: true }
}

interface ConversationParameters {
  readonly members: readonly WireAccount[]
  readonly isGroup: boolean
  readonly topicName?: string
  readonly tenantId?: string
  readonly teamsChannelId?: string
  readonly activity?: ReturnType<typeof checkWireActivity>
}

function parseParameters(body: unknown): ConversationParameters {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badSyntax('The body must be a JSON object.')
  const { members, isGroup, topicName, tenantId, activity, channelData } = body as Record<string, unknown>
  const teamsChannelId = (channelData as { channel?: { id?: unknown } } | null | undefined)?.channel?.id
  return {
    members: parseMembers(members ?? []),
    isGroup: isGroup === true,
    ...(typeof topicName === 'string' ? { topicName } : {}),
    ...(typeof tenantId === 'string' && tenantId !== '' ? { tenantId } : {}),
    ...(typeof teamsChannelId === 'string' ? { teamsChannelId } : {}),
    ...(activity === undefined || activity === null ? {} : { activity: checkWireActivity(activity) }),
  }
}

function parseMembers(value: unknown): readonly WireAccount[] {
  if (!Array.isArray(value) || !value.every(isAccount)) throw badArgument('members must be accounts, each with an id.')
  return value
}

function isAccount(value: unknown): value is WireAccount {
  return typeof value === 'object' && value !== null && typeof (value as { id?: unknown }).id === 'string'
}
