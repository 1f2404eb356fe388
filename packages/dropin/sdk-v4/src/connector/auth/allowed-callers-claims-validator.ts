import { AssertionError } from 'node:assert'
import type { ValidateClaims } from './authentication-configuration.ts'
import { JwtTokenValidation } from './jwt-token-validation.ts'
import { SkillValidation } from './skill-validation.ts'

/**
 * Lets in the bots whose app ids are listed. Requests that do not come from a bot pass.
 *
 * @param allowedCallers - App ids; `'*'` lets in every bot of an accepted tenant.
 * @throws AssertionError The list is missing or empty.
 */
export function allowedCallersClaimsValidator(allowedCallers: string[]): ValidateClaims {
  if (!allowedCallers?.length) {
    throw new AssertionError({
      message: 'allowedCallersClaimsValidator: allowedCallers must name at least one app id, or *.',
    })
  }
  const allowed = new Set(allowedCallers)
  return async (claims) => {
    if (allowed.has('*') || !SkillValidation.isSkillClaim(claims)) return
    const appId = JwtTokenValidation.getAppIdFromClaims(claims)
    if (allowed.has(appId as string)) return
    throw new Error(
      `Received a request from an application with an appID of "${appId}". ` +
        'To enable requests from this skill, add the skill to your configuration file.',
    )
  }
}
