import type { Logger } from '@parley/core'
import type { Attachments } from '../attachments/attachments.ts'
import type { BotRegistry } from '../bots/bot-registry.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { Attendance } from '../conversations/attendance.ts'
import type { ClientTurns } from '../conversations/client-turns.ts'
import type { Conversations } from '../conversations/conversations.ts'
import { ApiError, badArgument } from '../http/api-error.ts'
import type { Exchange } from '../http/exchange.ts'
import type { OriginPolicy } from '../http/origin-policy.ts'
import type { DirectLineAccess } from './direct-line-access.ts'
import type { DirectLineTokens } from './direct-line-tokens.ts'

/** What the routes of Direct Line work with. */
export interface DirectLineServices {
  readonly access: DirectLineAccess
  readonly tokens: DirectLineTokens
  readonly bots: BotRegistry
  readonly conversations: Conversations
  readonly turns: ClientTurns
  readonly attendance: Attendance
  readonly attachments: Attachments
  readonly origins: OriginPolicy
  /** Whether nothing is offered that the cloud's Direct Line does not have. */
  readonly strict: boolean
  readonly logger: Logger
}

/** A request to Direct Line. */
export interface DirectLineCall {
  readonly exchange: Exchange
  readonly services: DirectLineServices
}

/** The bot a new conversation is with: the one asked for, or the first. @throws ApiError 400 when there is none. */
export function chooseBot(bots: BotRegistry, botId: string | undefined): RegisteredBot {
  const bot = botId === undefined ? bots.first : bots.find(botId)
  if (!bot) throw badArgument(botId === undefined ? 'No bot is registered.' : 'No such bot is registered.')
  return bot
}

/** The bot a conversation is with. @throws ApiError 404 when it is registered no more. */
export function requireBotOf(bots: BotRegistry, botId: string): RegisteredBot {
  const bot = bots.find(botId)
  if (!bot) throw new ApiError(404, 'BotNotFound', 'The bot of this conversation is no longer registered.')
  return bot
}
