/** Batches before the first sample that counts: caches fill up in them. */
const WARM_UP_SAMPLES = 4

/** Measures what stays in the heap after garbage collection, where node was started with `--expose-gc`. */
export class HeapWatch {
  private samples = 0
  private firstBytes: number | undefined
  private lastBytes: number | undefined

  /** Collects garbage and notes what is left. */
  sample(): void {
    if (!globalThis.gc) return
    globalThis.gc()
    this.samples += 1
    this.lastBytes = process.memoryUsage().heapUsed
    if (this.samples === WARM_UP_SAMPLES) this.firstBytes = this.lastBytes
  }

  /** Growth since the caches were full; `undefined` while too little has happened to tell. */
  get growthBytes(): number | undefined {
    if (this.firstBytes === undefined || this.lastBytes === undefined || this.samples <= WARM_UP_SAMPLES)
      return undefined
    return this.lastBytes - this.firstBytes
  }
}
