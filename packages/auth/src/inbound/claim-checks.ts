import type { InboundRefusedError } from '@parley/core'
import { printable, refused } from '../refusals.ts'
import type { TokenClaims } from './token-parts.ts'

/** Accepted difference between our clock and the issuer's. */
export const CLOCK_TOLERANCE_SECONDS = 300

/** Longest accepted validity. The tolerance is added to it: managed identities get tokens of 24 hours and 5 minutes. */
const MAX_LIFETIME_SECONDS = 24 * 60 * 60

/** `AUTH_ISS`: the issuer must be that one, as one string. */
export function requireIssuer(claims: TokenClaims, issuer: string): void {
  if (claims['iss'] !== issuer) throw refused('AUTH_ISS', `The issuer ${printable(claims['iss'])} is not accepted.`)
}

/** `AUTH_AUD`: the token must be for this bot, as one string; a list that contains it is no proof of that. */
export function requireAudience(claims: TokenClaims, appId: string): void {
  if (claims['aud'] !== appId)
    throw refused('AUTH_AUD', `The token is for ${printable(claims['aud'])}, not for this bot.`)
}

/**
 * `AUTH_EXP_MISSING`, `AUTH_EXPIRED`, `AUTH_NBF`, `AUTH_IAT`, `AUTH_LIFETIME`: the token must be valid at `nowSeconds`.
 *
 * @returns `exp`, in seconds.
 */
export function requireValidTimes(claims: TokenClaims, nowSeconds: number): number {
  const expires = requireExpiry(claims)
  refuseExpired(expires, nowSeconds)
  const notBefore = refuseFuture(claims, 'nbf', 'AUTH_NBF', nowSeconds)
  const issued = refuseFuture(claims, 'iat', 'AUTH_IAT', nowSeconds)
  refuseLongLife(expires, issued ?? notBefore ?? nowSeconds)
  return expires
}

function requireExpiry(claims: TokenClaims): number {
  const expires = claims['exp']
  if (!isTime(expires)) throw refused('AUTH_EXP_MISSING', 'The token has no numeric exp.')
  return expires
}

function refuseExpired(expires: number, nowSeconds: number): void {
  if (nowSeconds >= expires + CLOCK_TOLERANCE_SECONDS) {
    throw refused(
      'AUTH_EXPIRED',
      `The token expired ${Math.round(nowSeconds - expires)} s ago; check this host's clock.`,
    )
  }
}

/** Optional claims: channel tokens have no `iat`. */
function refuseFuture(
  claims: TokenClaims,
  name: 'nbf' | 'iat',
  refusal: 'AUTH_NBF' | 'AUTH_IAT',
  nowSeconds: number,
): number | undefined {
  const time = claims[name]
  if (time === undefined) return undefined
  if (!isTime(time) || time > nowSeconds + CLOCK_TOLERANCE_SECONDS) {
    throw refused(refusal, `The token's ${name} is not a time in the past; check this host's clock.`)
  }
  return time
}

function refuseLongLife(expires: number, from: number): void {
  if (expires - from > MAX_LIFETIME_SECONDS + CLOCK_TOLERANCE_SECONDS) {
    throw refused('AUTH_LIFETIME', 'The token is valid for more than 24 hours.')
  }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/**
 * `AUTH_CALLER` (401): SDK v4 lets a claimed app id of `AnonymousSkill` stand for a skill without credentials. A token that
 * says so proves nobody, whoever signed it.
 */
export function refuseAnonymousSkill(claims: TokenClaims): void {
  if (claims['appid'] === 'AnonymousSkill' || claims['azp'] === 'AnonymousSkill') {
    throw refused('AUTH_CALLER_ANONYMOUS', 'The token claims to be the anonymous skill.')
  }
}

/** `AUTH_SERVICEURL`: a channel token must say which connector its activities may name. */
export function requireServiceUrlClaim(claims: TokenClaims): string {
  const serviceUrl = claims['serviceurl']
  if (typeof serviceUrl !== 'string' || serviceUrl === '') {
    throw refused('AUTH_SERVICEURL', 'The channel token has no serviceurl claim.')
  }
  return serviceUrl
}

/** `AUTH_VER`, `AUTH_APPID`: who called, as version 1.0 (`appid`) and 2.0 (`azp`) of tenant tokens say it. */
export function requireCallerAppId(claims: TokenClaims): string {
  const caller = claims[callerClaim(claims['ver'])]
  if (typeof caller !== 'string' || caller === '')
    throw refused('AUTH_APPID', 'The token does not name the calling app.')
  return caller
}

function callerClaim(version: unknown): 'appid' | 'azp' {
  if (version === '1.0') return 'appid'
  if (version === '2.0') return 'azp'
  throw refused('AUTH_VER', `The token has the version ${printable(version)}, neither 1.0 nor 2.0.`)
}

/** `AUTH_EMULATOR_OFF`: the bot's own token is accepted only where somebody tests with the Emulator. */
export function emulatorOff(): InboundRefusedError {
  return refused('AUTH_EMULATOR_OFF', "The bot's own token was sent; set allowEmulator to test with the Emulator.")
}

/** `AUTH_CALLER`: another bot must be on the list. */
export function requireAllowedCaller(callerAppId: string, allowedCallers: ReadonlySet<string>): void {
  if (!allowedCallers.has(callerAppId) && !allowedCallers.has('*')) {
    throw refused('AUTH_CALLER', `The bot ${printable(callerAppId)} is not in allowedCallers.`)
  }
}
