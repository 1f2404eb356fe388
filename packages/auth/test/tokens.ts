import { createHmac, generateKeyPair, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { PublishedKey } from './identity-server.ts'

/** A key pair with the name it is published under. */
export interface TestKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

export async function createKey(kid: string, modulusLength = 2048): Promise<TestKey> {
  return { kid, ...(await promisify(generateKeyPair)('rsa', { modulusLength })) }
}

/** The JWK of a key, as an issuer publishes it. */
export function published({ kid, publicKey }: TestKey, extra: object = {}): PublishedKey {
  return { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', ...extra }
}

/** A compact JWS of whatever header and payload, well-formed or not. A buffer goes in as it is. */
export function signToken(key: TestKey, payload: unknown, header: object = {}): string {
  const input = signingInput({ alg: 'RS256', typ: 'JWT', kid: key.kid, ...header }, payload)
  return `${input}.${sign('sha256', Buffer.from(input), key.privateKey).toString('base64url')}`
}

/** HS256 over the text of a public key: the key-confusion attack. */
export function signWithPublicKey(key: TestKey, payload: unknown): string {
  const input = signingInput({ alg: 'HS256', typ: 'JWT', kid: key.kid }, payload)
  const secret = key.publicKey.export({ format: 'pem', type: 'spki' })
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

export function signingInput(header: unknown, payload: unknown): string {
  return `${encode(header)}.${encode(payload)}`
}

function encode(value: unknown): string {
  return Buffer.from(Buffer.isBuffer(value) ? value : JSON.stringify(value)).toString('base64url')
}
