/** Shortens and hashes texts, for ids and logs. */
export class StringUtils {
  /** The first `length` UTF-16 units and `...`, or the whole text if it is not longer. */
  static ellipsis(text: string, length: number): string {
    const whole = text ?? ''
    return whole.length <= length ? whole : `${whole.slice(0, length)}...`
  }

  /** A 32-bit hash in decimal, as Java's `hashCode`. Stored dialog versions depend on it. */
  static hash(text: string): string {
    let hash = 0
    for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
    return String(hash)
  }

  /** {@link StringUtils.ellipsis}, and the hash of the whole text if it was shortened. */
  static ellipsisHash(text: string, length: number): string {
    const whole = text ?? ''
    return whole.length <= length ? whole : StringUtils.ellipsis(whole, length) + StringUtils.hash(whole)
  }
}
