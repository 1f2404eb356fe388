import { isDeepStrictEqual } from 'node:util'
import { setTimeout as delay } from 'node:timers/promises'
import type { OpenValue, TurnContext } from '@parley/core'
import { BotStatePropertyAccessor } from './bot-state-property-accessor.ts'
import type { StatePropertyAccessor } from './bot-state-property-accessor.ts'
import { readItem } from './read-item.ts'
import { StateKeyMissingError, StateTooLargeError } from './state-errors.ts'
import { StorageConflictError } from './storage-errors.ts'
import { ABSENT_ETAG } from './storage.ts'
import type { Storage } from './storage.ts'
import { assertLossless, comparableText } from './store-item-text.ts'
import { UpdateQueue } from './update-queue.ts'

/** The key under which the state of this turn is stored. */
export type StorageKeyFactory = (context: TurnContext) => string | undefined | Promise<string | undefined>

/** What a state keeps in `context.turnState` during a turn. */
export interface CachedBotState {
  /** The state; properties are read and changed in place. */
  state: { [id: string]: OpenValue }
  /** What the state was when it was last read or written, as text; equal text means nothing to save. */
  hash: string
}

export interface BotStateOptions {
  /**
   * What happens when the state was written by someone else while this turn changed it. `etag` (default): saving rejects with
   * `STATE_CONFLICT` and nothing is overwritten. `lastWriterWins`, SDK v4's way: what the other wrote is lost.
   */
  readonly concurrency?: 'etag' | 'lastWriterWins'
  /** The most a state may take, as JSON in UTF-8, in bytes. Default 1 MiB. `Infinity`: no limit. */
  readonly maxBytes?: number
  /** How long reading may take, in milliseconds, at most 2^31 - 1. Default 3000. `Infinity`: no limit. */
  readonly readTimeoutMs?: number
}

interface Cached extends CachedBotState {
  /** What the stored item was when it was read, for the next write to compare; `undefined`: nothing to compare. */
  eTag?: string | undefined
  /** The text this turn has written since, which gave the item an `eTag` the storage does not tell. */
  written?: string
}

const MAX_RETRIES = 5
/** How long an update keeps the next one of the same key from beginning. */
const MAX_UPDATE_MS = 3000

/**
 * State with the lifetime of its key: read once per turn, kept in the turn, and written back when it has changed.
 *
 * Operations of one turn on one state run one after the other, so that they may be started together.
 */
export class BotState {
  protected storage: Storage
  protected storageKey: StorageKeyFactory
  private readonly stateKey: symbol = Symbol('state')
  private readonly concurrency: 'etag' | 'lastWriterWins'
  private readonly maxBytes: number
  private readonly readTimeoutMs: number
  /** The last operation started in each turn. */
  private readonly operations: WeakMap<object, Promise<unknown>> = new WeakMap()
  private readonly updates: UpdateQueue = new UpdateQueue(MAX_UPDATE_MS)

  constructor(
    storage: Storage,
    storageKey: StorageKeyFactory,
    { concurrency = 'etag', maxBytes = 1024 * 1024, readTimeoutMs = 3000 }: BotStateOptions = {},
  ) {
    this.storage = storage
    this.storageKey = storageKey
    this.concurrency = concurrency
    this.maxBytes = maxBytes
    this.readTimeoutMs = readTimeoutMs
  }

  /** An accessor for one property of the state. The name `eTag` is the storage's. */
  createProperty<T = OpenValue>(name: string): StatePropertyAccessor<T> {
    return new BotStatePropertyAccessor<T>(this, name)
  }

  /**
   * The state of this turn, read on first use; `{}` when nothing is stored. Change it in place.
   *
   * @param force - Reads again, dropping changes not saved. Default `false`.
   * @throws {@link StorageTimeoutError} `STATE_TIMEOUT`: the storage did not answer.
   * @throws {@link StateKeyMissingError} `STATE_KEY_MISSING`.
   */
  async load(context: TurnContext, force = false): Promise<OpenValue> {
    const loaded = force ? undefined : this.get(context)
    if (loaded) return loaded
    return this.inOrder(context, async () => (force ? undefined : this.get(context)) ?? this.read(context))
  }

  /**
   * Writes the state when it has changed since it was read or written.
   *
   * @param force - Writes it even unchanged, and `{}` when it was not loaded. Default `false`.
   * @throws {@link StorageConflictError} `STATE_CONFLICT`: someone else wrote it, see {@link BotStateOptions.concurrency}.
   * @throws {@link NotSerializableError} `STATE_NOT_SERIALIZABLE`: it holds something JSON would lose.
   * @throws {@link StateTooLargeError} `STATE_TOO_LARGE`.
   * Whatever is thrown, what is stored has not changed.
   */
  async saveChanges(context: TurnContext, force = false): Promise<void> {
    await this.inOrder(context, () => this.save(context, force, this.concurrency === 'etag'))
  }

  /**
   * Changes the state whatever others do at the same time: reads it, lets `change` change it, and writes it; when it was
   * written by someone else in between, all of that is repeated, up to 5 times, after a random pause of at most 2 ms that
   * doubles each time. For counters and lists that several conversations or hosts share.
   *
   * Updates of one key through one `BotState` take turns of at most 3 s, so that only others count.
   *
   * Changes made in this turn before are saved first, on their own. When this rejects, the state of this turn is read again on
   * next use, so that half a change is never saved.
   *
   * @param change - Changes the state in place. May run several times: it must not do anything else.
   * @returns What the last run of `change` returned.
   * @throws {@link StorageConflictError} `STATE_CONFLICT`: the state was written by others 6 times in a row.
   */
  async update<R>(context: TurnContext, change: (state: OpenValue) => R | Promise<R>): Promise<R> {
    return this.updates.run(await this.key(context), async () => {
      await this.saveChanges(context)
      try {
        return await this.changeAndSave(context, change)
      } catch (error) {
        context.turnState.delete(this.stateKey)
        throw error
      }
    })
  }

  /** Empties the state; the next {@link BotState.saveChanges} writes it. */
  async clear(context: TurnContext): Promise<void> {
    await this.inOrder(context, async () => {
      const { eTag, written } = this.cached(context) ?? {}
      this.cache(context, { state: {}, hash: '', eTag, ...(written === undefined ? {} : { written }) })
    })
  }

  /** Removes the state from this turn and from the storage. */
  async delete(context: TurnContext): Promise<void> {
    await this.inOrder(context, async () => {
      context.turnState.delete(this.stateKey)
      await this.storage.delete([await this.key(context)])
    })
  }

  /** The state of this turn, or `undefined` while it is not loaded. */
  get(context: TurnContext): OpenValue {
    return this.cached(context)?.state
  }

  private async changeAndSave<R>(context: TurnContext, change: (state: OpenValue) => R | Promise<R>): Promise<R> {
    for (let retries = 0; ; retries++) {
      const result = await change(await this.load(context, retries > 0))
      try {
        await this.inOrder(context, () => this.save(context, false, true))
        return result
      } catch (error) {
        if ((error as { code?: unknown }).code !== StorageConflictError.code || retries === MAX_RETRIES) throw error
        await delay(Math.random() * 2 ** (retries + 1))
      }
    }
  }

  private async read(context: TurnContext): Promise<OpenValue> {
    const key = await this.key(context)
    const item = await readItem(this.storage, key, this.readTimeoutMs)
    const state = item ?? {}
    this.cache(context, { state, hash: comparableText(key, state), eTag: item ? item.eTag : ABSENT_ETAG })
    return state
  }

  private async save(context: TurnContext, force: boolean, compare: boolean): Promise<void> {
    const cached = this.cached(context) ?? (force ? { state: {}, hash: '' } : undefined)
    if (!cached) return
    const key = await this.key(context)
    const text = comparableText(key, cached.state)
    if (text === cached.hash && !force) return
    assertLossless(key, cached.state)
    const bytes = Buffer.byteLength(text)
    if (bytes > this.maxBytes) throw new StateTooLargeError(key, bytes, this.maxBytes)

    const eTag = compare ? await this.currentETag(key, cached) : '*'
    if (!compare) cached.state['eTag'] = eTag
    await this.storage.write({ [key]: { ...cached.state, eTag } })
    this.cache(context, Object.assign(cached, { hash: text, written: text }))
  }

  /**
   * The `eTag` to write with. After a write of this turn it has to be asked for, and belongs to this turn only if what is
   * stored is what this turn wrote.
   */
  private async currentETag(key: string, { eTag = '*', written }: Cached): Promise<string> {
    if (written === undefined) return eTag
    const item = await readItem(this.storage, key, this.readTimeoutMs)
    if (!item) return ABSENT_ETAG
    // Not the texts: a storage need not keep the order of properties.
    const isOurs = isDeepStrictEqual(JSON.parse(comparableText(key, item)), JSON.parse(written))
    if (!isOurs) throw new StorageConflictError(key)
    return item.eTag ?? '*'
  }

  private async key(context: TurnContext): Promise<string> {
    const key = await this.storageKey(context)
    if (key) return key
    throw new StateKeyMissingError('BotState: the storage key factory did not return a key.')
  }

  private cached(context: TurnContext): Cached | undefined {
    const cached = context.turnState.get<Cached | undefined>(this.stateKey)
    return cached?.state ? cached : undefined
  }

  private cache(context: TurnContext, cached: Cached): void {
    context.turnState.set(this.stateKey, cached)
  }

  private inOrder<T>(context: TurnContext, operation: () => Promise<T>): Promise<T> {
    // What is no context fails by itself, once.
    if (!context?.turnState) return operation()
    const previous = this.operations.get(context.turnState)
    const running = previous ? previous.then(operation, operation) : operation()
    this.operations.set(context.turnState, running)
    return running
  }
}
