import { newConversationId } from '../conversations/conversation-ids.ts'
import { ApiError } from '../http/api-error.ts'
import { sendJson } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import type { Grant } from './direct-line-access.ts'
import { chooseBot } from './direct-line-call.ts'
import type { DirectLineCall, DirectLineServices } from './direct-line-call.ts'
import type { DirectLineClaims } from './direct-line-tokens.ts'
import { isTokenUserId, parseClientInfo } from './parse-client-info.ts'
import type { ClientInfo } from './parse-client-info.ts'
import { tokenAnswer } from './token-routes.ts'
import { NO_WATERMARK, parseWatermark } from './watermark.ts'

/**
 * `POST conversations`: starts the conversation the token reserved, or a new one; 200 when it was started before, 409 when the
 * client means another one by its `eTag`.
 */
export async function startConversation({ exchange, services }: DirectLineCall): Promise<void> {
  const grant = services.access.authorize(exchange)
  const info = parseClientInfo(await readJson(exchange.request))
  const claims = claimsForStart(grant, info, services)
  const existing = services.conversations.get(claims.conversationId)
  if (info.eTag !== undefined && (existing ?? claims).eTag !== info.eTag) throw conversationExists()
  if (!existing) open(claims, info.locale, services)
  const tokenClaims = claims.user && !isTokenUserId(claims.user.id) ? withoutUser(claims) : claims
  sendJson(exchange.response, existing ? 200 : 201, connection(exchange, services, tokenClaims, NO_WATERMARK))
}

/** `GET conversations/{c}`: a new token and a new stream, from the watermark on; without one, from now on. */
export function reconnect({ exchange, services }: DirectLineCall): void {
  const { access, conversations } = services
  const grant = access.authorize(exchange)
  const conversation = access.conversationOf(exchange, grant, conversations)
  const asked = exchange.query.get('watermark')
  const last = conversations.store.lastSequence(conversation.id)
  parseWatermark(asked, last)
  const claims = grant.kind === 'token' ? grant.claims : claimsOf(conversation)
  sendJson(exchange.response, 200, connection(exchange, services, claims, asked ?? String(last)))
}

function claimsForStart(grant: Grant, info: ClientInfo, { bots, conversations }: DirectLineServices): DirectLineClaims {
  const eTag = info.eTag === undefined ? {} : { eTag: info.eTag }
  if (grant.kind === 'token') return { ...eTag, ...(info.user ? { user: info.user } : {}), ...grant.claims }
  return {
    conversationId: newConversationId(conversations.chance),
    botId: chooseBot(bots, info.botId).appId,
    channelId: 'directline',
    ...(info.user ? { user: info.user } : {}),
    trustedOrigins: [],
    ...eTag,
  }
}

function open(
  { conversationId, botId, channelId, user, eTag }: DirectLineClaims,
  locale: string | undefined,
  services: DirectLineServices,
): void {
  const { bots, conversations, turns } = services
  const bot = chooseBot(bots, botId)
  // As one: a conversation that exists is not started again, so it must not exist without its introductions.
  conversations.atomically(() => {
    const conversation = conversations.open({
      id: conversationId,
      bot,
      channelId,
      ...(user ? { user } : {}),
      ...(locale === undefined ? {} : { locale }),
      ...(eTag === undefined ? {} : { eTag }),
    })
    turns.begin(conversation, bot)
  })
}

function claimsOf({ id, botId, channelId, eTag }: ConversationRecord): DirectLineClaims {
  return { conversationId: id, botId, channelId, trustedOrigins: [], ...(eTag === undefined ? {} : { eTag }) }
}

function conversationExists(): ApiError {
  return new ApiError(409, 'ConversationExists', 'The conversation exists with another eTag; ask for a new token.')
}

function withoutUser({ user: _user, ...claims }: DirectLineClaims): DirectLineClaims {
  return claims
}

function connection(
  exchange: Exchange,
  services: DirectLineServices,
  claims: DirectLineClaims,
  watermark: string,
): unknown {
  const streamToken = services.tokens.issue('stream', claims)
  const query = new URLSearchParams({ watermark, t: streamToken })
  const host = exchange.origin.replace(/^http/, 'ws')
  const streamUrl = `${host}/v3/directline/conversations/${encodeURIComponent(claims.conversationId)}/stream?${query.toString()}`
  const { referenceGrammarId } = services.bots.find(claims.botId) ?? {}
  return {
    ...tokenAnswer(services, claims),
    streamUrl,
    ...(referenceGrammarId === undefined ? {} : { referenceGrammarId }),
  }
}
