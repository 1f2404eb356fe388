import { createHash } from 'node:crypto'
import { ParleyError } from '@parley/core'
import { ABSENT_ETAG } from '@parley/state'
import type { Storage, StoreItem } from '@parley/state'
import type { Answer } from '../http/inbound-request.ts'
import type { JournaledSends } from '../stages/send-journal.ts'

/** The storage of turns failed or did not answer in time. */
export class TurnStorageError extends ParleyError {
  static readonly code = 'ADAPTER_TURN_STORAGE'
  readonly code: string = TurnStorageError.code

  constructor(problem: string, options?: ErrorOptions) {
    super(`The storage of turns ${problem}; see that it is up and that this host can reach it.`, options)
  }
}

/**
 * What is stored of the turn of an activity. `running`: a host has it until `leaseUntil`. `open`: its run failed, and any
 * host may run it again. `done`: `answer` is what every further delivery gets. Times are milliseconds since the epoch.
 */
export interface TurnItem {
  readonly state: 'running' | 'open' | 'done'
  /** Who has it, by a name that is new with each claim. */
  readonly owner: string
  readonly leaseUntil: number
  readonly sends: JournaledSends
  /** Also of a turn that is still running, when it was answered before its end. */
  readonly answer?: Answer | undefined
  /** When it may be removed. */
  readonly expiresAt: number
}

/** A {@link TurnItem} and the version of it that was read. */
export interface StoredTurn {
  readonly item: TurnItem
  readonly eTag: string | undefined
}

/** Under which key the turn of an activity is stored: ids of people are not for those who list keys. */
export function turnKey(delivery: string): string {
  return `turns/${createHash('sha256').update(delivery).digest('hex')}`
}

/** Items of turns in a storage that may be down or slow. */
export class TurnItems {
  private readonly storage: Storage
  private readonly budgetMs: number

  /** @param budgetMs - How long one operation may take, in milliseconds. */
  constructor(storage: Storage, budgetMs: number) {
    this.storage = storage
    this.budgetMs = budgetMs
  }

  /** @throws {@link TurnStorageError} `ADAPTER_TURN_STORAGE` */
  async read(key: string): Promise<StoredTurn | undefined> {
    const stored = (await this.readAll([key])).get(key)
    if (stored === undefined) return undefined
    const { eTag, ...item } = stored
    if (!isTurnItem(item)) throw new TurnStorageError('holds something else than a turn')
    return { item, eTag }
  }

  /** @throws {@link TurnStorageError} `ADAPTER_TURN_STORAGE` */
  async readAll(keys: string[]): Promise<ReadonlyMap<string, StoreItem>> {
    return new Map(Object.entries(await this.within(() => this.storage.read(keys))) as [string, StoreItem][])
  }

  /**
   * Stores an item in place of the version that was read.
   *
   * @param eTag - Absent: nothing must be stored yet.
   * @returns whether it was stored; if not, somebody else was faster.
   * @throws {@link TurnStorageError} `ADAPTER_TURN_STORAGE`
   */
  async replace(key: string, item: object, eTag: string = ABSENT_ETAG): Promise<boolean> {
    try {
      await this.within(() => this.storage.write({ [key]: { ...item, eTag } }))
      return true
    } catch (error) {
      if (isConflict((error as Error).cause)) return false
      throw error
    }
  }

  /** @throws {@link TurnStorageError} `ADAPTER_TURN_STORAGE` */
  delete(keys: string[]): Promise<void> {
    return this.within(() => this.storage.delete(keys))
  }

  private async within<T>(work: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      const problem = `did not answer within ${this.budgetMs} ms`
      timer = setTimeout(() => reject(new TurnStorageError(problem)), this.budgetMs)
    })
    try {
      return await Promise.race([work(), late])
    } catch (cause) {
      throw cause instanceof TurnStorageError ? cause : new TurnStorageError('failed', { cause })
    } finally {
      clearTimeout(timer)
    }
  }
}

function isConflict(error: unknown): boolean {
  return ParleyError.isParleyError(error) && error.code === 'STATE_CONFLICT'
}

function isTurnItem(item: object): item is TurnItem {
  const { state, owner, sends } = item as Partial<TurnItem>
  const isKnown = state === 'running' || state === 'open' || state === 'done'
  return isKnown && typeof owner === 'string' && typeof sends === 'object' && sends !== null
}
