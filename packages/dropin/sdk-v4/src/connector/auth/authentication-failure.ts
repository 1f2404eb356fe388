import { InboundRefusedError } from '@parley/core'
import { AuthenticationError } from './authentication-error.ts'
import { claimedFacts, claimedKeyId, printed } from './claimed.ts'

/** v4's text for a refusal that has none of its own; it depends on who asked. */
export type InvalidIdentityText =
  | 'Unauthorized. Is not authenticated'
  | 'Unauthorized. No valid identity.'
  | 'SkillValidation.validateIdentity(): Invalid identity'

/** Turns a refusal into the error v4 throws for it; other errors stay what they are. The refusal is kept as the cause. */
export function toAuthenticationError(error: unknown, authHeader: string, invalid: InvalidIdentityText): unknown {
  if (!(error instanceof InboundRefusedError)) return error
  if (error.status < 401 || error.code.startsWith('URL_')) return error
  return new AuthenticationError(textFor(error.code, authHeader, invalid), 401, { cause: error })
}

function textFor(code: string, authHeader: string, invalid: InvalidIdentityText): string {
  switch (code) {
    case 'AUTH_KID_UNKNOWN':
    case 'AUTH_KEYS_UNAVAILABLE':
      return 'Signing Key could not be retrieved.'
    case 'AUTH_SIGNATURE':
      return 'invalid signature'
    case 'AUTH_EXPIRED':
      return 'The token has expired'
    case 'AUTH_SERVICEURL':
      return 'Unauthorized. ServiceUrl claim do not match.'
    case 'AUTH_ENDORSEMENT':
      return `Could not validate endorsement for key: ${claimedKeyId(authHeader)}`
    case 'AUTH_AUD':
      return audienceText(authHeader, invalid)
    case 'AUTH_VER':
    case 'AUTH_APPID':
      return versionText(authHeader)
    default:
      return invalid
  }
}

function audienceText(authHeader: string, invalid: InvalidIdentityText): string {
  if (invalid.startsWith('Skill')) return 'SkillValidation.validateIdentity(): Invalid audience.'
  return `Unauthorized. Invalid AppId passed on token: ${printed(claimedFacts(authHeader)?.['aud'] ?? null)}`
}

function versionText(authHeader: string): string {
  const version = claimedFacts(authHeader)?.['ver']
  if (!version) return 'Unauthorized. "ver" claim is required on Emulator Tokens.'
  if (version !== '1.0' && version !== '2.0')
    return `Unauthorized. Unknown Emulator Token version "${printed(version)}".`
  const claim = version === '1.0' ? 'appid' : 'azp'
  return `Unauthorized. "${claim}" claim is required on Emulator Token version "${version}".`
}
