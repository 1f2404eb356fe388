/** How much the inspector remembers; the oldest goes first. */
export interface InspectorLimits {
  /** Entries kept. Default 2 000. */
  readonly maxEntries: number
  /** About as many bytes are kept, of all entries together. Default 16 MiB. */
  readonly maxBytes: number
  /** Bytes kept of each body and each activity. Default 64 KiB. */
  readonly maxBodyBytes: number
}

export const DEFAULT_INSPECTOR_LIMITS: InspectorLimits = {
  maxEntries: 2_000,
  maxBytes: 16 * 1024 * 1024,
  maxBodyBytes: 64 * 1024,
}

/** What a ring needs to know of what it keeps. */
export interface RingEntry {
  readonly seq: number
  /** About what it takes in memory, in bytes. */
  readonly bytes: number
}

/** Keeps the newest entries, by number and by size. */
export class EntryRing<E extends RingEntry> {
  private readonly limits: Pick<InspectorLimits, 'maxEntries' | 'maxBytes'>
  /** In the order of `seq`; some may be missing. */
  private entries: E[] = []
  private bytes = 0
  private last = 0

  constructor(limits: Pick<InspectorLimits, 'maxEntries' | 'maxBytes'>) {
    this.limits = limits
  }

  /** Number of the entry added last; 0 before the first. */
  get lastSeq(): number {
    return this.last
  }

  /** Takes the next number. Whoever takes it adds the entry before anybody else takes one. */
  nextSeq(): number {
    return this.last + 1
  }

  add(entry: E): void {
    this.last = entry.seq
    this.entries.push(entry)
    this.bytes += entry.bytes
    const { maxEntries, maxBytes } = this.limits
    while (this.entries.length > maxEntries || (this.bytes > maxBytes && this.entries.length > 0)) {
      this.bytes -= this.entries.shift()?.bytes ?? 0
    }
  }

  find(seq: number): E | undefined {
    const entry = this.entries[this.indexAfter(seq - 1)]
    return entry?.seq === seq ? entry : undefined
  }

  /** What was added after the entry of that number. */
  after(seq: number): readonly E[] {
    return this.entries.slice(this.indexAfter(seq))
  }

  /** Forgets entries. */
  remove(isMeant: (entry: E) => boolean): void {
    this.entries = this.entries.filter((entry) => !isMeant(entry))
    this.bytes = this.entries.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** Where the first entry behind that number is. */
  private indexAfter(seq: number): number {
    let low = 0
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.entries[middle]?.seq ?? 0) <= seq) low = middle + 1
      else high = middle
    }
    return low
  }
}
