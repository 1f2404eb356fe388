import { generateKeyPair, randomBytes } from 'node:crypto'
import type { JsonWebKey, KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { KEY_NAMES } from '../cases/inbound-case.ts'
import type { KeyName } from '../cases/inbound-case.ts'

/** A key pair with the name it is published under. */
export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** The keys of a world. */
export type SigningKeys = Readonly<Record<KeyName, SigningKey>>

const STRONG_BITS = 2048
const WEAK_BITS = 1024

let shared: Promise<SigningKeys> | undefined

/**
 * One key for each name, made once per process. Their ids are new each time, so that a bot that has seen an earlier run does
 * not take them for keys it knows.
 */
export function sharedSigningKeys(): Promise<SigningKeys> {
  shared ??= Promise.all(KEY_NAMES.map(async (name) => [name, await createSigningKey(name)] as const)).then(
    (keys) => Object.fromEntries(keys) as unknown as SigningKeys,
  )
  return shared
}

async function createSigningKey(name: KeyName): Promise<SigningKey> {
  const modulusLength = name === 'weak' ? WEAK_BITS : STRONG_BITS
  const kid = `${name}-${randomBytes(6).toString('hex')}`
  return { kid, ...(await promisify(generateKeyPair)('rsa', { modulusLength })) }
}

/** A key as an issuer publishes it. */
export function toJwk({ kid, publicKey }: SigningKey, extra: object = {}): JsonWebKey & { kid: string } {
  return { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', ...extra }
}
