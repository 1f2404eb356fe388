import { unauthorized } from '../http/api-error.ts'
import { sendJson } from '../http/exchange.ts'
import type { Routes } from '../http/routes.ts'
import { bearerOf } from '../identity/verify-token.ts'
import type { UserTokenIssuer } from './user-token-issuer.ts'

/** Where the issuer of user tokens is; its metadata is below it, as OpenID Connect Discovery says. */
export const ISSUER_PATH = '/users/v2.0'

/** By what others check users' tokens, and the one resource of this issuer itself: who the user is. */
export function addIssuerRoutes(routes: Routes, issuer: UserTokenIssuer): void {
  routes.add('GET', `${ISSUER_PATH}/.well-known/openid-configuration`, ({ response, origin }) => {
    const base = `${origin}${ISSUER_PATH}`
    sendJson(response, 200, {
      issuer: issuer.issuer,
      authorization_endpoint: 'https://invalid.botframework.com',
      jwks_uri: `${base}/keys`,
      userinfo_endpoint: `${base}/userinfo`,
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['token'],
      subject_types_supported: ['pairwise'],
    })
  })
  routes.add('GET', `${ISSUER_PATH}/keys`, ({ response }) => {
    sendJson(response, 200, { keys: issuer.keys.publicKeys() })
  })
  routes.add('GET', `${ISSUER_PATH}/userinfo`, ({ request, response }) => {
    const token = bearerOf(request.headers.authorization)
    const issued = token === undefined ? undefined : issuer.check(token, issuer.issuer)
    if (!issued) throw unauthorized('A token of a user for this issuer is required, and it must not have expired.')
    const { sub, oid, name, upn } = issued.claims
    sendJson(response, 200, { sub, oid, name, email: upn, preferred_username: upn })
  })
}
