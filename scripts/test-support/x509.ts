import { sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** What a test certificate says. */
export interface CertificateFacts {
  readonly subject: string
  readonly publicKey: KeyObject
  /** Default: the subject itself. */
  readonly issuer?: { readonly name: string; readonly privateKey: KeyObject }
  /** Signs a certificate without an issuer. */
  readonly privateKey: KeyObject
  readonly validUntil?: Date
}

const SHA256_WITH_RSA = der(0x30, oid('2a864886f70d01010b'), der(0x05))
const COMMON_NAME = oid('550403')

/** A certificate in PEM form, as short as RFC 5280 allows. Node has no API that makes one. */
export function createCertificate(facts: CertificateFacts): string {
  const { subject, publicKey, issuer, privateKey, validUntil = new Date('2049-01-01') } = facts
  const toBeSigned = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    SHA256_WITH_RSA,
    nameOf(issuer?.name ?? subject),
    der(0x30, timeOf(new Date('2020-01-01')), timeOf(validUntil)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = sign('sha256', toBeSigned, issuer?.privateKey ?? privateKey)
  const whole = der(0x30, toBeSigned, SHA256_WITH_RSA, der(0x03, Buffer.from([0]), signature))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

function nameOf(commonName: string): Buffer {
  return der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, Buffer.from(commonName)))))
}

function timeOf(date: Date): Buffer {
  return der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`))
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

function der(tag: number, ...content: Buffer[]): Buffer {
  const value = Buffer.concat(content)
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value])
  const length = Buffer.alloc(2)
  length.writeUInt16BE(value.length)
  return Buffer.concat([Buffer.from([tag, 0x82]), length, value])
}
