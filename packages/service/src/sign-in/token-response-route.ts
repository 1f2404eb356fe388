import type { BotRegistry } from '../bots/bot-registry.ts'
import type { ClientTurns } from '../conversations/client-turns.ts'
import type { Conversations } from '../conversations/conversations.ts'
import type { DirectLineAccess } from '../direct-line/direct-line-access.ts'
import { requireBotOf } from '../direct-line/direct-line-call.ts'
import { ApiError, badArgument, badSyntax, conversationNotFound, missingProperty } from '../http/api-error.ts'
import { sendJson } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'
import type { Routes } from '../http/routes.ts'
import { CallParameters } from '../user-tokens/call-parameters.ts'

export interface TokenResponseServices {
  readonly access: DirectLineAccess
  readonly bots: BotRegistry
  readonly conversations: Conversations
  readonly turns: ClientTurns
}

/**
 * The Emulator's way to give a bot a token of a tool's own: it becomes the event a sign-in ends with. Whoever does it is the
 * client of the conversation, or knows the Direct Line secret.
 */
export function addTokenResponseRoute(routes: Routes, services: TokenResponseServices): void {
  routes.add('POST', '/api/usertoken/tokenResponse', (exchange) => giveToken(exchange, services))
}

async function giveToken(
  exchange: Exchange,
  { access, bots, conversations, turns }: TokenResponseServices,
): Promise<void> {
  const grant = access.authorize(exchange)
  const conversationId = new CallParameters(exchange.query).require('conversationId')
  if (grant.kind === 'token' && grant.claims.conversationId !== conversationId) {
    throw new ApiError(403, 'TokenInvalid', 'The token is for another conversation.')
  }
  const conversation = conversations.get(conversationId)
  if (!conversation) throw conversationNotFound()
  const { user, channelId, botId } = conversation
  if (!user) throw badArgument('Nobody but the bot takes part in the conversation yet.')
  const value = { channelId, ...parseToken(await readJson(exchange.request)) }
  const activity = { type: 'event', name: 'tokens/response', value }
  const result = await turns.tell(conversation, requireBotOf(bots, botId), activity, { ...user, role: 'user' })
  if (result.kind === 'failed') throw new ApiError(502, 'BotError', result.problem.message)
  sendJson(exchange.response, 200, { id: result.id })
}

function parseToken(body: unknown): { readonly connectionName: string; readonly token: string } {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badSyntax('The body must be a JSON object.')
  const { token, connectionName } = body as Readonly<Record<string, unknown>>
  if (typeof token !== 'string' || token === '') throw missingProperty('token')
  if (typeof connectionName !== 'string' || connectionName === '') throw missingProperty('connectionName')
  return { connectionName, token }
}
