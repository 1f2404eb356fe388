import {
  refuseAnonymousSkill,
  requireAllowedCaller,
  requireAudience,
  requireCallerAppId,
  requireEmulatorAllowed,
  requireValidTimes,
} from './claim-checks.ts'
import type { TenantIssuers } from './tenant-issuers.ts'
import type { TokenClaims } from './token-parts.ts'
import { VerifiedIdentity, botCallerId } from './verified-identity.ts'

/** Which senders of tenant tokens may come in. */
export interface TenantPolicy {
  readonly appId: string
  readonly issuers: TenantIssuers
  readonly allowEmulator: boolean
  readonly allowedCallers: ReadonlySet<string>
}

/** Who a tenant token is, once a key of the tenants' issuer is known to have signed it: the Emulator or another bot. */
export function identifyTenant(
  claims: TokenClaims,
  { appId, issuers, allowEmulator, allowedCallers }: TenantPolicy,
  nowSeconds: number,
): VerifiedIdentity {
  issuers.requireAccepted(claims)
  requireAudience(claims, appId)
  const expires = requireValidTimes(claims, nowSeconds)
  refuseAnonymousSkill(claims)
  const callerAppId = requireCallerAppId(claims)
  const isOwnToken = callerAppId === appId
  if (isOwnToken) requireEmulatorAllowed(allowEmulator)
  else requireAllowedCaller(callerAppId, allowedCallers)
  return new VerifiedIdentity({
    kind: isOwnToken ? 'emulator' : 'bot',
    claims,
    appId,
    callerAppId,
    callerId: botCallerId(callerAppId),
    expiresAt: new Date(expires * 1000),
  })
}
