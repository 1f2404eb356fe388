import type { OpenValue, TurnContext } from '@parley/core'
import { BotState as ParleyBotState } from '@parley/state'
import type { CachedBotState, StatePropertyAccessor, Storage, StorageKeyFactory } from '@parley/state'
import type { PropertyManager } from './property-manager.ts'
import { calculateChangeHash } from './storage.ts'

/**
 * State with the lifetime of its key, as v4 has it: the last writer wins, there is no limit of size, and whatever JSON makes of
 * a value is stored. The `eTag` written is `*`, which is left in the state.
 */
export class BotState extends ParleyBotState implements PropertyManager {
  /** Keys asked for and not yet used. */
  private readonly keys: WeakMap<TurnContext, ReturnType<StorageKeyFactory>> = new WeakMap()

  constructor(storage: Storage, storageKey: StorageKeyFactory) {
    const useKey: StorageKeyFactory = (context) => {
      const key = this.keys.get(context) ?? storageKey(context)
      this.keys.delete(context)
      return key
    }
    super(storage, useKey, { concurrency: 'lastWriterWins', maxBytes: Infinity, readTimeoutMs: Infinity })
  }

  /** An accessor for one property of the state. */
  override createProperty<T = OpenValue>(name: string): StatePropertyAccessor<T> {
    return super.createProperty<T>(name)
  }

  /**
   * The state of this turn, read on first use; `force` reads it again.
   *
   * @throws What the key factory throws, at once, as in v4.
   */
  override load(context: TurnContext, force = false): Promise<OpenValue> {
    if (!force && this.get(context) !== undefined) return super.load(context)
    const key = this.storageKey(context)
    // Used at once, or not at all when another load is under way; then nobody would hear of its failure.
    Promise.resolve(key).catch(() => {})
    this.keys.set(context, key)
    return this.loadHashed(context, force)
  }

  /** Writes the state when it has changed since it was read or written; with `force` always, `{}` if it was not loaded. */
  override async saveChanges(context: TurnContext, force = false): Promise<void> {
    const cached = this.cachedIn(context) ?? { state: {}, hash: '' }
    const isChanged = cached.state && cached.hash !== calculateChangeHash(cached.state)
    if (!force && !(isChanged && this.cachedIn(context))) return
    const key = (await this.storageKey(context)) as string
    cached.state ??= {}
    cached.state['eTag'] = '*'
    await this.storage.write({ [key]: cached.state })
    cached.hash = calculateChangeHash(cached.state)
    context.turnState.set(stateKeyOf(this), cached)
  }

  private async loadHashed(context: TurnContext, force: boolean): Promise<OpenValue> {
    const state: OpenValue = await super.load(context, force)
    const cached = this.cachedIn(context)
    if (cached && cached.state === state) cached.hash = calculateChangeHash(state)
    return state
  }

  /** Removes the state from this turn and from the storage. */
  override async delete(context: TurnContext): Promise<void> {
    context.turnState.delete(stateKeyOf(this))
    await this.storage.delete([(await this.storageKey(context)) as string])
  }

  private cachedIn(context: TurnContext): CachedBotState | undefined {
    return context.turnState.get<CachedBotState | undefined>(stateKeyOf(this))
  }
}

/** Private by type only, in v4 as in Parley. */
function stateKeyOf(state: BotState): symbol {
  return (state as unknown as { stateKey: symbol }).stateKey
}
