import { createHash, generateKeyPairSync, randomUUID, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import jwt from 'jsonwebtoken'
import type { Algorithm } from 'jsonwebtoken'
import { createCertificate } from 'test-support/x509'

/** A certificate of an app, and the statements its key signs. */
export class AppCertificate {
  readonly pem: string
  readonly privateKey: KeyObject
  readonly publicKeyPem: string

  constructor(validUntil?: Date) {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    this.privateKey = privateKey
    this.publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    this.pem = createCertificate({
      subject: 'a bot',
      publicKey,
      privateKey,
      ...(validUntil === undefined ? {} : { validUntil }),
    })
  }

  thumbprint(hash: 'sha1' | 'sha256'): string {
    return createHash(hash).update(new X509Certificate(this.pem).raw).digest('base64url')
  }

  /** A client assertion as a bot sends it, or one that differs. */
  assert(claims: object, { alg = 'PS256', header = {} }: { alg?: Algorithm; header?: object } = {}): string {
    const now = Math.floor(Date.now() / 1000)
    const usual = { jti: randomUUID(), nbf: now, exp: now + 600 }
    const payload = Object.fromEntries(
      Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined),
    )
    return jwt.sign(payload, this.privateKey, {
      algorithm: alg,
      noTimestamp: true,
      header: { alg, 'x5t#S256': this.thumbprint('sha256'), ...header } as jwt.JwtHeader,
    })
  }
}
