import { createHash, createPrivateKey, createPublicKey, generateKeyPair, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

/** A public key as published, RFC 7517. */
export interface PublicJwk {
  readonly kty: 'RSA'
  readonly use: 'sig'
  readonly alg: 'RS256'
  readonly kid: string
  readonly n: string
  readonly e: string
  /** Channels the key may speak for; only keys of the channel issuer have them. */
  readonly endorsements?: readonly string[]
}

/** A key pair. */
export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly jwk: PublicJwk
}

const generate = promisify(generateKeyPair)
const KEY_OPTIONS = { modulusLength: 2048 } as const

/** Makes an RSA-2048 key whose id is its RFC 7638 thumbprint. */
export async function generateSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generate('rsa', KEY_OPTIONS)
  return fromPrivateKey(privateKey)
}

/** Makes such a key while everything else waits. */
export function generateSigningKeyNow(): SigningKey {
  return fromPrivateKey(generateKeyPairSync('rsa', KEY_OPTIONS).privateKey)
}

/** The key as text that {@link importSigningKey} reads. Whoever has the text can sign. */
export function exportSigningKey({ privateKey }: SigningKey): string {
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}

export function importSigningKey(pem: string): SigningKey {
  return fromPrivateKey(createPrivateKey(pem))
}

function fromPrivateKey(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey)
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const kid = createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url')
  return { kid, privateKey, publicKey, jwk: { kty: 'RSA', use: 'sig', alg: 'RS256', kid, n, e } }
}
