import type { BotRegistry } from '../bots/bot-registry.ts'
import type { Clock } from '../clock.ts'
import type { ClientTurns } from '../conversations/client-turns.ts'
import type { Conversations } from '../conversations/conversations.ts'
import type { DirectLineAccess } from '../direct-line/direct-line-access.ts'
import type { OriginPolicy } from '../http/origin-policy.ts'
import type { Routes } from '../http/routes.ts'
import type { AccessTokens } from '../identity/access-tokens.ts'
import type { KeyRing } from '../identity/key-ring.ts'
import type { KeptRecords } from '../store/kept-records.ts'
import { addControlRoutes } from '../user-tokens/control-routes.ts'
import { ISSUER_PATH, addIssuerRoutes } from '../user-tokens/issuer-routes.ts'
import { TokenExchange } from '../user-tokens/token-exchange.ts'
import { UserTokenControls } from '../user-tokens/user-token-controls.ts'
import { UserTokenIssuer } from '../user-tokens/user-token-issuer.ts'
import { addUserTokenRoutes } from '../user-tokens/user-token-routes.ts'
import { UserTokens } from '../user-tokens/user-tokens.ts'
import { addSignInRoutes } from './sign-in-routes.ts'
import type { SignIns } from './sign-ins.ts'
import { addTokenResponseRoute } from './token-response-route.ts'

export interface OpenSignInOptions {
  readonly routes: Routes
  readonly bots: BotRegistry
  readonly conversations: Conversations
  readonly turns: ClientTurns
  readonly signIns: SignIns
  readonly records: KeptRecords
  /** Of the issuer of user tokens. */
  readonly keys: KeyRing
  readonly accessTokens: AccessTokens
  readonly access: DirectLineAccess
  readonly origins: OriginPolicy
  readonly clock: Clock
  /** Base address of the service, without a slash at the end. */
  readonly url: string
}

/** Puts the user token service and the sign-in page together and adds their routes. @returns the controls for tests. */
export function openSignIn(options: OpenSignInOptions): UserTokenControls {
  const { routes, bots, records, clock, url } = options
  const issuer = new UserTokenIssuer({ keys: options.keys, issuer: `${url}${ISSUER_PATH}`, clock })
  const tokens = new UserTokens({ records, issuer, clock })
  const exchange = new TokenExchange({ tokens, issuer, records, bots, clock })
  const controls = new UserTokenControls({ bots, tokens, exchange })
  addIssuerRoutes(routes, issuer)
  addUserTokenRoutes(routes, { ...options, tokens, exchange })
  addSignInRoutes(routes, { ...options, tokens, exchange })
  addTokenResponseRoute(routes, options)
  addControlRoutes(routes, { ...options, controls })
  return controls
}
