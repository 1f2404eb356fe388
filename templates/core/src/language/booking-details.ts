import type { RecognizerResult } from '@parley/recognizers'

/** What is known of a flight somebody wants. It is stored with the conversation, so it is plain JSON. */
export interface BookingDetails {
  from?: string
  to?: string
  /** In the words of the user until it is resolved; then as `YYYY-MM-DD`. */
  travelDate?: string
}

/** A booking with nothing left open. */
export type Booking = Required<BookingDetails>

/** What a recognizer found in what the user said. Entities it did not find are absent. */
export function readBookingDetails({ entities }: RecognizerResult): BookingDetails {
  const from = firstValue(entities?.From)
  const to = firstValue(entities?.To)
  const travelDate: unknown = entities?.$instance?.TravelDate?.[0]?.text
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(typeof travelDate === 'string' ? { travelDate } : {}),
  }
}

/** Entities with a list have the keys of the list in an array; others what the user wrote. */
function firstValue(values: unknown): string | undefined {
  const first: unknown = [values].flat(2)[0]
  return typeof first === 'string' ? first : undefined
}
