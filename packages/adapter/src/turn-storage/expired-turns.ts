import { TurnStorageError } from './turn-items.ts'
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
    this.enlist(key, this.options.now() + this.options.keepMs)
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
    await this.working
    await this.tick()
    this.rest()
  }

  private enlist(key: string, expiresAt: number): void {
    const bucket = bucketOf(expiresAt)
    const keys = this.unlisted.get(bucket) ?? new Set()
    this.unlisted.set(bucket, keys.add(key))
  }

  private async work(): Promise<void> {
    try {
      for (const [bucket, keys] of this.unlisted) await this.list(bucket, keys)
      await this.removeExpired()
      for (const bucket of this.indexed) if (bucket < bucketOf(this.options.now())) this.indexed.delete(bucket)
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
    if (buckets.length === 0 && this.unlisted.size === 0) this.rest()
    const due = buckets.map(Number).find((bucket) => bucket < bucketOf(this.options.now()))
    if (due === undefined) return
    const keys = await this.read(keyOf(due))
    const some = keys.slice(0, MAX_REMOVED)
    if (some.length > 0) await this.remove(some)
    const rest = new Set(keys.slice(MAX_REMOVED))
    if (rest.size > 0) return this.change(keyOf(due), (listed) => listed.filter((key) => rest.has(key)))
    await this.options.items.delete([keyOf(due)])
    await this.change(INDEX, (listed) => listed.filter((bucket) => bucket !== String(due)))
  }

  /** Nothing is stored, and there is nothing to do until something is. */
  private rest(): void {
    clearInterval(this.timer)
    this.timer = undefined
  }

  /** Those that were stored again meanwhile are listed again. */
  private async remove(keys: string[]): Promise<void> {
    const { items, now } = this.options
    const stored = await items.readAll(keys)
    const expired: string[] = []
    for (const key of keys) {
      const expiresAt = Number(stored.get(key)?.['expiresAt'])
      if (expiresAt <= now()) expired.push(key)
      else if (Number.isFinite(expiresAt)) this.enlist(key, expiresAt)
    }
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
      // Somebody else may have removed the list meanwhile.
      if (!stored && keys.length === 0) return
      if (await items.replace(key, { keys }, stored?.eTag)) return
    }
    throw new TurnStorageError(`changes too fast under ${key}`)
  }
}

/** The first list that is due when a turn has expired at that time. */
function bucketOf(expiresAt: number): number {
  return Math.floor(expiresAt / BUCKET_MS)
}

function keyOf(bucket: number): string {
  return `${INDEX}/${bucket}`
}
