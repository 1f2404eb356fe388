import { ServiceOptionError } from '../errors.ts'

/** A sign-in a bot may ask its users for: what in the cloud is an OAuth connection setting of the bot. */
export interface OAuthConnectionOptions {
  /** As the bot calls it; without commas, because lists of names are written with them. */
  readonly name: string
  /** As users and `serviceProviderDisplayName` call it. Default the name. */
  readonly displayName?: string
  /**
   * Whom the tokens are for, their `aud`. Default the service's own issuer of user tokens, whose `userinfo` then says who the
   * user is.
   */
  readonly resource?: string
  /** What the user is asked to allow, the tokens' `scp`. Default `openid profile email`. */
  readonly scopes?: readonly string[]
  /** Life of a token, in seconds. Default 3600. The user has to sign in again after it. */
  readonly tokenLifetimeSeconds?: number
  /**
   * What single sign-on tokens have as `aud` to be exchanged for a token of this connection; `false` for no single sign-on.
   * Default `api://botid-{appId}`.
   */
  readonly exchangeUri?: string | false
  /** Whether single sign-on is refused until the user has allowed the scopes once on the sign-in page. Default `false`. */
  readonly requiresConsent?: boolean
}

/** A connection, its settings checked. */
export interface OAuthConnection {
  readonly name: string
  readonly displayName: string
  /** Absent for the issuer of user tokens. */
  readonly resource: string | undefined
  readonly scopes: readonly string[]
  readonly tokenLifetimeSeconds: number
  /** Absent for no single sign-on. */
  readonly exchangeUri: string | undefined
  readonly requiresConsent: boolean
}

/** Name of the connection of a bot that was given none. */
export const DEFAULT_CONNECTION_NAME = 'local'

const DEFAULT_SCOPES: readonly string[] = ['openid', 'profile', 'email']
const DEFAULT_LIFETIME_SECONDS = 3600
const MAX_LENGTH = 256

/** RFC 6749, 3.3: printable ASCII without space, quote and backslash. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/**
 * Checks the connections of a bot and fills in the defaults.
 *
 * @param option - How they are called in error messages.
 * @throws ServiceOptionError `SERVICE_OPTION` naming the part that cannot be used.
 */
export function resolveConnections(
  connections: readonly OAuthConnectionOptions[] = [{ name: DEFAULT_CONNECTION_NAME }],
  appId: string,
  option: string,
): readonly OAuthConnection[] {
  if (!Array.isArray(connections)) throw new ServiceOptionError(option, 'must be a list of connections')
  const resolved = connections.map((connection, index) => resolve(connection, appId, `${option}[${index}]`))
  const isUnique = new Set(resolved.map(({ name }) => name)).size === resolved.length
  if (!isUnique) throw new ServiceOptionError(option, 'must not name a connection twice')
  return resolved
}

function resolve(options: OAuthConnectionOptions, appId: string, option: string): OAuthConnection {
  if (typeof options !== 'object' || options === null) throw new ServiceOptionError(option, 'must be a connection')
  const demand = (part: string, isFulfilled: boolean, problem: string): void => {
    if (!isFulfilled) throw new ServiceOptionError(`${option}.${part}`, problem)
  }
  const { name, displayName = name, resource, scopes = DEFAULT_SCOPES, requiresConsent = false } = options
  const { tokenLifetimeSeconds = DEFAULT_LIFETIME_SECONDS, exchangeUri = `api://botid-${appId}` } = options
  demand(
    'name',
    isText(name) && !name.includes(','),
    `must be a text of at most ${MAX_LENGTH} characters without commas`,
  )
  demand('displayName', isText(displayName), `must be a text of at most ${MAX_LENGTH} characters`)
  demand(
    'resource',
    resource === undefined || isText(resource),
    'must be an audience, such as https://graph.example.com',
  )
  demand('scopes', Array.isArray(scopes) && scopes.every((scope) => SCOPE.test(scope)), 'must be scopes without spaces')
  demand('tokenLifetimeSeconds', Number.isFinite(tokenLifetimeSeconds) && tokenLifetimeSeconds > 0, 'must be above 0')
  const uriProblem = 'must be false or an audience other than the resource, such as api://my-bot'
  demand('exchangeUri', exchangeUri === false || (isText(exchangeUri) && exchangeUri !== resource), uriProblem)
  demand('requiresConsent', typeof requiresConsent === 'boolean', 'must be true or false')
  return {
    name,
    displayName,
    resource,
    scopes,
    tokenLifetimeSeconds,
    exchangeUri: exchangeUri === false ? undefined : exchangeUri,
    requiresConsent,
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_LENGTH
}
