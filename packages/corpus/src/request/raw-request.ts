import type { RequestSpec, TransportSpec } from '../cases/inbound-case.ts'
import type { SigningKeys } from '../world/signing-keys.ts'
import { createBody } from './create-body.ts'
import { createToken } from './create-token.ts'
import { expandText } from './expand.ts'
import type { Expansion } from './expand.ts'

/** A request as bytes, and how the client behaves while it sends them. */
export interface RawRequest {
  readonly method: string
  readonly head: Buffer
  readonly body: Buffer
  readonly transport: TransportSpec
  /** Parts of the request that must not show in a log. */
  readonly token: string
}

/** What a request needs besides its description. */
export interface RequestContext {
  readonly keys: SigningKeys
  readonly expansion: Expansion
  /** `host:port` and path of the bot. */
  readonly host: string
  readonly target: string
  /** Whether other requests follow on the connection. */
  readonly keepAlive: boolean
}

/** Writes a request down. */
export function createRawRequest(spec: RequestSpec, context: RequestContext): RawRequest {
  const { keys, expansion } = context
  const { method = 'POST', transport = {} } = spec
  const token = createToken(spec.token ?? {}, keys, expansion)
  const body = createBody(spec.body ?? {}, expansion)
  const lines = [
    `${method} ${spec.target ?? context.target} HTTP/${transport.version ?? '1.1'}`,
    `Host: ${context.host}`,
    `Connection: ${context.keepAlive ? 'keep-alive' : 'close'}`,
    ...headerLines(spec, { ...expansion, names: { ...expansion.names, token } }),
    ...framingLines(transport, body.length),
  ]
  const lineEnd = transport.lineEnd ?? '\r\n'
  const head = Buffer.from([...lines, '', ''].join(lineEnd), 'latin1')
  return { method, head, body: framed(transport, body), transport, token }
}

function headerLines(spec: RequestSpec, { names }: Expansion): string[] {
  const { authorization = ['Bearer {{token}}'], contentType = 'application/json', headers = [], manyHeaders = 0 } = spec
  return [
    ...authorization.map((value) => `Authorization: ${expandText(value, names)}`),
    ...(contentType === null ? [] : [`Content-Type: ${contentType}`]),
    ...headers.map(([name, value]) => `${name}: ${expandText(value, names)}`),
    ...Array.from({ length: manyHeaders }, (_, at) => `x-${at}: ${at}`),
  ]
}

function framingLines({ framing = 'length', lengthOff = 0 }: TransportSpec, bodyBytes: number): string[] {
  const length = `Content-Length: ${bodyBytes + lengthOff}`
  const chunked = 'Transfer-Encoding: chunked'
  switch (framing) {
    case 'length':
      return [length]
    case 'both':
      return [length, chunked]
    case 'none':
      return []
    case 'twoLengths':
      return [length, length]
    case 'twoLengthsDiffer':
      return [length, 'Content-Length: 3']
    case 'negative':
      return ['Content-Length: -1']
    case 'notANumber':
      return ['Content-Length: 0x10']
    default:
      return [chunked]
  }
}

const MIB = 1024 * 1024

function framed({ framing = 'length' }: TransportSpec, body: Buffer): Buffer {
  switch (framing) {
    case 'chunked':
    case 'both':
      return chunk(body, '')
    case 'longChunkExtension':
      return chunk(body, `;x=${'y'.repeat(MIB)}`)
    case 'badChunk':
      return Buffer.concat([Buffer.from('zz\r\n'), body, Buffer.from('\r\n0\r\n\r\n')])
    default:
      return body
  }
}

function chunk(body: Buffer, extension: string): Buffer {
  const size = body.length.toString(16)
  return Buffer.concat([Buffer.from(`${size}${extension}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])
}
