import { InboundRefusedError } from '@parley/core'
import type { InboundRefusedOptions, Refusal } from '@parley/core'

/** Name of a row of {@link AUTH_REFUSALS}. */
export type AuthRefusal =
  | 'AUTH_MISSING'
  | 'AUTH_DUPLICATE'
  | 'HTTP_HEADERS'
  | 'AUTH_SCHEME'
  | 'AUTH_MALFORMED'
  | 'AUTH_ALG'
  | 'AUTH_KID_INVALID'
  | 'AUTH_CRIT'
  | 'AUTH_KID_UNKNOWN'
  | 'AUTH_SIGNATURE'
  | 'AUTH_ISS'
  | 'AUTH_TENANT'
  | 'AUTH_AUD'
  | 'AUTH_EXP_MISSING'
  | 'AUTH_EXPIRED'
  | 'AUTH_NBF'
  | 'AUTH_IAT'
  | 'AUTH_LIFETIME'
  | 'AUTH_VER'
  | 'AUTH_APPID'
  | 'AUTH_EMULATOR_OFF'
  | 'AUTH_CALLER'
  | 'AUTH_CALLER_ANONYMOUS'
  | 'AUTH_SERVICEURL'
  | 'AUTH_ENDORSEMENT'
  | 'AUTH_KEYS_UNAVAILABLE'

/**
 * Every way this package refuses a request: 401 when the sender did not prove who it is, 403 when it did and is not
 * permitted, 503 when the proof could not be checked. `docs/errors.md` has the remedies.
 */
export const AUTH_REFUSALS: Readonly<Record<AuthRefusal, Refusal>> = {
  /** No `Authorization` header, or a blank one. */
  AUTH_MISSING: { code: 'AUTH_MISSING', status: 401 },
  /** More than one `Authorization` header. */
  AUTH_DUPLICATE: { code: 'AUTH_DUPLICATE', status: 401 },
  /** An `Authorization` header of more than 8 KiB. */
  HTTP_HEADERS: { code: 'HTTP_HEADERS', status: 431 },
  /** A scheme other than `Bearer`. */
  AUTH_SCHEME: { code: 'AUTH_SCHEME', status: 401 },
  /** Not a signed token in three parts, or one that is too large. */
  AUTH_MALFORMED: { code: 'AUTH_MALFORMED', status: 401 },
  /** An algorithm other than RS256. */
  AUTH_ALG: { code: 'AUTH_ALG', status: 401 },
  /** No key id, or one that is not a string of 1–128 characters. */
  AUTH_KID_INVALID: { code: 'AUTH_KID_INVALID', status: 401 },
  /** Critical header extensions: this package understands none. */
  AUTH_CRIT: { code: 'AUTH_CRIT', status: 401 },
  /** The key is not in the issuer's published set, or the token brings its own. */
  AUTH_KID_UNKNOWN: { code: 'AUTH_KID_UNKNOWN', status: 401 },
  /** The signature is not that of the issuer's key. */
  AUTH_SIGNATURE: { code: 'AUTH_SIGNATURE', status: 401 },
  /** An issuer that is neither the channel service nor a tenant. */
  AUTH_ISS: { code: 'AUTH_ISS', status: 401 },
  /** A tenant that was not configured, or an issuer and a `tid` that disagree. */
  AUTH_TENANT: { code: 'AUTH_TENANT', status: 401 },
  /** A token meant for somebody else. */
  AUTH_AUD: { code: 'AUTH_AUD', status: 401 },
  /** No numeric `exp`. */
  AUTH_EXP_MISSING: { code: 'AUTH_EXP_MISSING', status: 401 },
  /** Expired for more than the clock tolerance. */
  AUTH_EXPIRED: { code: 'AUTH_EXPIRED', status: 401 },
  /** Not valid yet, or an `nbf` that is not a number. */
  AUTH_NBF: { code: 'AUTH_NBF', status: 401 },
  /** Issued in the future, or an `iat` that is not a number. */
  AUTH_IAT: { code: 'AUTH_IAT', status: 401 },
  /** Valid for more than 24 hours. */
  AUTH_LIFETIME: { code: 'AUTH_LIFETIME', status: 401 },
  /** A tenant token that is neither version 1.0 nor 2.0. */
  AUTH_VER: { code: 'AUTH_VER', status: 401 },
  /** A tenant token that does not name the calling app. */
  AUTH_APPID: { code: 'AUTH_APPID', status: 401 },
  /** The bot's own token, while `allowEmulator` is off. */
  AUTH_EMULATOR_OFF: { code: 'AUTH_EMULATOR_OFF', status: 401 },
  /** Another bot that is not in `allowedCallers`. */
  AUTH_CALLER: { code: 'AUTH_CALLER', status: 403 },
  /** Somebody who claims to be the anonymous skill, which proves nothing. Same code, other status. */
  AUTH_CALLER_ANONYMOUS: { code: 'AUTH_CALLER', status: 401 },
  /** No `serviceurl` claim, or one that differs from the activity's `serviceUrl`. */
  AUTH_SERVICEURL: { code: 'AUTH_SERVICEURL', status: 401 },
  /** The signing key is not endorsed for the activity's channel. */
  AUTH_ENDORSEMENT: { code: 'AUTH_ENDORSEMENT', status: 403 },
  /** No keys are cached and none can be fetched; carries the seconds for `Retry-After`. */
  AUTH_KEYS_UNAVAILABLE: { code: 'AUTH_KEYS_UNAVAILABLE', status: 503 },
}

/** The error to throw for a refusal. `message` is for the log; the sender never sees it. */
export function refused(refusal: AuthRefusal, message: string, options?: InboundRefusedOptions): InboundRefusedError {
  return new InboundRefusedError(AUTH_REFUSALS[refusal], message, options)
}

const MAX_PRINTED = 128

/** A sender's value in a form that can neither break a log line nor flood it. */
export function printable(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')
  return `'${text.slice(0, MAX_PRINTED).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '')}'`
}
