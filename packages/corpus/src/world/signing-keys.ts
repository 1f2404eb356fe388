import { generateKeyPair, randomBytes } from 'node:crypto'
import type { JsonWebKey, KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { KeyName } from '../cases/inbound-case.ts'

/** A key pair with the name it is published under. */
export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** The keys of a world. */
export type SigningKeys = Readonly<Record<KeyName, SigningKey>>

const NAMES: readonly KeyName[] = ['channel', 'channelOther', 'channelBare', 'tenant', 'rogue']

let shared: Promise<SigningKeys> | undefined

/**
 * One key for each name, made once per process. Their ids are new each time, so that a bot that has seen an earlier run does
 * not take them for keys it knows.
 */
export function sharedSigningKeys(): Promise<SigningKeys> {
  shared ??= Promise.all(NAMES.map(async (name) => [name, await createSigningKey(name)] as const)).then(
    (keys) => Object.fromEntries(keys) as unknown as SigningKeys,
  )
  return shared
}

/** Makes an RSA key. */
export async function createSigningKey(name: string, modulusLength = 2048): Promise<SigningKey> {
  const kid = `${name}-${randomBytes(6).toString('hex')}`
  return { kid, ...(await promisify(generateKeyPair)('rsa', { modulusLength })) }
}

/** A key as an issuer publishes it. */
export function toJwk({ kid, publicKey }: SigningKey, extra: object = {}): JsonWebKey & { kid: string } {
  return { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', ...extra }
}
