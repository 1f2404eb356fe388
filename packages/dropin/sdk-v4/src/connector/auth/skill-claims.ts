import { AuthenticationConstants, GovernmentConstants } from './authentication-constants.ts'
import type { Claim } from './claims-identity.ts'

/** The app id of a caller: `appid` of tokens of version 1.0 or none, `azp` of version 2.0. */
export function appIdOf(claims: readonly Claim[]): string | undefined {
  const { VersionClaim, AppIdClaim, AuthorizedParty } = AuthenticationConstants
  const version = valueOf(claims, VersionClaim)
  if (!version || version === '1.0') return valueOf(claims, AppIdClaim)
  return version === '2.0' ? valueOf(claims, AuthorizedParty) : undefined
}

/** Whether claims are those of another bot. */
export function areSkillClaims(claims: readonly Claim[]): boolean {
  const { VersionClaim, AppIdClaim, AudienceClaim, AnonymousSkillAppId } = AuthenticationConstants
  if (valueOf(claims, AppIdClaim) === AnonymousSkillAppId) return true
  const audience = valueOf(claims, AudienceClaim)
  if (!valueOf(claims, VersionClaim) || !audience) return false
  if (isChannelIssuer(audience)) return false
  const appId = appIdOf(claims)
  return !!appId && appId !== audience
}

function isChannelIssuer(audience: string): boolean {
  return (
    audience === AuthenticationConstants.ToBotFromChannelTokenIssuer ||
    audience === GovernmentConstants.ToBotFromChannelTokenIssuer
  )
}

/** The last claim of a type wins, as in v4. */
function valueOf(claims: readonly Claim[], type: string): string | undefined {
  return claims.reduce<string | undefined>((value, claim) => (claim.type === type ? claim.value : value), undefined)
}
