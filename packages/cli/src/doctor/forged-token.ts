import { generateKeyPair, randomUUID, sign } from 'node:crypto'
import { promisify } from 'node:util'

const LIFETIME_SECONDS = 600

/** What a forged token claims. */
export interface ForgedClaims {
  /** The issuer the bot trusts. */
  readonly issuer: string
  readonly serviceUrl: string
  /** The bot's app id; when it is not known, one is made up. */
  readonly appId?: string | undefined
  /** Id of a key that the issuer does publish; when none is known, one is made up. */
  readonly keyId?: string | undefined
}

/** A token as a channel would send it, signed with a key that nobody has published: whoever accepts it does not check signatures. */
export async function forgeToken({ issuer, serviceUrl, appId, keyId }: ForgedClaims): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const now = Math.floor(Date.now() / 1000)
  const head = { typ: 'JWT', alg: 'RS256', kid: keyId ?? randomUUID() }
  const claims = {
    iss: issuer,
    aud: appId ?? randomUUID(),
    serviceurl: serviceUrl,
    iat: now,
    nbf: now,
    exp: now + LIFETIME_SECONDS,
  }
  const signed = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
}
