import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares secrets in a time that depends neither on where they differ nor on their lengths. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}
