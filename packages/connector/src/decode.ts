import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import type { BodyProblem } from './outbound.ts'

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
}

/**
 * Inflates a body, to at most `maxBytes`. No encoding is asked for, but proxies compress all the same.
 *
 * @param encoding - Value of `Content-Encoding`. Unknown or stacked encodings are not decodable.
 */
export async function decode(
  body: Buffer,
  encoding: string,
  maxBytes: number,
): Promise<{ body: Buffer; bodyProblem?: BodyProblem }> {
  const name = encoding.trim().toLowerCase()
  if (!isKnown(name)) return { body: Buffer.alloc(0), bodyProblem: 'not decodable' }
  try {
    return { body: await decoders[name](body, { maxOutputLength: maxBytes }) }
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    return { body: Buffer.alloc(0), bodyProblem: isTooLarge ? 'too large' : 'not decodable' }
  }
}

function isKnown(name: string): name is keyof typeof decoders {
  return Object.hasOwn(decoders, name)
}
