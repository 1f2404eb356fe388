import { ParleyError } from '@parley/core'

/**
 * The adapter has no access to the tokens of users: neither is there a `UserTokenClient` in `turnState`, under its
 * `UserTokenClientKey`, nor does it get tokens itself.
 */
export class OAuthUnsupportedError extends ParleyError {
  static readonly code: string = 'DIALOGS_OAUTH_UNSUPPORTED'
  readonly code: string = OAuthUnsupportedError.code

  constructor(options?: ErrorOptions) {
    // The text of SDK v4.
    super('OAuth prompt is not supported by the current adapter', options)
  }
}
