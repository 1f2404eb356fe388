import type { Activity } from '@parley/core'
import { AseChannelValidation } from './ase-channel-validation.ts'
import { AuthenticationConfiguration } from './authentication-configuration.ts'
import { AuthenticationConstants } from './authentication-constants.ts'
import { AuthenticationError } from './authentication-error.ts'
import { ChannelValidation } from './channel-validation.ts'
import { claimedFacts } from './claimed.ts'
import { validateClaims } from './claims-policy.ts'
import { ClaimsIdentity } from './claims-identity.ts'
import type { Claim } from './claims-identity.ts'
import type { ICredentialProvider } from './credential-provider.ts'
import { EmulatorValidation } from './emulator-validation.ts'
import { EnterpriseChannelValidation } from './enterprise-channel-validation.ts'
import { GovernmentChannelValidation } from './government-channel-validation.ts'
import { appIdOf } from './skill-claims.ts'
import { SkillValidation } from './skill-validation.ts'
import { isGovernment } from './tenant-settings.ts'
import { isValidTokenFormat } from './token-format.ts'

/** Tokens of whoever calls. */
export interface JwtTokenValidationFunctions {
  /**
   * Proves who sent an activity.
   *
   * @throws {@link AuthenticationError} 401
   */
  authenticateRequest(
    activity: Partial<Activity>,
    authHeader: string,
    credentials: ICredentialProvider,
    channelService: string,
    authConfig?: AuthenticationConfiguration,
  ): Promise<ClaimsIdentity>
  /**
   * Proves who sent a header.
   *
   * @param serviceUrl - What the token must vouch for; empty: nothing.
   * @throws {@link AuthenticationError} 401; 400 without a header.
   */
  validateAuthHeader(
    authHeader: string,
    credentials: ICredentialProvider,
    channelService: string,
    channelId: string,
    serviceUrl?: string,
    authConfig?: AuthenticationConfiguration,
  ): Promise<ClaimsIdentity>
  /** @throws TypeError There are no claims. */
  getAppIdFromClaims(claims: Claim[]): string | undefined
  isGovernment(channelService: string): boolean
  isValidTokenFormat(authHeader: string): boolean
}

export const JwtTokenValidation: JwtTokenValidationFunctions = {
  async authenticateRequest(activity, authHeader, credentials, channelService, authConfig) {
    if (await credentials.isAuthenticationDisabled()) return anonymousIdentity(activity)
    if (!authHeader?.trim()) throw new AuthenticationError('Unauthorized Access. Request is not authorized', 401)
    return JwtTokenValidation.validateAuthHeader(
      authHeader,
      credentials,
      channelService,
      activity.channelId as string,
      activity.serviceUrl,
      authConfig,
    )
  },

  async validateAuthHeader(authHeader, credentials, channelService, channelId, serviceUrl = '', authConfig) {
    if (!authHeader?.trim()) throw new AuthenticationError("'authHeader' required.", 400)
    const config = authConfig ?? new AuthenticationConfiguration()
    const question = { authHeader, credentials, channelService, channelId, serviceUrl, config }
    const identity = await authenticateToken(question)
    await validateClaims(config, identity.claims)
    return identity
  },

  getAppIdFromClaims(claims) {
    if (!claims) throw new TypeError('JwtTokenValidation.getAppIdFromClaims(): missing claims.')
    return appIdOf(claims)
  },

  isGovernment,

  isValidTokenFormat,
}

/** Who everybody is for a bot without credentials. */
export function anonymousIdentity({ channelId, recipient }: Partial<Activity>): ClaimsIdentity {
  const isSkill = channelId === 'emulator' && recipient?.role === 'skill'
  if (isSkill) return SkillValidation.createAnonymousSkillClaim()
  return new ClaimsIdentity([], AuthenticationConstants.AnonymousAuthType)
}

interface TokenQuestion {
  readonly authHeader: string
  readonly credentials: ICredentialProvider
  readonly channelService: string
  readonly channelId: string
  readonly serviceUrl: string
  readonly config: AuthenticationConfiguration
}

/** The order of v4: extension, other bots, Emulator, channels. */
function authenticateToken(question: TokenQuestion): Promise<ClaimsIdentity> {
  const { authHeader, credentials, channelService, channelId, config } = question
  if (AseChannelValidation.isTokenFromAseChannel(channelId)) {
    return AseChannelValidation.authenticateAseChannelToken(authHeader, config)
  }
  if (SkillValidation.isSkillToken(authHeader)) {
    return SkillValidation.authenticateChannelToken(authHeader, credentials, channelService, channelId, config)
  }
  if (EmulatorValidation.isTokenFromEmulator(authHeader) || isFromListedIssuer(question)) {
    return EmulatorValidation.authenticateEmulatorToken(authHeader, credentials, channelService, channelId, config)
  }
  return authenticateChannel(question)
}

/** A single-tenant bot lists its own tenant, whose tokens the Emulator then sends. */
function isFromListedIssuer({ authHeader, config }: TokenQuestion): boolean {
  const issuer = claimedFacts(authHeader)?.['iss']
  return !!config.validTokenIssuers?.some((listed) => listed === issuer)
}

function authenticateChannel(question: TokenQuestion): Promise<ClaimsIdentity> {
  const { authHeader, credentials, channelService: service, channelId, serviceUrl, config } = question
  const sender = [authHeader, credentials] as const
  if (JwtTokenValidation.isGovernment(service)) {
    return serviceUrl
      ? GovernmentChannelValidation.authenticateChannelTokenWithServiceUrl(...sender, serviceUrl, channelId)
      : GovernmentChannelValidation.authenticateChannelToken(...sender, channelId, config)
  }
  if (service) {
    return serviceUrl
      ? EnterpriseChannelValidation.authenticateChannelTokenWithServiceUrl(...sender, serviceUrl, channelId, service)
      : EnterpriseChannelValidation.authenticateChannelToken(...sender, channelId, service, config)
  }
  return serviceUrl
    ? ChannelValidation.authenticateChannelTokenWithServiceUrl(...sender, serviceUrl, channelId, config)
    : ChannelValidation.authenticateChannelToken(...sender, channelId, config)
}
