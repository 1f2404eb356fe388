import { HttpHeaders } from '../../stdlib/index.ts'
import type { ServiceClientCredentials, WebResourceLike } from '../../stdlib/index.ts'
import { hide } from '../credentials/hide.ts'

/** Credentials of a token that the caller has. */
export class TokenCredentials implements ServiceClientCredentials {
  /** Not enumerable. */
  declare token: string
  authorizationScheme: string

  /** @throws Error - There is no token; the text is v4's. */
  constructor(token: string, authorizationScheme = 'Bearer') {
    if (token === null || token === undefined) throw new Error('token cannot be null or undefined.')
    this.authorizationScheme = authorizationScheme
    hide(this, 'token', token)
  }

  async signRequest(webResource: WebResourceLike): Promise<WebResourceLike> {
    webResource.headers ??= new HttpHeaders()
    webResource.headers.set('Authorization', `${this.authorizationScheme} ${this.token}`)
    return webResource
  }
}
