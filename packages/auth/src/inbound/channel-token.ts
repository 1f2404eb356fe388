import type { Cloud } from '../cloud.ts'
import type { SigningKey } from '../keys/key-set.ts'
import {
  refuseAnonymousSkill,
  requireAudience,
  requireIssuer,
  requireServiceUrlClaim,
  requireValidTimes,
} from './claim-checks.ts'
import type { TokenClaims } from './token-parts.ts'
import { VerifiedIdentity } from './verified-identity.ts'

/** Who a token of the channel service is, once `key` is known to have signed it. */
export function identifyChannel(
  claims: TokenClaims,
  key: SigningKey,
  { appId, cloud, nowSeconds }: { appId: string; cloud: Cloud; nowSeconds: number },
): VerifiedIdentity {
  requireIssuer(claims, cloud.channelIssuer)
  requireAudience(claims, appId)
  const expires = requireValidTimes(claims, nowSeconds)
  refuseAnonymousSkill(claims)
  return new VerifiedIdentity({
    kind: 'channel',
    claims,
    appId,
    callerId: cloud.callerId,
    serviceUrl: requireServiceUrlClaim(claims),
    endorsements: key.endorsements,
    expiresAt: new Date(expires * 1000),
  })
}
