/** A 32-bit hash in decimal, as Java's `hashCode`. The versions stored with conversations are such hashes. */
export function stableHash(text: string): string {
  let hash = 0
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  return String(hash)
}
