import type { IncomingMessage } from 'node:http'
import { ApiError, badSyntax, messageTooBig } from './api-error.ts'

/** Largest request body the service reads, in UTF-16 code units: what Direct Line calls 256 K characters. */
export const MAX_BODY_CHARS: number = 256 * 1024

/** Deepest nesting of JSON: activities may have 64 levels, and some come inside something else. */
const MAX_DEPTH = 72

/** No character takes more bytes than this in UTF-8, per UTF-16 code unit. */
const MAX_BYTES_PER_CHAR = 3

const observers: WeakMap<IncomingMessage, (body: Buffer) => void> = new WeakMap()

/** Shows a request's body to `observer`, when somebody has read it. */
export function observeBody(request: IncomingMessage, observer: (body: Buffer) => void): void {
  observers.set(request, observer)
}

/**
 * Reads a body as JSON; an empty one is `undefined`.
 *
 * @throws ApiError 413 over `maxChars`, 415 when it is not declared as JSON, 400 when it is not UTF-8 JSON.
 */
export async function readJson(request: IncomingMessage, maxChars: number = MAX_BODY_CHARS): Promise<unknown> {
  const text = await readText(request, maxChars)
  if (text === '') return undefined
  requireMediaType(request, 'application/json')
  return parseJson(text)
}

/** Reads JSON. @throws ApiError 400, also for what is nested so deeply that nobody could pass it on. */
export function parseJson(text: string): unknown {
  const value = fromJson(text)
  if (isDeeper(value, MAX_DEPTH)) throw badSyntax(`The body is nested more than ${MAX_DEPTH} levels deep.`)
  return value
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badSyntax('The body is not valid JSON.')
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}

/** Reads a body sent as an HTML form. @throws ApiError 413, 415 or 400. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  requireMediaType(request, 'application/x-www-form-urlencoded')
  return new URLSearchParams(await readText(request, MAX_BODY_CHARS))
}

/** Reads a body of any kind. @throws ApiError 413 over `maxBytes`, 415 when it is compressed. */
export async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return collect(
    request,
    maxBytes,
    () =>
      new ApiError(413, 'MessageSizeTooBig', `The upload is larger than ${maxBytes} bytes.`, {
        headers: { Connection: 'close' },
      }),
  )
}

async function readText(request: IncomingMessage, maxChars: number): Promise<string> {
  const tooBig = (): ApiError => messageTooBig(maxChars)
  const text = decodeUtf8(await collect(request, maxChars * MAX_BYTES_PER_CHAR, tooBig))
  if (text.length > maxChars) throw tooBig()
  return text
}

/** Refuses what is announced as too large at once. The rest is read and thrown away: otherwise the answer would be lost. */
async function collect(request: IncomingMessage, maxBytes: number, tooBig: () => ApiError): Promise<Buffer> {
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new ApiError(415, 'UnsupportedMediaType', 'Compressed bodies are not accepted.')
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    request.resume()
    throw tooBig()
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else {
        chunks.length = 0
        reject(tooBig())
      }
    })
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      observers.get(request)?.(body)
      resolve(body)
    })
    request.on('error', () => reject(badSyntax('The body ended early.')))
    request.on('close', () => reject(badSyntax('The body ended early.')))
  })
}

/** @throws ApiError 400. */
export function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw badSyntax('The body is not valid UTF-8.')
  }
}

function requireMediaType(request: IncomingMessage, mediaType: string): void {
  const given = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (given !== mediaType) throw new ApiError(415, 'UnsupportedMediaType', `The body must be ${mediaType}.`)
}
