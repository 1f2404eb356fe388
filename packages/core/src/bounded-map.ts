/**
 * A map that nobody can make grow: it keeps at most `maxEntries`, and at least the half of them used last.
 *
 * Two generations rather than the usual re-insertion at each use: with that, V8 leaves a hole in the same hash chain each
 * time, and looking up one busy key costs thousands of steps.
 */
export class BoundedMap<K, V> {
  private recent = new Map<K, V>()
  private older = new Map<K, V>()
  private readonly maxRecent: number

  constructor(maxEntries: number) {
    this.maxRecent = Math.max(1, Math.floor(maxEntries / 2))
  }

  get size(): number {
    return this.recent.size + this.older.size
  }

  get(key: K): V | undefined {
    const value = this.recent.get(key)
    if (value !== undefined) return value
    const olderValue = this.older.get(key)
    if (olderValue !== undefined) this.set(key, olderValue)
    return olderValue
  }

  set(key: K, value: V): void {
    this.older.delete(key)
    if (!this.recent.has(key) && this.recent.size >= this.maxRecent) this.startGeneration()
    this.recent.set(key, value)
  }

  delete(key: K): void {
    this.recent.delete(key)
    this.older.delete(key)
  }

  private startGeneration(): void {
    this.older = this.recent
    this.recent = new Map()
  }
}
