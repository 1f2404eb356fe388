import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

const inflate = promisify(gunzip)

/** How base64 of gzip begins. */
const MAGIC = 'H4sI'
/** More than any bag needs, and little enough for the memory of the bot. */
const MAX_BYTES = 10 * 1024 * 1024

/**
 * The data of a bag as bots of SDK v3 with the setting `gzipData` write it: base64 of gzip of JSON. Anything else is returned as
 * it is.
 */
export async function ungzippedData(data: unknown): Promise<unknown> {
  if (typeof data !== 'string' || !data.startsWith(MAGIC)) return data
  try {
    const json = await inflate(Buffer.from(data, 'base64'), { maxOutputLength: MAX_BYTES })
    return JSON.parse(json.toString('utf8')) as unknown
  } catch {
    return data
  }
}
