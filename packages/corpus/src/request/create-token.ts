import { constants, createHmac, sign } from 'node:crypto'
import type { TokenMutation, TokenSpec } from '../cases/inbound-case.ts'
import type { SigningKey, SigningKeys } from '../world/signing-keys.ts'
import { expand, expandText } from './expand.ts'
import type { Expansion } from './expand.ts'
import { toJsonText } from './json-text.ts'

/** Claims as each kind of sender states them. The channel's tokens have no `iat`. */
const CLAIMS = {
  channel: {
    serviceurl: '{{serviceUrl}}',
    nbf: { $now: -60 },
    exp: { $now: 3540 },
    iss: '{{channelIssuer}}',
    aud: '{{bot}}',
  },
  tenant: {
    aud: '{{bot}}',
    iss: 'https://sts.windows.net/{{tenant}}/',
    iat: { $now: -60 },
    nbf: { $now: -60 },
    exp: { $now: 3540 },
    appid: '{{bot}}',
    tid: '{{tenant}}',
    ver: '1.0',
  },
} as const

/** Makes the token a case describes, well-formed or not. */
export function createToken(spec: TokenSpec, keys: SigningKeys, expansion: Expansion): string {
  const { kind = 'channel', algorithm = 'RS256' } = spec
  const key = keys[spec.signedBy ?? kind]
  const { kid } = keys[spec.kidOf ?? spec.signedBy ?? kind]
  const header = partOf(spec.headerText, { alg: algorithm, typ: 'JWT', kid, ...spec.header }, expansion)
  const claims = 'payload' in spec ? spec.payload : { ...CLAIMS[kind], ...spec.claims }
  const input = `${header}.${partOf(spec.payloadText, claims, expansion)}`
  const token = `${input}.${signatureOf(input, key, algorithm)}`
  return (spec.mutate ?? []).reduce((mutated, mutation) => mutate(mutated, mutation, expansion), token)
}

function partOf(text: string | undefined, value: unknown, expansion: Expansion): string {
  const json = text === undefined ? toJsonText(expand(value, expansion)) : expandText(text, expansion.names)
  return Buffer.from(json).toString('base64url')
}

function signatureOf(input: string, key: SigningKey, algorithm: NonNullable<TokenSpec['algorithm']>): string {
  const data = Buffer.from(input)
  switch (algorithm) {
    case 'none':
      return ''
    case 'HS256':
      return createHmac('sha256', key.publicKey.export({ format: 'pem', type: 'spki' }))
        .update(data)
        .digest('base64url')
    case 'PS256':
      return sign('sha256', data, { key: key.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING }).toString(
        'base64url',
      )
    default:
      return sign(`sha${algorithm.slice(2)}`, data, key.privateKey).toString('base64url')
  }
}

function mutate(token: string, mutation: TokenMutation, expansion: Expansion): string {
  if ('take' in mutation) return token.split('.').slice(0, mutation.take).join('.')
  if ('append' in mutation) return token + expandText(mutation.append, expansion.names)
  if ('prepend' in mutation) return expandText(mutation.prepend, expansion.names) + token
  if ('cut' in mutation) return token.slice(0, token.length - mutation.cut)
  if ('flipBit' in mutation) return replacePart(token, 2, (part) => flipBit(part, mutation.flipBit))
  if ('text' in mutation) return replacePart(token, mutation.part, () => mutation.text)
  if ('json' in mutation) return replacePart(token, mutation.part, () => encode(expand(mutation.json, expansion)))
  return replacePart(token, mutation.part, (part) =>
    encode({ ...decode(part), ...(expand(mutation.change, expansion) as object) }),
  )
}

function replacePart(token: string, index: number, replace: (part: string) => string): string {
  return token
    .split('.')
    .map((part, at) => (at === index ? replace(part) : part))
    .join('.')
}

function flipBit(part: string, bit: number): string {
  const bytes = Buffer.from(part, 'base64url')
  const at = bit >> 3
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7))
  return bytes.toString('base64url')
}

function decode(part: string): object {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as object
}

function encode(value: unknown): string {
  return Buffer.from(toJsonText(value)).toString('base64url')
}
