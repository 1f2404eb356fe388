import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { Conversations } from '../conversations/conversations.ts'
import { ApiError, conversationNotFound, unauthorized } from '../http/api-error.ts'
import { param } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import type { AccessTokens } from '../identity/access-tokens.ts'
import { bearerOf } from '../identity/verify-token.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'

/**
 * The bot a request comes from, proven by its access token. One that has no app id has none to show.
 *
 * @throws ApiError 401 `Unauthorized`.
 */
export function requireBot(exchange: Exchange, accessTokens: AccessTokens): RegisteredBot {
  const { authorization } = exchange.request.headers
  const token = bearerOf(authorization)
  const bot = token === undefined ? undefined : accessTokens.botOf(token)
  if (authorization === undefined && accessTokens.anonymousBot) return accessTokens.anonymousBot
  if (!bot) throw unauthorized('A bearer token of a registered bot is required.')
  return bot
}

/**
 * The conversation a request is about.
 *
 * @throws ApiError 404 `ConversationNotFound`; 403 `CONV_FORBIDDEN` when it is another bot's.
 */
export function requireOwnConversation(
  exchange: Exchange,
  bot: RegisteredBot,
  conversations: Conversations,
): ConversationRecord {
  const conversation = conversations.get(param(exchange, 'conversationId'))
  if (!conversation) throw conversationNotFound()
  if (conversation.botId !== bot.appId) {
    throw new ApiError(403, 'CONV_FORBIDDEN', 'The conversation belongs to another bot.')
  }
  return conversation
}
