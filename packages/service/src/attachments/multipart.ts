import { badArgument, badSyntax } from '../http/api-error.ts'

/** One part of a multipart body. */
export interface Part {
  /** Header fields; names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly bytes: Buffer
}

const MAX_HEADER_BYTES = 8 * 1024
const BOUNDARY = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i

/** The boundary in a content type. @throws ApiError 400 when there is none. */
export function boundaryOf(contentType: string): string {
  const match = BOUNDARY.exec(contentType)
  const boundary = match?.[1] ?? match?.[2]
  if (boundary === undefined) throw badSyntax('A multipart body needs a boundary in its Content-Type.')
  return boundary
}

/**
 * Takes a multipart body apart; the parts share its memory.
 *
 * @throws ApiError 400 for a body that is not complete, or has more parts than `maxParts`.
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1
 */
export function parseMultipart(body: Buffer, boundary: string, maxParts: number): readonly Part[] {
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  const parts: Part[] = []
  // The first delimiter may be at the very beginning, where nothing ends before it.
  const opening = delimiter.subarray(2)
  let position = body.subarray(0, opening.length).equals(opening) ? opening.length : after(body, delimiter, 0)
  while (!isClosed(body, position)) {
    if (parts.length === maxParts) throw badArgument(`An upload may have at most ${maxParts} parts.`)
    const start = body.indexOf('\r\n', position)
    const end = start === -1 ? -1 : body.indexOf(delimiter, start)
    if (end === -1) throw incomplete()
    parts.push(parsePart(body.subarray(start + 2, Math.max(start + 2, end))))
    position = end + delimiter.length
  }
  return parts
}

/** A parameter of a `Content-Disposition`, e.g. `filename`; the extended form goes first. */
export function dispositionParameter(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined
  const extended = new RegExp(`(?:^|[;\\s])${name}\\*=utf-8'[^']*'([^;\\s]*)`, 'i').exec(header)?.[1]
  if (extended !== undefined) return decodePercent(extended)
  const plain = new RegExp(`(?:^|;)\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]*))`, 'i').exec(header)
  return plain?.[1]?.replace(/\\(["\\])/g, '$1') ?? plain?.[2]
}

function parsePart(part: Buffer): Part {
  const blank = part.subarray(0, 2).equals(Buffer.from('\r\n')) ? -2 : part.indexOf('\r\n\r\n')
  if (blank === -1 || blank > MAX_HEADER_BYTES) throw badSyntax('A part of the body has no end of its header.')
  const lines = part.subarray(0, Math.max(0, blank)).toString('utf8').split('\r\n')
  const fields = lines.filter((line) => line !== '').map(parseField)
  return { headers: new Map(fields), bytes: part.subarray(blank + 4) }
}

function parseField(line: string): [string, string] {
  const colon = line.indexOf(':')
  if (colon < 1) throw badSyntax('A part of the body has a header that is none.')
  return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
}

function isClosed(body: Buffer, position: number): boolean {
  return body[position] === 0x2d && body[position + 1] === 0x2d
}

function after(body: Buffer, delimiter: Buffer, from: number): number {
  const index = body.indexOf(delimiter, from)
  if (index === -1) throw incomplete()
  return index + delimiter.length
}

function incomplete(): Error {
  return badSyntax('The multipart body is not complete.')
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
