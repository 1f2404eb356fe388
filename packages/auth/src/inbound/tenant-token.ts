import {
  emulatorOff,
  refuseAnonymousSkill,
  requireAllowedCaller,
  requireAudience,
  requireCallerAppId,
  requireValidTimes,
} from './claim-checks.ts'
import type { TenantIssuers } from './tenant-issuers.ts'
import type { TokenClaims } from './token-parts.ts'
import { VerifiedIdentity, botCallerId } from './verified-identity.ts'

/** Which senders of tenant tokens may come in. */
export interface TenantPolicy {
  readonly appId: string
  readonly issuers: TenantIssuers
  /** Whose tokens the App Service Extension may send; nobody's unless it is allowed. */
  readonly extensionIssuers: TenantIssuers
  readonly allowEmulator: boolean
  readonly allowedCallers: ReadonlySet<string>
}

/** The channel of the Direct Line App Service Extension, the only one for which it may speak. */
const EXTENSION_CHANNEL = 'AseChannel'

/**
 * Who a tenant token is, once a key of the tenants' issuer is known to have signed it: the Emulator, the App Service Extension
 * or another bot.
 */
export function identifyTenant(claims: TokenClaims, policy: TenantPolicy, nowSeconds: number): VerifiedIdentity {
  const { appId, issuers, extensionIssuers, allowedCallers } = policy
  const isOfExtension = !issuers.accepts(claims['iss']) && extensionIssuers.accepts(claims['iss'])
  ;(isOfExtension ? extensionIssuers : issuers).requireAccepted(claims)
  requireAudience(claims, appId)
  const expires = requireValidTimes(claims, nowSeconds)
  refuseAnonymousSkill(claims)
  const callerAppId = requireCallerAppId(claims)
  const isOwnToken = callerAppId === appId
  if (!isOwnToken) {
    issuers.requireAccepted(claims)
    requireAllowedCaller(callerAppId, allowedCallers)
  }
  return new VerifiedIdentity({
    kind: isOwnToken ? 'emulator' : 'bot',
    claims,
    appId,
    callerAppId,
    callerId: botCallerId(callerAppId),
    endorsements: isOwnToken ? requireOwnChannels(claims, policy) : undefined,
    expiresAt: new Date(expires * 1000),
  })
}

/**
 * The channels for which the bot's own token may speak: `undefined` for all where the Emulator is allowed.
 *
 * @throws InboundRefusedError `AUTH_EMULATOR_OFF`.
 */
function requireOwnChannels(
  { iss }: TokenClaims,
  { issuers, extensionIssuers, allowEmulator }: TenantPolicy,
): readonly string[] | undefined {
  if (allowEmulator && issuers.accepts(iss)) return undefined
  if (!extensionIssuers.accepts(iss)) throw emulatorOff()
  return [EXTENSION_CHANNEL]
}
