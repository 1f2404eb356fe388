/**
 * What middleware and services leave for each other during one turn. Keys are symbols or strings; values live until the turn ends.
 */
export class TurnContextStateCollection extends Map<unknown, unknown> {
  private readonly coveredByKey: Map<unknown, unknown[]> = new Map()

  /** The value under `key`; its type is what the caller knows it to be. */
  // oxlint-disable-next-line typescript/no-explicit-any -- v4's signature: callers annotate or assign the result
  override get<T = any>(key: unknown): T {
    return super.get(key) as T
  }

  /** Covers the value under `key` with another one, until {@link TurnContextStateCollection.pop}. */
  push(key: unknown, value: unknown): void {
    const covered = this.covered(key)
    covered.push(this.get(key))
    this.set(key, value)
  }

  /** Uncovers what {@link TurnContextStateCollection.push} covered under `key`. Returns the value that was on top. */
  // oxlint-disable-next-line typescript/no-explicit-any -- as for get()
  pop(key: unknown): any {
    const current = this.get(key)
    const covered = this.covered(key)
    const previous = covered.pop()
    if (previous === undefined) this.delete(key)
    else this.set(key, previous)
    return current
  }

  private covered(key: unknown): unknown[] {
    let stack = this.coveredByKey.get(key)
    if (!stack) this.coveredByKey.set(key, (stack = []))
    return stack
  }
}
