import type { AuthenticationConfiguration } from './authentication-configuration.ts'
import { AuthenticationError } from './authentication-error.ts'
import type { Claim } from './claims-identity.ts'
import { SkillValidation } from './skill-validation.ts'

/**
 * Asks the bot's own rule about a proven sender. Without a rule no other bot may call.
 *
 * @throws {@link AuthenticationError} 401 without a rule; 403 with the rule's own words when it refuses.
 */
export async function validateClaims(
  { validateClaims: rule }: AuthenticationConfiguration,
  claims: Claim[],
): Promise<void> {
  if (!rule) {
    if (!SkillValidation.isSkillClaim(claims)) return
    const message = 'Unauthorized Access. Request is not authorized. Skill Claims require validation.'
    throw new AuthenticationError(message, 401)
  }
  try {
    await rule(claims)
  } catch (cause) {
    if (AuthenticationError.isStatusCodeError(cause)) throw cause
    throw new AuthenticationError(cause instanceof Error ? cause.message : 'The caller is not allowed.', 403, { cause })
  }
}
