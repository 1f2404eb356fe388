import type {
  OpenValue,
  SignInUrlResponse,
  TokenExchangeRequest,
  TokenResponse,
  TurnContext,
  UserTokenClient,
} from '@parley/core'
import type { OAuthPromptSettings } from './oauth-prompt-settings.ts'
import { OAuthUnsupportedError } from './oauth-unsupported-error.ts'

type Credentials = OAuthPromptSettings['oAuthAppCredentials']

/** An adapter that gets the tokens of users itself, as those of SDK v4 before its cloud adapter do. */
interface UserTokenProvider {
  getUserToken(
    context: TurnContext,
    connectionName: string,
    magicCode?: string,
    credentials?: Credentials,
  ): Promise<TokenResponse | undefined>
  signOutUser(context: TurnContext, connectionName: string, userId?: string, credentials?: Credentials): Promise<void>
  getSignInResource(
    context: TurnContext,
    connectionName: string,
    userId?: string,
    finalRedirect?: string,
    credentials?: Credentials,
  ): Promise<SignInUrlResponse>
  exchangeToken(
    context: TurnContext,
    connectionName: string,
    userId: string,
    request: TokenExchangeRequest,
    credentials?: Credentials,
  ): Promise<TokenResponse | undefined>
}

const PROVIDER_METHODS = ['getUserToken', 'signOutUser', 'getSignInResource', 'exchangeToken'] as const

/** The tokens of the user of a turn, for one connection. */
export interface UserTokenAccess {
  getToken(magicCode?: string): Promise<TokenResponse | undefined>
  signOut(): Promise<void>
  getSignInResource(): Promise<SignInUrlResponse>
  exchange(request: TokenExchangeRequest): Promise<TokenResponse | undefined>
}

/**
 * How a turn gets at the tokens of its user.
 *
 * @throws {@link OAuthUnsupportedError} `DIALOGS_OAUTH_UNSUPPORTED`: it does not.
 */
export function userTokenAccess(context: TurnContext, settings: OAuthPromptSettings): UserTokenAccess {
  const adapter = context.adapter as OpenValue
  const client = context.turnState.get<UserTokenClient | undefined>(adapter.UserTokenClientKey)
  if (client) return accessByClient(client, context, settings)
  if (PROVIDER_METHODS.every((method) => typeof adapter[method] === 'function')) {
    return accessByAdapter(adapter, context, settings)
  }
  throw new OAuthUnsupportedError()
}

function accessByClient(
  client: UserTokenClient,
  { activity }: TurnContext,
  { connectionName }: OAuthPromptSettings,
): UserTokenAccess {
  const userId = activity.from?.id
  const { channelId } = activity
  return {
    getToken: (magicCode) => client.getUserToken(userId, connectionName, channelId, magicCode),
    signOut: () => client.signOutUser(userId, connectionName, channelId),
    getSignInResource: () => client.getSignInResource(connectionName, activity, undefined),
    exchange: (request) => client.exchangeToken(userId, connectionName, channelId, request),
  }
}

function accessByAdapter(
  adapter: UserTokenProvider,
  context: TurnContext,
  { connectionName, oAuthAppCredentials }: OAuthPromptSettings,
): UserTokenAccess {
  const userId = context.activity.from?.id
  return {
    getToken: (magicCode) => adapter.getUserToken(context, connectionName, magicCode, oAuthAppCredentials),
    signOut: () => adapter.signOutUser(context, connectionName, userId, oAuthAppCredentials),
    getSignInResource: () => adapter.getSignInResource(context, connectionName, userId, undefined, oAuthAppCredentials),
    exchange: (request) => adapter.exchangeToken(context, connectionName, userId, request, oAuthAppCredentials),
  }
}
