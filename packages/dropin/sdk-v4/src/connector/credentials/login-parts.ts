import { AuthenticationConstants } from '../auth/authentication-constants.ts'

/** A login endpoint of v4, e.g. `https://login.microsoftonline.com/botframework.com`, in two. */
export interface LoginParts {
  /** With its trailing slash. */
  readonly loginUrl: string
  readonly tenantId: string
}

/** Splits a login endpoint before its last part, which is the tenant. The path of the token endpoint may follow it. */
export function loginPartsOf(endpoint: string): LoginParts {
  const { ToChannelFromBotTokenEndpointPath: suffix } = AuthenticationConstants
  const trimmed = endpoint.replace(/\/+$/, '')
  const authority = trimmed.endsWith(suffix) ? trimmed.slice(0, -suffix.length) : trimmed
  const cut = authority.lastIndexOf('/') + 1
  return { loginUrl: authority.slice(0, cut), tenantId: authority.slice(cut) }
}
