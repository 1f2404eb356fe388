import { AuthenticationError } from './authentication-error.ts'
import type { ClaimsIdentity } from './claims-identity.ts'
import type { ICredentialProvider } from './credential-provider.ts'

/**
 * What v4 asks of the identity of a channel service.
 *
 * @param missing - Text for no identity at all.
 * @throws {@link AuthenticationError} 401
 */
export async function validateChannelIdentity(
  identity: ClaimsIdentity,
  credentials: ICredentialProvider,
  { issuer, missing }: { readonly issuer: string; readonly missing: string },
): Promise<ClaimsIdentity> {
  if (!identity) throw new AuthenticationError(missing, 401)
  if (!identity.isAuthenticated) throw new AuthenticationError('Unauthorized. Is not authenticated', 401)
  if (identity.getClaimValue('iss') !== issuer) {
    throw new AuthenticationError('Unauthorized. Issuer Claim MUST be present.', 401)
  }
  const audience = identity.getClaimValue('aud')
  if (!(await credentials.isValidAppId(audience || ''))) {
    throw new AuthenticationError(`Unauthorized. Invalid AppId passed on token: ${audience}`, 401)
  }
  return identity
}
