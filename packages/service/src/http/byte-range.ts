import { ApiError } from './api-error.ts'

/** A part of a whole; both ends are in it. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/**
 * The part a `Range` header asks for, of `size` bytes; `undefined` for the whole, also when several parts are asked for, or
 * something that is not understood, as HTTP permits.
 *
 * @throws ApiError 416 when there is nothing where it asks.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-14
 */
export function parseByteRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return undefined
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined
  const range =
    from === ''
      ? { first: Math.max(0, size - Number(to)), last: size - 1 }
      : { first: Number(from), last: Math.min(to === '' ? Number.POSITIVE_INFINITY : Number(to), size - 1) }
  if (range.first <= range.last) return range
  throw new ApiError(416, 'RangeNotSatisfiable', `There are ${size} bytes.`, {
    headers: { 'Content-Range': `bytes */${size}` },
  })
}
