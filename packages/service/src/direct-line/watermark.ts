import { badArgument } from '../http/api-error.ts'

/** What clients send before they have a watermark. */
export const NO_WATERMARK = '-'

/**
 * Reads how far a client has read; 0 for nothing.
 *
 * @param last - The end of the conversation's log: no client can have read further.
 * @throws ApiError 400 for a watermark this conversation never gave out.
 */
export function parseWatermark(text: string | null, last: number): number {
  if (text === null || text === '' || text === NO_WATERMARK) return 0
  const watermark = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (!(watermark <= last)) throw badArgument('The watermark was not given out in this conversation.')
  return watermark
}
