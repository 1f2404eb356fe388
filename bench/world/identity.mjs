import { generateKeyPairSync, sign } from 'node:crypto'

export const APP_ID = '5c0e8d2a-7f1b-4a6e-9d35-1f2e3a4b5c6d'
export const TENANT_ID = '8b7d1c3e-2a4f-4e6b-b5d9-0a1b2c3d4e5f'
export const APP_PASSWORD = 'a secret of nobody'

const KEY_ID = 'bench-key'
const LIFETIME_SECONDS = 3600
const OUTBOUND_AUDIENCE = 'https://api.botframework.com'
const ENDORSEMENTS = ['msteams', 'directline', 'webchat', 'emulator']

/**
 * An identity provider with one RSA key: metadata and keys for every candidate, and tokens in both directions.
 *
 * @param {string} origin
 * @param {string} serviceUrl
 */
export function createIdentity(origin, serviceUrl) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, x5t: KEY_ID, use: 'sig', alg: 'RS256' }
  const keys = { keys: [{ ...jwk, endorsements: ENDORSEMENTS }] }
  const now = Math.floor(Date.now() / 1000)
  const times = { nbf: now - 60, iat: now - 60, exp: now + LIFETIME_SECONDS }
  const issue = (/** @type {object} */ claims) => signToken(privateKey, { ...claims, ...times })
  const tenantIssuer = `https://sts.windows.net/${TENANT_ID}/`

  const outboundToken = issue({ aud: OUTBOUND_AUDIENCE, iss: tenantIssuer, appid: APP_ID, tid: TENANT_ID, ver: '1.0' })
  return {
    outboundToken,
    /** What the channel sends: botbuilder and Parley can be told its issuer, agents-hosting takes a tenant's. */
    inboundTokens: {
      channel: issue({ aud: APP_ID, iss: origin, serviceurl: serviceUrl }),
      tenant: issue({ aud: APP_ID, iss: tenantIssuer, tid: TENANT_ID, ver: '1.0', serviceurl: serviceUrl }),
    },
    /** Signed as the channel's are, and yet to be refused. */
    refusedTokens: {
      expired: signToken(privateKey, {
        aud: APP_ID,
        iss: origin,
        serviceurl: serviceUrl,
        nbf: now - 2 * LIFETIME_SECONDS,
        exp: now - LIFETIME_SECONDS,
      }),
      wrongAudience: issue({ aud: TENANT_ID, iss: origin, serviceurl: serviceUrl }),
    },
    /** @type {Record<string, object>} */
    documents: {
      'GET /v1/.well-known/openidconfiguration': metadata(origin, `${origin}/v1/.well-known/keys`),
      'GET /common/v2.0/.well-known/openid-configuration': metadata(
        tenantIssuer,
        `${origin}/common/discovery/v2.0/keys`,
      ),
      'GET /v1/.well-known/keys': keys,
      'GET /common/discovery/v2.0/keys': keys,
      [`GET /${TENANT_ID}/discovery/v2.0/keys`]: keys,
      'POST /botframework.com/oauth2/v2.0/token': {
        token_type: 'Bearer',
        expires_in: LIFETIME_SECONDS,
        access_token: outboundToken,
      },
    },
  }
}

/**
 * @param {string} issuer
 * @param {string} keysUrl
 */
function metadata(issuer, keysUrl) {
  return {
    issuer,
    jwks_uri: keysUrl,
    authorization_endpoint: 'https://invalid.botframework.com',
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  }
}

/**
 * @param {import('node:crypto').KeyObject} key
 * @param {object} claims
 */
function signToken(key, claims) {
  const encode = (/** @type {object} */ part) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const content = `${encode({ alg: 'RS256', typ: 'JWT', kid: KEY_ID, x5t: KEY_ID })}.${encode(claims)}`
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`
}
