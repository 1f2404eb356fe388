import type { AuthenticationConfiguration } from './authentication-configuration.ts'
import { AuthenticationConstants } from './authentication-constants.ts'
import { AuthenticationError } from './authentication-error.ts'
import { claimedFacts } from './claimed.ts'
import { ClaimsIdentity } from './claims-identity.ts'
import type { Claim } from './claims-identity.ts'
import type { ICredentialProvider } from './credential-provider.ts'
import { appIdOf, areSkillClaims } from './skill-claims.ts'
import { tenantSettings } from './tenant-settings.ts'
import { isValidTokenFormat } from './token-format.ts'
import { toClaimsIdentity, verifyHeader } from './verify-header.ts'

/** Tokens of other bots. */
export interface SkillValidationFunctions {
  /** Whether a token says that it is another bot's. Nothing is verified. */
  isSkillToken(authHeader: string): boolean
  /** @throws TypeError There are no claims. */
  isSkillClaim(claims: Claim[]): boolean
  authenticateChannelToken(
    authHeader: string,
    credentials: ICredentialProvider,
    channelService: string,
    channelId: string,
    authConfig: AuthenticationConfiguration,
  ): Promise<ClaimsIdentity>
  /** @throws {@link AuthenticationError} 401 */
  validateIdentity(identity: ClaimsIdentity, credentials: ICredentialProvider): Promise<void>
  /** The identity of a skill that is tested without credentials. */
  createAnonymousSkillClaim(): ClaimsIdentity
}

export const SkillValidation: SkillValidationFunctions = {
  isSkillToken(authHeader) {
    if (!isValidTokenFormat(authHeader)) return false
    const facts = claimedFacts(authHeader)
    if (!facts) return false
    const claims = Object.entries(facts).map(([type, value]) => ({ type, value: value as string }))
    return SkillValidation.isSkillClaim(claims)
  },

  isSkillClaim(claims) {
    if (!claims) throw new TypeError('SkillValidation.isSkillClaim(): missing claims.')
    return areSkillClaims(claims)
  },

  async authenticateChannelToken(authHeader, credentials, channelService, _channelId, authConfig) {
    if (!authConfig) {
      const message = 'SkillValidation.authenticateChannelToken(): invalid authConfig parameter'
      throw new AuthenticationError(message, 500)
    }
    const verified = await verifyHeader({
      authHeader,
      credentials,
      settings: tenantSettings(channelService, authConfig),
      kind: 'bot',
      invalid: 'SkillValidation.validateIdentity(): Invalid identity',
    })
    const identity = toClaimsIdentity(verified)
    await SkillValidation.validateIdentity(identity, credentials)
    return identity
  },

  async validateIdentity(identity, credentials) {
    if (!identity) throw refused('Invalid identity')
    if (!identity.isAuthenticated) throw refused('Token not authenticated')
    if (!identity.getClaimValue('ver')) throw refused("'ver' claim is required on skill Tokens.")
    const audience = identity.getClaimValue('aud')
    if (!audience) throw refused("'aud' claim is required on skill Tokens.")
    if (!(await credentials.isValidAppId(audience))) throw refused('Invalid audience.')
    if (!appIdOf(identity.claims)) throw refused('Invalid appId.')
  },

  createAnonymousSkillClaim() {
    const { AppIdClaim, AnonymousSkillAppId, AnonymousAuthType } = AuthenticationConstants
    return new ClaimsIdentity([{ type: AppIdClaim, value: AnonymousSkillAppId }], AnonymousAuthType)
  },
}

function refused(problem: string): AuthenticationError {
  return new AuthenticationError(`SkillValidation.validateIdentity(): ${problem}`, 401)
}
