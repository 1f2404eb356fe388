import { checkWireActivity } from '../conversations/check-wire-activity.ts'
import type { WireAccount } from '../conversations/wire-activity.ts'
import { badArgument, badSyntax } from '../http/api-error.ts'
import { sendJson } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'
import type { BotCall } from './bot-call.ts'
import { parseContinuationToken } from './continuation-token.ts'

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
 * bot is the one meant, so that a proactive message shows up where the user is looking.
 */
export async function createConversation({ exchange, bot, services }: BotCall): Promise<void> {
  const { members, isGroup, topicName, activity } = parseParameters(await readJson(exchange.request))
  const [user, ...others] = members.filter((member) => member.id !== bot.account.id && member.id !== bot.appId)
  const existing =
    user && others.length === 0 && !isGroup && services.conversations.store.findDirect(bot.appId, user.id)
  const conversation =
    existing ||
    services.conversations.open({
      bot,
      channelId: 'directline',
      isGroup,
      ...(user && !isGroup ? { user } : {}),
      members: user ? [user, ...others] : [],
      ...(topicName === undefined ? {} : { topicName }),
    })
  const activityId = activity === undefined ? undefined : services.sends.send(conversation, bot, activity)
  sendJson(exchange.response, existing ? 200 : 201, {
    id: conversation.id,
    ...(activityId === undefined ? {} : { activityId }),
    serviceUrl: services.conversations.serviceUrl,
  })
}

interface ConversationParameters {
  readonly members: readonly WireAccount[]
  readonly isGroup: boolean
  readonly topicName?: string
  readonly activity?: ReturnType<typeof checkWireActivity>
}

function parseParameters(body: unknown): ConversationParameters {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badSyntax('The body must be a JSON object.')
  const { members, isGroup, topicName, activity } = body as Record<string, unknown>
  return {
    members: parseMembers(members ?? []),
    isGroup: isGroup === true,
    ...(typeof topicName === 'string' ? { topicName } : {}),
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
