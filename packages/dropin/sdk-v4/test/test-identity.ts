import { createSign, generateKeyPairSync } from 'node:crypto'
import { TestServer } from './test-server.ts'

export const APP_ID = '11111111-1111-4111-8111-111111111111'
export const SERVICE_URL = 'https://smba.trafficmanager.net/amer/'
const TENANT = 'd6d49420-f39b-4df7-a1dc-d59a935871db'
export const TENANT_ISSUER = `https://sts.windows.net/${TENANT}/`

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** An identity service on this machine: metadata and keys of the channel service below `/channel`, of tenants below `/tenant`. */
export class TestIdentity {
  readonly server: TestServer

  private constructor(server: TestServer) {
    this.server = server
  }

  static async start(): Promise<TestIdentity> {
    const identity = new TestIdentity(await TestServer.start())
    identity.server.answer = ({ url }) => ({ body: identity.document(url) })
    return identity
  }

  get channelMetadataUrl(): string {
    return `${this.server.url}/channel`
  }

  get tenantMetadataUrl(): string {
    return `${this.server.url}/tenant`
  }

  close(): Promise<void> {
    return this.server.close()
  }

  private document(url: string): unknown {
    if (!url.endsWith('/keys')) {
      const jwks_uri = `${this.server.url}${url}/keys`
      return { issuer: 'test', jwks_uri, id_token_signing_alg_values_supported: ['RS256'] }
    }
    const isChannel = url.startsWith('/channel')
    const key = { ...publicKey.export({ format: 'jwk' }), kid: isChannel ? 'c1' : 't1', use: 'sig' }
    return { keys: [isChannel ? { ...key, endorsements: ['msteams', 'test'] } : key] }
  }
}

/** A header with a token of the channel service. */
export function channelHeader(claims: object = {}, kid = 'c1'): string {
  return header({ iss: 'https://api.botframework.com', aud: APP_ID, serviceurl: SERVICE_URL, ...claims }, kid)
}

/** A header with a token of a tenant: the bot's own unless `appid` says otherwise. */
export function tenantHeader(claims: object = {}, kid = 't1'): string {
  return header({ iss: TENANT_ISSUER, tid: TENANT, aud: APP_ID, appid: APP_ID, ver: '1.0', ...claims }, kid)
}

function header(claims: object, kid: string): string {
  const now = Math.floor(Date.now() / 1000)
  const parts = [
    { alg: 'RS256', typ: 'JWT', kid },
    { nbf: now, exp: now + 3600, ...claims },
  ]
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `Bearer ${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`
}
