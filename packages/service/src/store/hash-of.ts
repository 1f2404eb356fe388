import { createHash } from 'node:crypto'

/** What bytes are stored under: their SHA-256, base64url. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url')
}
