import type { TurnItems } from './turn-items.ts'

/** Options of {@link ExpiredTurns}. */
export interface ExpiredTurnsOptions {
  readonly items: TurnItems
  /** How long a turn is kept after it was stored last, in milliseconds. */
  readonly keepMs: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly onFailure: (error: Error) => void
  /** How often is written and removed, in milliseconds. Default 5000. */
  readonly tickMs?: number
}

const INDEX = 'turns/index'
const BUCKET_MS = 10_000
/** Removed at a time. */
const MAX_REMOVED = 500
const MAX_TRIES = 5

/**
 * Removes turns from the storage when they have expired. A storage cannot tell what is in it; so the keys are kept there too,
 * by the time at which they expire, for whichever host is there then.
 */
export class ExpiredTurns {
  private readonly options: ExpiredTurnsOptions
  /** Keys that are not in the storage's lists yet, by bucket. */
  private readonly unlisted: Map<number, Set<string>> = new Map()
  private readonly indexed: Set<number> = new Set()
  private timer: NodeJS.Timeout | undefined
  private working: Promise<void> | undefined

  constructor(options: ExpiredTurnsOptions) {
    this.options = options
  }

  /** A turn was stored; if it is not stored again, it expires in `keepMs`. */
  add(key: string): void {
    const bucket = this.bucketOfNow() + Math.ceil(this.options.keepMs / BUCKET_MS)
    const keys = this.unlisted.get(bucket) ?? new Set()
    this.unlisted.set(bucket, keys.add(key))
    this.timer ??= setInterval(() => void this.tick(), this.options.tickMs ?? 5000).unref()
  }

  /** Lists what was added and removes some of what has expired. Never rejects. */
  tick(): Promise<void> {
    this.working ??= this.work().finally(() => {
      this.working = undefined
    })
    return this.working
  }

  /** Lists what was added, and stops. */
  async close(): Promise<void> {
    if (!this.timer) return
    clearInterval(this.timer)
    await this.working
    await this.tick()
  }

  private async work(): Promise<void> {
    try {
      for (const [bucket, keys] of this.unlisted) await this.list(bucket, keys)
      await this.removeExpired()
    } catch (error) {
      this.options.onFailure(error as Error)
    }
  }

  private async list(bucket: number, keys: ReadonlySet<string>): Promise<void> {
    if (!this.indexed.has(bucket)) await this.change(INDEX, (buckets) => [...new Set([...buckets, String(bucket)])])
    this.indexed.add(bucket)
    this.unlisted.delete(bucket)
    try {
      await this.change(keyOf(bucket), (listed) => [...new Set([...listed, ...keys])])
    } catch (error) {
      this.unlisted.set(bucket, new Set([...keys, ...(this.unlisted.get(bucket) ?? [])]))
      throw error
    }
  }

  private async removeExpired(): Promise<void> {
    const buckets = await this.read(INDEX)
    const due = buckets.map(Number).find((bucket) => bucket < this.bucketOfNow())
    if (due === undefined) return
    const keys = await this.read(keyOf(due))
    const some = keys.slice(0, MAX_REMOVED)
    if (some.length > 0) await this.remove(some)
    const rest = new Set(keys.slice(MAX_REMOVED))
    if (rest.size > 0) return this.change(keyOf(due), (listed) => listed.filter((key) => rest.has(key)))
    await this.options.items.delete([keyOf(due)])
    await this.change(INDEX, (listed) => listed.filter((bucket) => bucket !== String(due)))
    this.indexed.delete(due)
  }

  /** One that was stored again is in another list too. */
  private async remove(keys: string[]): Promise<void> {
    const { items, now } = this.options
    const stored = await items.readAll(keys)
    const expired = keys.filter((key) => Number(stored.get(key)?.['expiresAt'] ?? Infinity) <= now())
    if (expired.length > 0) await items.delete(expired)
  }

  private async read(key: string): Promise<readonly string[]> {
    return ((await this.options.items.readAll([key])).get(key)?.['keys'] ?? []) as string[]
  }

  private async change(key: string, change: (keys: readonly string[]) => string[]): Promise<void> {
    const { items } = this.options
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const stored = (await items.readAll([key])).get(key)
      const keys = change((stored?.['keys'] ?? []) as string[])
      if (await items.replace(key, { keys }, stored?.eTag)) return
    }
  }

  private bucketOfNow(): number {
    return Math.floor(this.options.now() / BUCKET_MS)
  }
}

function keyOf(bucket: number): string {
  return `${INDEX}/${bucket}`
}
