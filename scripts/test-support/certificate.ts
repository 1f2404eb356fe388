import { generateKeyPairSync, sign } from 'node:crypto'

/** A key and a certificate for it, both PEM. */
export interface TestIdentity {
  readonly key: string
  readonly cert: string
}

/**
 * Makes a self-signed certificate (ECDSA P-256), written out in DER because Node can read certificates but not make them.
 *
 * @param hostname - The one DNS name it is for.
 */
export function createTestIdentity(hostname: string, { notAfter = new Date('2040-01-01') } = {}): TestIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(oid('2a8648ce3d040302'))
  const name = sequence(set(sequence(oid('550403'), tagged(0x0c, Buffer.from(hostname)))))
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    algorithm,
    name,
    sequence(time(new Date('2020-01-01')), time(notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(subjectAltName(hostname))),
  )
  const certificate = sequence(body, algorithm, bitString(sign('sha256', body, privateKey)))
  const cert = `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert }
}

function subjectAltName(hostname: string): Buffer {
  return sequence(oid('551d11'), tagged(0x04, sequence(tagged(0x82, Buffer.from(hostname)))))
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, ...parts)
const set = (...parts: Buffer[]): Buffer => tagged(0x31, ...parts)
const integer = (value: number): Buffer => tagged(0x02, Buffer.from([value]))
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'))
const bitString = (bits: Buffer): Buffer => tagged(0x03, Buffer.from([0]), bits)
const time = (date: Date): Buffer =>
  tagged(
    0x17,
    Buffer.from(
      date
        .toISOString()
        .replace(/[-:T]|\.\d+/g, '')
        .slice(2),
    ),
  )
