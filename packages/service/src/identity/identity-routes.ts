import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { BotRegistry } from '../bots/bot-registry.ts'
import { toSeconds } from '../clock.ts'
import type { Clock } from '../clock.ts'
import { ApiError } from '../http/api-error.ts'
import { param, sendJson } from '../http/exchange.ts'
import type { Exchange, RouteHandler } from '../http/exchange.ts'
import { readForm } from '../http/read-body.ts'
import type { Routes } from '../http/routes.ts'
import type { AccessTokens } from './access-tokens.ts'
import type { KeyRing } from './key-ring.ts'
import { tenantIdOf, tenantIssuer } from './tenants.ts'
import { TokenRefusal } from './token-refusal.ts'
import { grantToken } from './token-request.ts'
import type { TokenDialect, TokenMistakes } from './token-request.ts'
import { withKey } from './with-key.ts'

export interface IdentityRoutesOptions extends TokenMistakes {
  readonly bots: BotRegistry
  readonly accessTokens: AccessTokens
  readonly tenantKeys: KeyRing
  readonly channelKeys: KeyRing
  /** Issuer of the tokens sent to bots. */
  readonly channelIssuer: string
  /** Channels the channel keys vouch for. */
  readonly endorsements: readonly string[]
  readonly clock: Clock
  readonly onTokenIssued: (bot: RegisteredBot) => void
}

/** The identity provider: tokens for bots, and the metadata and keys by which the tokens of both issuers are checked. */
export function addIdentityRoutes(routes: Routes, options: IdentityRoutesOptions): void {
  const { channelKeys, tenantKeys, endorsements } = options
  const tokenDoor = (dialect: TokenDialect): RouteHandler =>
    withKey(tenantKeys, (exchange) => answerTokenRequest(exchange, dialect, options))
  routes.add('POST', '/:tenant/oauth2/v2.0/token', tokenDoor('v2'))
  routes.add('POST', '/:tenant/oauth2/token', tokenDoor('v1'))
  routes.add('GET', '/:tenant/v2.0/.well-known/openid-configuration', (exchange) => {
    sendJson(exchange.response, 200, tenantMetadata(exchange))
  })
  const sendTenantKeys: RouteHandler = (exchange) => {
    knownTenant(exchange)
    sendJson(exchange.response, 200, { keys: tenantKeys.publicKeys() })
  }
  routes.add('GET', '/:tenant/discovery/v2.0/keys', withKey(tenantKeys, sendTenantKeys))
  routes.add('GET', '/v1/.well-known/openidconfiguration', ({ response, origin }) => {
    sendJson(response, 200, channelMetadata(options.channelIssuer, origin))
  })
  const sendChannelKeys: RouteHandler = ({ response }) => {
    sendJson(response, 200, { keys: channelKeys.publicKeys().map((key) => ({ ...key, endorsements })) })
  }
  routes.add('GET', '/v1/.well-known/keys', withKey(channelKeys, sendChannelKeys))
}

async function answerTokenRequest(
  exchange: Exchange,
  dialect: TokenDialect,
  options: IdentityRoutesOptions,
): Promise<void> {
  const { bots, accessTokens, clock, onTokenIssued } = options
  const { response } = exchange
  response.setHeader('Pragma', 'no-cache')
  try {
    const form = await readForm(exchange.request)
    const { bot, audience } = grantToken(form, param(exchange, 'tenant'), dialect, bots, options)
    const token = accessTokens.issue(bot, { audience })
    onTokenIssued(bot)
    sendJson(response, 200, tokenAnswer(token, accessTokens.lifetimeSeconds, audience, dialect, clock))
  } catch (error) {
    if (!(error instanceof TokenRefusal)) throw error
    sendJson(response, error.status, error.toBody(new Date(clock.now())))
  }
}

/** Version 1 writes its numbers as text. */
function tokenAnswer(token: string, lifetime: number, audience: string, dialect: TokenDialect, clock: Clock): unknown {
  const common = { token_type: 'Bearer', access_token: token }
  if (dialect === 'v2') return { ...common, expires_in: lifetime, ext_expires_in: lifetime }
  const now = toSeconds(clock.now())
  return {
    ...common,
    expires_in: String(lifetime),
    ext_expires_in: String(lifetime),
    expires_on: String(now + lifetime),
    not_before: String(now),
    resource: audience,
  }
}

function tenantMetadata(exchange: Exchange): unknown {
  const { tenantId, segment } = knownTenant(exchange)
  const base = `${exchange.origin}/${segment}`
  return {
    issuer: tenantIssuer(tenantId),
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    response_types_supported: ['token'],
    subject_types_supported: ['pairwise'],
  }
}

function channelMetadata(issuer: string, origin: string): unknown {
  return {
    issuer,
    authorization_endpoint: 'https://invalid.botframework.com',
    jwks_uri: `${origin}/v1/.well-known/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  }
}

function knownTenant(exchange: Exchange): { tenantId: string; segment: string } {
  const segment = param(exchange, 'tenant')
  const tenantId = tenantIdOf(segment)
  if (tenantId === undefined) throw new ApiError(404, 'TenantNotFound', 'There is no such tenant.')
  return { tenantId, segment }
}
