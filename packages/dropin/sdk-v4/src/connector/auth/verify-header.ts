import type { IdentityKind, VerifiedIdentity } from '@parley/auth'
import { normalizeServiceUrl } from '@parley/core'
import { toAuthenticationError } from './authentication-failure.ts'
import type { InvalidIdentityText } from './authentication-failure.ts'
import { AuthenticationError } from './authentication-error.ts'
import { claimedKeyId } from './claimed.ts'
import { ClaimsIdentity } from './claims-identity.ts'
import { EndorsementsValidator } from './endorsements-validator.ts'
import { verifyToken } from './token-verifier.ts'
import type { AppIdCheck, VerifierSettings } from './token-verifier.ts'

/** What is asked of a header. */
export interface HeaderQuestion {
  readonly authHeader: string
  readonly credentials: AppIdCheck
  readonly settings: VerifierSettings
  /** What the sender must be. */
  readonly kind: IdentityKind
  readonly invalid: InvalidIdentityText
}

/**
 * Proves who sent an Authorization header.
 *
 * @throws {@link AuthenticationError} 401 with v4's text.
 */
export async function verifyHeader(question: HeaderQuestion): Promise<VerifiedIdentity> {
  const { authHeader, credentials, settings, kind, invalid } = question
  const identity = await verifyToken({ authorization: authHeader ?? '' }, credentials, settings).catch(
    (error: unknown) => {
      throw toAuthenticationError(error, authHeader ?? '', invalid)
    },
  )
  if (identity.kind === kind) return identity
  if (kind === 'emulator' && identity.kind === 'bot') {
    throw new AuthenticationError(`Unauthorized. Invalid AppId passed on token: ${identity.callerAppId}`, 401)
  }
  throw new AuthenticationError(invalid, 401)
}

/**
 * Refuses a channel that the signing key may not speak for.
 *
 * @param required - Endorsements the key must have besides.
 * @throws {@link AuthenticationError} 401
 */
export function requireEndorsements(
  { endorsements }: VerifiedIdentity,
  authHeader: string,
  channelId: string,
  required: readonly string[],
): void {
  // No key of the issuer has any, or the sender is no channel.
  if (!endorsements) return
  const key = `key: ${claimedKeyId(authHeader)} with endorsements: `
  if (!EndorsementsValidator.validate(channelId ?? null, [...endorsements])) {
    throw new AuthenticationError(`Could not validate endorsement for ${key}${endorsements.join(',')}`, 401)
  }
  if (required.every((one) => EndorsementsValidator.validate(one, [...endorsements]))) return
  const list = required.join(',')
  throw new AuthenticationError(
    `Could not validate additional endorsement for ${key}${list}. Expected endorsements: ${list}`,
    401,
  )
}

/**
 * Refuses a connector other than the one the channel's token vouches for.
 *
 * @throws {@link AuthenticationError} 401
 */
export function requireServiceUrl(identity: ClaimsIdentity, serviceUrl: string): void {
  const claimed = identity.getClaimValue('serviceurl')
  if (claimed && typeof serviceUrl === 'string' && normalizeServiceUrl(claimed) === normalizeServiceUrl(serviceUrl)) {
    return
  }
  throw new AuthenticationError('Unauthorized. ServiceUrl claim do not match.', 401)
}

/** The identity as v4 hands it out: a list of claims that the bot may change. */
export function toClaimsIdentity({ claims }: VerifiedIdentity): ClaimsIdentity {
  return new ClaimsIdentity(
    claims.map(({ type, value }) => ({ type, value })),
    true,
  )
}
