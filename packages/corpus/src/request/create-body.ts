import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { BodySpec } from '../cases/inbound-case.ts'
import { expand, expandText } from './expand.ts'
import type { Expansion } from './expand.ts'
import { membersText, toJsonText } from './json-text.ts'

/** What a channel sends when a person says something: the start of every body. */
const ACTIVITY = {
  type: 'message',
  id: '{{case}}-{{n}}',
  timestamp: '2026-11-20T06:19:11.1234567Z',
  localTimestamp: '2026-11-20T08:19:11.1234567+02:00',
  serviceUrl: '{{serviceUrl}}',
  channelId: 'msteams',
  from: { id: '29:1-user', name: 'Ann', aadObjectId: '55555555-5555-4555-8555-555555555555' },
  conversation: { id: '{{case}}', conversationType: 'personal', tenantId: '{{ownTenant}}' },
  recipient: { id: '28:{{bot}}', name: 'Bot' },
  text: 'a canary that no log repeats',
  textFormat: 'plain',
  locale: 'en-US',
  entities: [{ type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web' }],
  channelData: { tenant: { id: '{{ownTenant}}' } },
} as const

/** Text of the standard activity; no log may show it. */
export const CANARY: string = ACTIVITY.text

const MIB = 1024 * 1024

const COMPRESSORS = {
  gzip: (bytes: Buffer) => gzipSync(bytes),
  deflate: (bytes: Buffer) => deflateSync(bytes),
  deflateRaw: (bytes: Buffer) => deflateRawSync(bytes),
  br: (bytes: Buffer) => brotliCompressSync(bytes),
} as const

/** Makes the bytes of the body a case describes. */
export function createBody(spec: BodySpec, expansion: Expansion): Buffer {
  const plain = Buffer.concat([Buffer.from(spec.prefixHex ?? '', 'hex'), contentOf(spec, expansion)])
  const compressed = [spec.compress ?? []].flat().reduce((bytes, name) => COMPRESSORS[name](bytes), plain)
  return spec.keepBytes === undefined ? compressed : compressed.subarray(0, spec.keepBytes)
}

function contentOf(spec: BodySpec, expansion: Expansion): Buffer {
  if (spec.base64 !== undefined) return Buffer.from(spec.base64, 'base64')
  if (spec.gzipBombMiB !== undefined) return gzipBomb(spec.gzipBombMiB)
  if (spec.bytes !== undefined) return padded(spec.bytes, expansion)
  return Buffer.from(textOf(spec, expansion), spec.charset ?? 'utf8')
}

function textOf(spec: BodySpec, expansion: Expansion): string {
  if (spec.text !== undefined) {
    const members = membersText(expand(ACTIVITY, expansion) as object)
    return expandText(spec.text, { ...expansion.names, members })
  }
  if ('json' in spec) return toJsonText(expand(spec.json, expansion))
  return toJsonText(expand({ ...ACTIVITY, ...spec.patch }, expansion))
}

function padded(bytes: number, expansion: Expansion): Buffer {
  const withText = (text: string): string => toJsonText(expand({ ...ACTIVITY, text }, expansion))
  const missing = bytes - Buffer.byteLength(withText(''))
  return Buffer.from(withText('x'.repeat(missing)))
}

/** Zeros, a MiB in each member: inflates to a thousand times its size, and costs next to nothing to make. */
function gzipBomb(mebibytes: number): Buffer {
  const member = gzipSync(Buffer.alloc(MIB))
  return Buffer.concat(Array.from({ length: mebibytes }, () => member))
}
