import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate as inflateZlib } from 'node:zlib'
import { InboundRefusedError } from '@parley/core'
import { HTTP_REFUSALS } from './refusals.ts'

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>

const decoders: Readonly<Record<string, Decoder>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflateZlib),
  br: promisify(brotliDecompress),
}

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
  try {
    return await decode(bytes, { maxOutputLength: maxBytes })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new InboundRefusedError(HTTP_REFUSALS.BODY_INFLATE, `The body inflates to more than ${maxBytes} bytes.`)
    }
    throw new InboundRefusedError(HTTP_REFUSALS.BODY_ENCODING, 'The compressed body is damaged.', { cause })
  }
}
