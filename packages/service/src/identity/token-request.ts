import type { BotRegistry } from '../bots/bot-registry.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { ClientAssertions } from './client-assertions.ts'
import { sameSecret } from './same-secret.ts'
import type { ServiceCloud } from './service-cloud.ts'
import { tenantIdOf } from './tenants.ts'
import { TokenRefusal } from './token-refusal.ts'

/** Which of the two dialects of the token endpoint is spoken: it says whom the token is for in `resource` or in `scope`. */
export type TokenDialect = 'v1' | 'v2'

/** A request for a token, as it came. */
export interface TokenRequest {
  readonly form: URLSearchParams
  /** Its header `Authorization`. */
  readonly authorization: string | undefined
  /** The tenant's segment of the address. */
  readonly tenant: string
  /** The address without its query. */
  readonly endpoint: string
  readonly dialect: TokenDialect
}

/** How an app proved itself: the claim `appidacr` of its tokens. */
export type ClientProof = 'secret' | 'certificate'

/** A request for a token, granted. */
export interface GrantedToken {
  readonly bot: RegisteredBot
  readonly audience: string
  readonly proof: ClientProof
}

/** Who is told when a registered bot asks for a token as it should not. */
export interface TokenMistakes {
  readonly onWrongSecret: (bot: RegisteredBot) => void
  readonly onWrongTenant: (bot: RegisteredBot) => void
}

export interface TokenGrantOptions extends TokenMistakes {
  readonly bots: BotRegistry
  readonly cloud: ServiceCloud
  readonly assertions: ClientAssertions
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * Decides on a client-credentials request.
 *
 * @throws TokenRefusal in Entra's terms.
 */
export function grantToken(request: TokenRequest, options: TokenGrantOptions): GrantedToken {
  const { form, tenant, dialect } = request
  if (form.get('grant_type') !== 'client_credentials') throw TokenRefusal.unsupportedGrant(form.get('grant_type') ?? '')
  const client = clientOf(request)
  const audience = dialect === 'v1' ? audienceOfResource(form) : audienceOfScope(form)
  const bot = findBot(client.id, tenant, options)
  return { bot, audience, proof: prove(bot, client, request, options) }
}

interface Client {
  readonly id: string
  readonly secret: string | undefined
}

/** In the body, or as user and password of RFC 6749 §2.3.1. */
function clientOf({ form, authorization }: TokenRequest): Client {
  const basic = readBasic(authorization)
  const id = form.get('client_id') ?? basic?.id ?? ''
  const secret = form.get('client_secret') ?? undefined
  if (id === '') throw TokenRefusal.missing('client_id')
  if (basic && (basic.id !== id || secret !== undefined)) throw TokenRefusal.ambiguous('two clients or two secrets')
  return { id, secret: secret ?? basic?.secret }
}

function readBasic(authorization: string | undefined): { readonly id: string; readonly secret: string } | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '') ?? []
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  return colon === -1
    ? undefined
    : { id: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)) }
}

/** As a value of a form: `+` is a space. */
function formDecoded(value: string): string {
  return new URLSearchParams(`value=${value.replaceAll('&', '%26')}`).get('value') ?? ''
}

function findBot(clientId: string, tenant: string, { bots, cloud, onWrongTenant }: TokenGrantOptions): RegisteredBot {
  const tenantId = tenantIdOf(tenant, cloud)
  const bot = bots.find(clientId)
  const isIn = bot !== undefined && tenantId === (bot.tenantId ?? cloud.botTenantId)
  if (bot && !isIn) onWrongTenant(bot)
  if (tenantId === undefined) throw TokenRefusal.unknownTenant(tenant)
  if (!isIn) throw TokenRefusal.unknownClient(clientId, tenant)
  return bot
}

function prove(bot: RegisteredBot, client: Client, request: TokenRequest, options: TokenGrantOptions): ClientProof {
  const { form, endpoint } = request
  const assertion = form.get('client_assertion')
  if (assertion !== null) {
    if (client.secret !== undefined) throw TokenRefusal.ambiguous('a secret and a client assertion')
    if (form.get('client_assertion_type') !== ASSERTION_TYPE) throw TokenRefusal.wrongAssertionType()
    options.assertions.check(assertion, bot, endpoint)
    return 'certificate'
  }
  const { secret } = client
  if (secret === undefined) throw TokenRefusal.noCredential()
  // Each is compared, so that the time tells nothing of which one it was.
  const fits = bot.credentials.secrets.map((known) => sameSecret(secret, known))
  if (!fits.includes(true)) {
    options.onWrongSecret(bot)
    throw TokenRefusal.wrongSecret(client.id)
  }
  return 'secret'
}

function audienceOfScope(form: URLSearchParams): string {
  const scope = form.get('scope') ?? ''
  const match = /^(\S+)\/\.default$/.exec(scope)
  if (!match?.[1]) throw TokenRefusal.invalidScope(scope)
  return match[1]
}

function audienceOfResource(form: URLSearchParams): string {
  const resource = form.get('resource') ?? ''
  if (resource === '') throw TokenRefusal.missing('resource')
  return resource
}
