import { newConversationId } from '../conversations/conversation-ids.ts'
import { sendJson } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'
import { chooseBot } from './direct-line-call.ts'
import type { DirectLineCall, DirectLineServices } from './direct-line-call.ts'
import type { DirectLineClaims } from './direct-line-tokens.ts'
import { parseClientInfo, requireTokenUser } from './parse-client-info.ts'

/** `POST tokens/generate`: reserves a conversation for whoever gets the token; the bot hears nothing of it yet. */
export async function generateToken({ exchange, services }: DirectLineCall): Promise<void> {
  services.access.requireSecret(exchange)
  const { user, botId, trustedOrigins, eTag } = parseClientInfo(await readJson(exchange.request))
  requireTokenUser(user)
  services.origins.trust(trustedOrigins)
  const claims: DirectLineClaims = {
    conversationId: newConversationId(services.conversations.chance),
    botId: chooseBot(services.bots, botId).appId,
    channelId: 'directline',
    ...(user ? { user } : {}),
    trustedOrigins,
    ...(eTag === undefined ? {} : { eTag }),
  }
  sendJson(exchange.response, 200, tokenAnswer(services, claims))
}

/** `POST tokens/refresh`: a new token for the same; the old one stays good until it expires. */
export function refreshToken({ exchange, services }: DirectLineCall): void {
  sendJson(exchange.response, 200, tokenAnswer(services, services.access.requireToken(exchange)))
}

/** A token with what clients need to know about it. */
export function tokenAnswer(
  { tokens }: DirectLineServices,
  claims: DirectLineClaims,
): { conversationId: string; token: string; expires_in: number; eTag?: string } {
  const { conversationId, eTag } = claims
  const token = tokens.issue('client', claims)
  return { conversationId, token, expires_in: tokens.lifetimeSeconds, ...(eTag === undefined ? {} : { eTag }) }
}
