import { createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { ParleyError } from '@parley/core'
import { getDocument } from '../identity-http.ts'
import { checkIdentityUrl } from '../identity-url.ts'

/** A published key, ready to verify with. */
export interface SigningKey {
  readonly kid: string
  readonly key: KeyObject
  /** Channels it may speak for; empty when other keys of its set are endorsed and it is not; `undefined` when none is. */
  readonly endorsements: readonly string[] | undefined
}

/** Published keys by `kid`. */
export type KeySet = ReadonlyMap<string, SigningKey>

/** Where an issuer's keys are found. */
export interface KeySetLocation {
  /** OpenID metadata naming the `jwks_uri`. */
  readonly metadataUrl: string
  /** Hosts besides the metadata's own that the `jwks_uri` may name. */
  readonly keyHosts: readonly string[]
}

/** Bounds of each of the two calls: metadata and keys. */
export interface KeySetLimits {
  readonly timeoutMs: number
  readonly maxBytes: number
}

/** Metadata or keys that must not be used. The keys fetched before stay. */
export class KeySetRefusedError extends ParleyError {
  static readonly code = 'AUTH_KEY_SET_REFUSED'
  readonly code: string = KeySetRefusedError.code
}

type Jwk = Readonly<Record<string, unknown>>

const MIN_RSA_BITS = 2048

/**
 * Fetches an issuer's metadata and then its keys, and takes the keys that can verify RS256 tokens.
 *
 * @throws {@link KeySetRefusedError} `AUTH_KEY_SET_REFUSED`: unusable answer, foreign or insecure `jwks_uri`, a `kid` used
 * twice, an RSA key under 2048 bits, no key left.
 * @throws IdentityUnreachableError `AUTH_IDENTITY_UNREACHABLE`: no answer in time, or a larger one than allowed.
 */
export async function fetchKeySet(location: KeySetLocation, limits: KeySetLimits): Promise<KeySet> {
  const metadataUrl = checkIdentityUrl(location.metadataUrl, 'OpenID metadata')
  const metadata = await getObject(metadataUrl, limits)
  const jwksUrl = requireKeyHost(metadata['jwks_uri'], metadataUrl, location.keyHosts)
  const jwks = usableJwks((await getObject(jwksUrl, limits))['keys'])
  refuseDuplicateKids(jwks)
  return toKeySet(jwks, await importKeys(jwks))
}

async function getObject(url: URL, { timeoutMs, maxBytes }: KeySetLimits): Promise<Jwk> {
  const { status, body } = await getDocument(url, { maxBytes, signal: AbortSignal.timeout(timeoutMs) })
  if (status !== 200) throw new KeySetRefusedError(`${url.href} answered ${status}; redirects are not followed.`)
  if (!isObject(body)) throw new KeySetRefusedError(`${url.href} did not answer with a JSON object.`)
  return body
}

function requireKeyHost(address: unknown, metadataUrl: URL, keyHosts: readonly string[]): URL {
  const url = checkIdentityUrl(typeof address === 'string' ? address : '', 'jwks_uri')
  if (url.host !== metadataUrl.host && !keyHosts.includes(url.host)) {
    throw new KeySetRefusedError(`${metadataUrl.href} names keys on another host; list it in the cloud's keyHosts.`)
  }
  return url
}

/** Keys for other purposes and of other kinds are passed over, as RFC 7517 §5 asks: they can never verify our tokens. */
function usableJwks(keys: unknown): Jwk[] {
  if (!Array.isArray(keys)) throw new KeySetRefusedError('The key set has no list of keys.')
  return keys.filter(isObject).filter(isRs256Verifier)
}

function isRs256Verifier({ kty, use, alg, kid }: Jwk): boolean {
  const named = typeof kid === 'string' && kid !== ''
  return named && kty === 'RSA' && (use === undefined || use === 'sig') && (alg === undefined || alg === 'RS256')
}

/** Two keys under one name make the outcome depend on their order. */
function refuseDuplicateKids(jwks: readonly Jwk[]): void {
  if (new Set(jwks.map(({ kid }) => kid)).size !== jwks.length) {
    throw new KeySetRefusedError('The key set uses a kid twice.')
  }
}

/** Loaded with the first key set: bots without an app id never need it. */
async function importKeys(jwks: readonly Jwk[]): Promise<Map<string, KeyObject>> {
  const { JwksClient } = await import('#jwks-rsa')
  // Fetching, limits and caching are ours: this client only turns JWKs into keys.
  const client = new JwksClient({ cache: false, rateLimit: false, fetcher: async () => ({ keys: jwks }) })
  const imported = await client.getSigningKeys().catch(() => [])
  return new Map(imported.map((signingKey) => [signingKey.kid, strongKey(signingKey.getPublicKey())]))
}

function strongKey(pem: string): KeyObject {
  const key = createPublicKey(pem)
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < MIN_RSA_BITS)
    throw new KeySetRefusedError(`The key set has an RSA key of ${bits} bits; ${MIN_RSA_BITS} are required.`)
  return key
}

function toKeySet(jwks: readonly Jwk[], keys: ReadonlyMap<string, KeyObject>): KeySet {
  const endorses = jwks.some((jwk) => 'endorsements' in jwk)
  const set = new Map<string, SigningKey>()
  for (const jwk of jwks) {
    const kid = String(jwk['kid'])
    const key = keys.get(kid)
    if (key) set.set(kid, Object.freeze({ kid, key, endorsements: endorses ? endorsementsOf(jwk) : undefined }))
  }
  if (set.size === 0) throw new KeySetRefusedError('The key set has no RSA key for signatures.')
  return set
}

function endorsementsOf({ endorsements }: Jwk): readonly string[] {
  const list = Array.isArray(endorsements) ? endorsements.filter((entry) => typeof entry === 'string') : []
  return Object.freeze(list)
}

function isObject(value: unknown): value is Jwk {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
