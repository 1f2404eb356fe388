import { toSeconds } from '../clock.ts'
import type { Clock } from '../clock.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { ConnectorFaults } from '../connector/faults/connector-faults.ts'
import { withFaults } from '../connector/faults/with-faults.ts'
import type { FaultyDoor } from '../connector/faults/with-faults.ts'
import { ApiError, badArgument } from '../http/api-error.ts'
import { param, sendJson } from '../http/exchange.ts'
import type { Exchange, RouteHandler } from '../http/exchange.ts'
import { readForm } from '../http/read-body.ts'
import type { RouteMethod, Routes } from '../http/routes.ts'
import type { AccessTokens } from './access-tokens.ts'
import type { Endorsements } from './endorsements.ts'
import type { KeyRing } from './key-ring.ts'
import { answerAppService, answerMetadataService } from './managed-identity-routes.ts'
import { tenantIdOf, tenantIssuer } from './tenants.ts'
import { TokenRefusal } from './token-refusal.ts'
import { grantToken } from './token-request.ts'
import type { TokenDialect, TokenGrantOptions } from './token-request.ts'
import { withKey } from './with-key.ts'

export interface IdentityRoutesOptions extends TokenGrantOptions {
  readonly accessTokens: AccessTokens
  readonly tenantKeys: KeyRing
  readonly channelKeys: KeyRing
  /** Issuer of the tokens sent to bots. */
  readonly channelIssuer: string
  readonly endorsements: Endorsements
  readonly faults: ConnectorFaults
  /** The time on the identity provider. */
  readonly clock: Clock
  readonly onTokenIssued: (bot: RegisteredBot) => void
}

/** The identity provider: tokens for bots, and the metadata and keys by which the tokens of both issuers are checked. */
export function addIdentityRoutes(routes: Routes, options: IdentityRoutesOptions): void {
  const { channelKeys, tenantKeys, endorsements, faults } = options
  const add = (method: RouteMethod, path: string, door: FaultyDoor, handler: RouteHandler): void =>
    routes.add(method, path, withFaults(faults, handler, door))
  const token: FaultyDoor = {
    target: 'token',
    refuse: (exchange, ...fault) => refuseToken(exchange, options, ...fault),
  }
  const keys: FaultyDoor = { target: 'keys' }
  const metadata: FaultyDoor = { target: 'metadata' }

  const tokenDoor = (dialect: TokenDialect): RouteHandler =>
    withKey(tenantKeys, (exchange) => answerTokenRequest(exchange, dialect, options))
  add('POST', '/:tenant/oauth2/v2.0/token', token, tokenDoor('v2'))
  add('POST', '/:tenant/oauth2/token', token, tokenDoor('v1'))
  add('GET', '/metadata/identity/oauth2/token', token, withKey(tenantKeys, answerMetadataService(options)))
  add('GET', '/msi/token', token, withKey(tenantKeys, answerAppService(options)))

  add('GET', '/common/discovery/instance', metadata, sendInstance)
  add('GET', '/:tenant/v2.0/.well-known/openid-configuration', metadata, (exchange) => {
    sendJson(exchange.response, 200, tenantMetadata(exchange, options))
  })
  const sendTenantKeys: RouteHandler = (exchange) => {
    requireTenant(exchange, options)
    sendJson(exchange.response, 200, { keys: tenantKeys.publicKeys() })
  }
  add('GET', '/:tenant/discovery/v2.0/keys', keys, withKey(tenantKeys, sendTenantKeys))

  add('GET', '/v1/.well-known/openidconfiguration', metadata, ({ response, origin }) => {
    sendJson(response, 200, channelMetadata(options.channelIssuer, origin))
  })
  const sendChannelKeys: RouteHandler = ({ response }) => {
    const endorsed = channelKeys.publicKeys().map((key) => ({ ...key, endorsements: endorsements.list() }))
    sendJson(response, 200, { keys: endorsed })
  }
  add('GET', '/v1/.well-known/keys', keys, withKey(channelKeys, sendChannelKeys))
}

async function answerTokenRequest(
  exchange: Exchange,
  dialect: TokenDialect,
  options: IdentityRoutesOptions,
): Promise<void> {
  const { request, response, origin } = exchange
  const { accessTokens, clock, onTokenIssued } = options
  response.setHeader('Pragma', 'no-cache')
  try {
    const form = await readForm(request)
    const { authorization } = request.headers
    const endpoint = `${origin}${(request.url ?? '').split('?')[0]}`
    const tenant = param(exchange, 'tenant')
    const { bot, audience, proof } = grantToken({ form, authorization, tenant, endpoint, dialect }, options)
    const token = accessTokens.issue(bot, { audience }, proof)
    onTokenIssued(bot)
    sendJson(response, 200, tokenAnswer(token, accessTokens.lifetimeSeconds, audience, dialect, clock))
  } catch (error) {
    if (!(error instanceof TokenRefusal)) throw error
    sendJson(response, error.status, error.toBody(new Date(clock.now())))
  }
}

function refuseToken(
  { response }: Exchange,
  { clock }: IdentityRoutesOptions,
  status: number,
  headers: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  sendJson(response, status, TokenRefusal.injected(status).toBody(new Date(clock.now())))
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

/** By which client libraries make sure that an address is an identity provider: this one knows itself only. */
function sendInstance({ query, response, origin }: Exchange): void {
  const asked = query.get('authorization_endpoint') ?? ''
  const url = URL.canParse(asked) ? new URL(asked) : undefined
  const tenant = url?.pathname.split('/')[1] ?? ''
  if (!url || url.origin !== origin || tenant === '') {
    throw badArgument('authorization_endpoint must be an address of this service, such as {origin}/{tenant}/…')
  }
  const { host } = url
  sendJson(response, 200, {
    tenant_discovery_endpoint: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  })
}

function tenantMetadata(exchange: Exchange, options: IdentityRoutesOptions): unknown {
  const { tenantId, segment } = requireTenant(exchange, options)
  const base = `${exchange.origin}/${segment}`
  return {
    issuer: tenantIssuer(tenantId),
    authorization_endpoint: 'https://invalid.botframework.com',
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
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

function requireTenant(exchange: Exchange, { cloud }: IdentityRoutesOptions): { tenantId: string; segment: string } {
  const segment = param(exchange, 'tenant')
  const tenantId = tenantIdOf(segment, cloud)
  if (tenantId === undefined) throw new ApiError(404, 'TenantNotFound', 'There is no such tenant.')
  return { tenantId, segment }
}
