/** A token and when it expires. */
export interface AccessToken {
  token: string
  /** Unix time in milliseconds. */
  expiresOnTimestamp: number
  refreshAfterTimestamp?: number
}

/** Gives tokens for scopes, as the credentials of `@azure/identity` do. */
export interface TokenCredential {
  // oxlint-disable-next-line typescript/no-explicit-any -- the options are another library's
  getToken(scopes: string | string[], options?: any): Promise<AccessToken | null>
}

/** Whether `credential` gives tokens and does not sign requests. */
export function isTokenCredential(credential: unknown): credential is TokenCredential {
  const { getToken, signRequest } = (credential ?? {}) as { getToken?: unknown; signRequest?: unknown }
  if (typeof getToken !== 'function') return false
  return signRequest === undefined || getToken.length > 0
}
