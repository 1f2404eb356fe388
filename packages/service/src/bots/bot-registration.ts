import { createHash } from 'node:crypto'
import { ServiceOptionError } from '../errors.ts'
import { isEmpty, resolveCredentials } from '../identity/app-credentials.ts'
import type { CredentialOptions } from '../identity/app-credentials.ts'
import { SERVICE_CLOUDS } from '../identity/service-cloud.ts'
import type { ServiceCloud } from '../identity/service-cloud.ts'
import { tenantIdOf } from '../identity/tenants.ts'
import { resolveConnections } from '../user-tokens/oauth-connection.ts'
import type { OAuthConnectionOptions } from '../user-tokens/oauth-connection.ts'
import type { RegisteredBot } from './registered-bot.ts'

/** A bot to connect, as its developer describes it. */
export interface BotRegistration extends CredentialOptions {
  /**
   * The bot's `MicrosoftAppId`. Absent for the one bot that has none: it is sent no tokens, whoever calls without a token is
   * taken for it, and it is listed as {@link ANONYMOUS_APP_ID}.
   */
  readonly appId?: string
  /** Where the bot takes activities, e.g. `http://localhost:3978/api/messages`. */
  readonly endpoint: string | URL
  /** The bot's `MicrosoftAppTenantId`, when its `MicrosoftAppType` is `SingleTenant`. */
  readonly tenantId?: string
  /** For display. Default `Bot`. */
  readonly name?: string
  /** Id of the grammar of the bot's words, which clients hand to a speech service. Default none. */
  readonly referenceGrammarId?: string
  /** What the bot may have its users sign in to. Default one connection, named `local`. */
  readonly connections?: readonly OAuthConnectionOptions[]
}

/** How a bot without an app id is listed. */
export const ANONYMOUS_APP_ID = 'anonymous'

/** An app id goes into claims, ids and log lines; real ones are GUIDs. */
const APP_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/**
 * Checks a registration.
 *
 * @param option - How the registration is called in error messages.
 * @param cloud - Whose tenants the bot may be of. Default the public one.
 * @throws ServiceOptionError `SERVICE_OPTION` naming the part that cannot be used.
 */
export function resolveBot(
  registration: BotRegistration,
  option: string,
  cloud: ServiceCloud = SERVICE_CLOUDS.public,
): RegisteredBot {
  const { appId = ANONYMOUS_APP_ID, tenantId, name = 'Bot', referenceGrammarId } = registration
  const isAnonymous = registration.appId === undefined
  if (typeof appId !== 'string' || !APP_ID.test(appId))
    throw new ServiceOptionError(`${option}.appId`, 'must be an app id')
  const credentials = resolveCredentials(registration, option)
  if (isAnonymous && !isEmpty(credentials)) throw new ServiceOptionError(`${option}.appId`, 'is missing')
  if (!isAnonymous && isEmpty(credentials)) throw new ServiceOptionError(`${option}.secret`, 'is missing')
  const knownTenant = tenantId === undefined ? undefined : tenantIdOf(tenantId, cloud)
  if (tenantId !== undefined && knownTenant === undefined) {
    throw new ServiceOptionError(`${option}.tenantId`, 'must be a tenant id')
  }
  return {
    appId,
    isAnonymous,
    credentials,
    endpoint: parseEndpoint(registration.endpoint, `${option}.endpoint`),
    ...(knownTenant === undefined ? {} : { tenantId: knownTenant }),
    name,
    ...(referenceGrammarId === undefined ? {} : { referenceGrammarId }),
    account: { id: `${handleOf(name)}@${siteKeyOf(appId)}`, name },
    connections: resolveConnections(registration.connections, appId, `${option}.connections`),
  }
}

function parseEndpoint(endpoint: string | URL, option: string): URL {
  const url = URL.canParse(String(endpoint)) ? new URL(endpoint) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new ServiceOptionError(option, 'must be an http or https address, such as http://localhost:3978/api/messages')
  }
  return url
}

/** Accounts of bots look like `handle@siteKey` on Direct Line. */
function handleOf(name: string): string {
  const handle = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return handle === '' ? 'bot' : handle
}

/** The same in every run, so that what a bot stored about itself stays right. */
function siteKeyOf(appId: string): string {
  return createHash('sha256').update(appId).digest('base64url').slice(0, 11)
}
