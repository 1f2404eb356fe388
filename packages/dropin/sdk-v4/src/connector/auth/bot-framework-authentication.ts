import { CallerIdConstants } from '@parley/core'
import type { Activity } from '@parley/core'
import type { BotFrameworkClient } from '../clients/bot-framework-client.ts'
import type { ConnectorFactory } from '../clients/connector-factory.ts'
import type { UserTokenClient } from '../clients/user-token-client.ts'
import type { ServiceClientCredentialsFactory } from '../credentials/service-client-credentials-factory.ts'
import type { AuthenticateRequestResult } from './authenticate-request-result.ts'
import type { ClaimsIdentity } from './claims-identity.ts'
import { JwtTokenValidation } from './jwt-token-validation.ts'
import { SkillValidation } from './skill-validation.ts'

/** Proves who calls a bot, and makes the clients with which the bot calls others. */
export abstract class BotFrameworkAuthentication {
  /** @throws AuthenticationError 401 */
  abstract authenticateRequest(activity: Activity, authHeader: string): Promise<AuthenticateRequestResult>

  abstract authenticateStreamingRequest(authHeader: string, channelIdHeader: string): Promise<AuthenticateRequestResult>

  abstract createConnectorFactory(claimsIdentity: ClaimsIdentity): ConnectorFactory

  abstract createUserTokenClient(claimsIdentity: ClaimsIdentity): Promise<UserTokenClient>

  /** The client for calls to other bots. */
  createBotFrameworkClient(): BotFrameworkClient {
    throw new Error('NotImplemented')
  }

  /** Whom tokens for the channel service are for. */
  getOriginatingAudience(): string {
    throw new Error('NotImplemented')
  }

  /** Proves who calls the bot as if it were a channel service, i.e. which skill. */
  async authenticateChannelRequest(_authHeader: string): Promise<ClaimsIdentity> {
    throw new Error('NotImplemented')
  }

  /** @returns `null` when nobody proves who they are. */
  protected async generateCallerId(
    credentialFactory: ServiceClientCredentialsFactory,
    claimsIdentity: ClaimsIdentity,
    callerId: string,
  ): Promise<string | null> {
    if (await credentialFactory.isAuthenticationDisabled()) return null
    const { claims } = claimsIdentity
    if (!SkillValidation.isSkillClaim(claims)) return callerId
    return `${CallerIdConstants.BotToBotPrefix}${JwtTokenValidation.getAppIdFromClaims(claims)}`
  }
}
