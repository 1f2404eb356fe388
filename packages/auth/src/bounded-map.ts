/** A map that forgets the entry unused for longest when it is full, so that nobody can make it grow. */
export class BoundedMap<K, V> {
  private readonly entries = new Map<K, V>()
  private readonly maxEntries: number

  constructor(maxEntries: number) {
    this.maxEntries = maxEntries
  }

  get size(): number {
    return this.entries.size
  }

  get(key: K): V | undefined {
    const value = this.entries.get(key)
    if (value === undefined) return undefined
    this.entries.delete(key)
    this.entries.set(key, value)
    return value
  }

  set(key: K, value: V): void {
    this.entries.delete(key)
    if (this.entries.size >= this.maxEntries) this.dropOldest()
    this.entries.set(key, value)
  }

  delete(key: K): void {
    this.entries.delete(key)
  }

  private dropOldest(): void {
    const oldest = this.entries.keys().next()
    if (!oldest.done) this.entries.delete(oldest.value)
  }
}
