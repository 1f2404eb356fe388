import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { BotRegistry } from '../bots/bot-registry.ts'
import { toSeconds } from '../clock.ts'
import type { Clock } from '../clock.ts'
import { sendJson } from '../http/exchange.ts'
import type { Exchange, RouteHandler } from '../http/exchange.ts'
import type { AccessTokens } from './access-tokens.ts'
import { sameSecret } from './same-secret.ts'

export interface ManagedIdentityServices {
  readonly bots: BotRegistry
  readonly accessTokens: AccessTokens
  readonly clock: Clock
  readonly onTokenIssued: (bot: RegisteredBot) => void
}

/** The metadata service of a virtual machine, which tells by a header that no page on the way has sent the request. */
export function answerMetadataService(services: ManagedIdentityServices): RouteHandler {
  return (exchange) => {
    if (exchange.request.headers['metadata'] !== 'true') {
      return refuse(exchange, 400, 'invalid_request', 'Required metadata header not specified')
    }
    const identities = services.bots.all().filter(({ credentials }) => credentials.managedIdentity === 'imds')
    giveToken(exchange, identities, services)
  }
}

/** The endpoint App Service has for what runs on it, which wants the header it has told only this. */
export function answerAppService(services: ManagedIdentityServices): RouteHandler {
  return (exchange) => {
    const shown = exchange.request.headers['x-identity-header']
    const identities = services.bots.all().filter(({ credentials: { managedIdentity } }) => {
      if (managedIdentity === undefined || managedIdentity === 'imds' || typeof shown !== 'string') return false
      return sameSecret(shown, managedIdentity.header)
    })
    if (identities.length === 0)
      return refuse(exchange, 401, 'unauthorized', 'The value of IDENTITY_HEADER is not right')
    giveToken(exchange, identities, services)
  }
}

/** Without a client id, the one identity there is. */
function giveToken(exchange: Exchange, identities: readonly RegisteredBot[], services: ManagedIdentityServices): void {
  const { query, response } = exchange
  const audience = query.get('resource') ?? ''
  if (!query.has('api-version')) return refuse(exchange, 400, 'invalid_request', 'api-version is missing')
  if (audience === '') return refuse(exchange, 400, 'invalid_resource', 'resource is missing')
  const clientId = query.get('client_id')
  const fitting = clientId === null ? identities : identities.filter(({ appId }) => appId === clientId)
  const [bot] = fitting
  if (!bot) return refuse(exchange, 400, 'invalid_request', 'Identity not found')
  if (fitting.length > 1) return refuse(exchange, 400, 'invalid_request', 'Multiple identities: client_id is required')
  const { accessTokens, clock, onTokenIssued } = services
  const now = toSeconds(clock.now())
  const lifetime = accessTokens.lifetimeSeconds
  const token = accessTokens.issue(bot, { audience }, 'certificate')
  onTokenIssued(bot)
  sendJson(response, 200, {
    access_token: token,
    client_id: bot.appId,
    expires_in: String(lifetime),
    expires_on: String(now + lifetime),
    ext_expires_in: String(lifetime),
    not_before: String(now),
    resource: audience,
    token_type: 'Bearer',
  })
}

function refuse({ response }: Exchange, status: number, error: string, description: string): void {
  sendJson(response, status, { error, error_description: description })
}
