/** What is left in the heap after garbage collection, in bytes. */
export interface HeapUse {
  /** Once all caches were full. */
  readonly beforeBytes: number
  readonly afterBytes: number
}

/** Samples before the first that counts: caches fill up in them. */
const WARM_UP_SAMPLES = 4

/** Measures what stays in the heap, where node was started with `--expose-gc`. */
export class HeapWatch {
  private readonly collect: (() => unknown) | undefined
  private readonly samples: number[] = []

  constructor(collect: (() => unknown) | undefined = globalThis.gc) {
    this.collect = collect
  }

  /** Collects garbage and notes what is left. */
  sample(): void {
    if (!this.collect) return
    this.collect()
    this.samples.push(process.memoryUsage().heapUsed)
  }

  /** `undefined` while too little has happened to tell. */
  get use(): HeapUse | undefined {
    const [beforeBytes, ...later] = this.samples.slice(WARM_UP_SAMPLES)
    const afterBytes = later.at(-1)
    return beforeBytes === undefined || afterBytes === undefined ? undefined : { beforeBytes, afterBytes }
  }
}
