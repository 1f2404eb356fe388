import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { InboundRefusedError } from '@parley/core'
import { HTTP_REFUSALS } from './refusals.ts'

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number; chunkSize: number }) => Buffer

/** On this thread: parsing what comes out takes longer, and handing each piece to another would cost more than the work. */
const decoders: Readonly<Record<string, Decoder>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

const CHUNK_BYTES = 64 * 1024

/**
 * Undoes `Content-Encoding`, never making more than `maxBytes`.
 *
 * @throws {@link InboundRefusedError} `BODY_ENCODING` 400: unknown or damaged. `BODY_INFLATE` 413: more than `maxBytes`.
 */
export async function inflate(bytes: Uint8Array, encoding: string | undefined, maxBytes: number): Promise<Uint8Array> {
  const name = encoding?.trim().toLowerCase()
  if (name === undefined || name === '' || name === 'identity') return bytes
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined
  if (!decode) {
    throw new InboundRefusedError(
      HTTP_REFUSALS.BODY_ENCODING,
      'The content encoding is not supported; send gzip or none.',
    )
  }
  if (decode === gunzipSync && statedGzipSize(bytes) > maxBytes) throw tooLarge(maxBytes)
  try {
    return decode(bytes, { maxOutputLength: maxBytes, chunkSize: CHUNK_BYTES })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes)
    throw new InboundRefusedError(HTTP_REFUSALS.BODY_ENCODING, 'The compressed body is damaged.', { cause })
  }
}

/** The most that deflate can save: 258 bytes in two bits. */
const MAX_RATIO = 1032

/**
 * What gzip data says of its size in its last four bytes, if that is possible; damaged data could say anything. Who lies is
 * found out by inflating.
 */
function statedGzipSize({ buffer, byteOffset, byteLength }: Uint8Array): number {
  if (byteLength < 4) return 0
  const size = new DataView(buffer, byteOffset + byteLength - 4).getUint32(0, true)
  return size > byteLength * MAX_RATIO ? 0 : size
}

function tooLarge(maxBytes: number): InboundRefusedError {
  return new InboundRefusedError(HTTP_REFUSALS.BODY_INFLATE, `The body inflates to more than ${maxBytes} bytes.`)
}
