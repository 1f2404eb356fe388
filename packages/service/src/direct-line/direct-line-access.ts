import { ApiError, conversationNotFound } from '../http/api-error.ts'
import { param } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import { sameSecret } from '../identity/same-secret.ts'
import { bearerOf } from '../identity/verify-token.ts'
import type { Conversations } from '../conversations/conversations.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import type { DirectLineCheck, DirectLineClaims, DirectLineTokens } from './direct-line-tokens.ts'

/** What a caller has proven: that it knows the secret, or that it was given a token. */
export type Grant = { readonly kind: 'secret' } | { readonly kind: 'token'; readonly claims: DirectLineClaims }

/** Decides what callers of Direct Line may do. */
export class DirectLineAccess {
  private readonly secrets: readonly string[]
  private readonly tokens: DirectLineTokens

  /** @param secrets - Any of them is good, so that programs can change from one to the other. */
  constructor(secrets: readonly string[], tokens: DirectLineTokens) {
    this.secrets = secrets
    this.tokens = tokens
  }

  /** @throws ApiError 401 without a secret or token, 403 with one that is not, or no longer, valid. */
  authorize({ request }: Exchange): Grant {
    const credential = bearerOf(request.headers.authorization)
    if (credential === undefined) {
      throw new ApiError(401, 'BadArgument', 'Missing token or secret.', { headers: { 'WWW-Authenticate': 'Bearer' } })
    }
    // All of them, whichever it is, so that the time tells nothing.
    if (this.secrets.filter((secret) => sameSecret(credential, secret)).length > 0) return { kind: 'secret' }
    const claims = requireValid(this.tokens.check('client', credential))
    requireTrustedOrigin(claims, request.headers.origin)
    return { kind: 'token', claims }
  }

  /** @throws ApiError 403 with a token, 401 and 403 as {@link DirectLineAccess.authorize}. */
  requireSecret(exchange: Exchange): void {
    if (this.authorize(exchange).kind !== 'secret')
      throw new ApiError(403, 'Forbidden', 'The Direct Line secret is required.')
  }

  /** @throws ApiError 403 with the secret, 401 and 403 as {@link DirectLineAccess.authorize}. */
  requireToken(exchange: Exchange): DirectLineClaims {
    const grant = this.authorize(exchange)
    if (grant.kind !== 'token') throw new ApiError(403, 'Forbidden', 'A Direct Line token is required, not the secret.')
    return grant.claims
  }

  /** The claims of a stream's address. @throws ApiError 401 without a token, 403 with a wrong one. */
  authorizeStream(conversationId: string, token: string | null, origin: string | undefined): DirectLineClaims {
    if (token === null) throw new ApiError(401, 'BadArgument', 'Missing token.')
    const claims = requireValid(this.tokens.check('stream', token))
    requireConversationOf(claims, conversationId)
    requireTrustedOrigin(claims, origin)
    return claims
  }

  /** The conversation a request is about. @throws ApiError 403 for another than the token's, 404 when it does not exist. */
  conversationOf(exchange: Exchange, grant: Grant, conversations: Conversations): ConversationRecord {
    const id = param(exchange, 'conversationId')
    if (grant.kind === 'token') requireConversationOf(grant.claims, id)
    const conversation = conversations.get(id)
    if (!conversation) throw conversationNotFound()
    return conversation
  }
}

function requireValid(check: DirectLineCheck): DirectLineClaims {
  if (check.kind === 'expired') throw new ApiError(403, 'TokenExpired', 'The token has expired.')
  if (check.kind === 'invalid') throw new ApiError(403, 'TokenInvalid', 'The token or secret is not valid.')
  return check.claims
}

function requireConversationOf(claims: DirectLineClaims, conversationId: string): void {
  if (claims.conversationId !== conversationId)
    throw new ApiError(403, 'TokenInvalid', 'The token is for another conversation.')
}

function requireTrustedOrigin({ trustedOrigins }: DirectLineClaims, origin: string | undefined): void {
  if (origin === undefined || trustedOrigins.length === 0 || trustedOrigins.includes(origin)) return
  throw new ApiError(403, 'OriginNotAllowed', 'The token may not be used by pages of this origin.')
}
