/** A token and its end. */
export interface AuthenticatorResult {
  accessToken: string
  expiresOn: Date
}
