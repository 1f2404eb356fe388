/** Largest body of a request that is read. */
export const MAX_BODY_BYTES: number = 1024 * 1024
/** After this time a turn is answered with 202 while it goes on: channels give up after 15 seconds. */
export const ACKNOWLEDGE_AFTER_MS = 9_750
