import type { OpenValue, TurnContext } from '@parley/core'
import { setOwn } from './own-property.ts'
import { storeItemText } from './store-item-text.ts'

/** Reads and writes one property of a state. Nothing is stored before the state is saved. */
export interface StatePropertyAccessor<T = OpenValue> {
  /** Removes the property; fine when it is not there. */
  delete(context: TurnContext): Promise<void>
  /** The property, or `undefined`. What it holds may be changed in place. */
  get(context: TurnContext): Promise<T | undefined>
  /**
   * The property; when it is not there, it becomes `defaultValue` first, which is copied as JSON if it is an object.
   *
   * @throws {@link NotSerializableError} `STATE_NOT_SERIALIZABLE`: the default cannot be copied.
   */
  get(context: TurnContext, defaultValue: T): Promise<T>
  /** Replaces the property. */
  set(context: TurnContext, value: T): Promise<void>
}

/** What an accessor needs of a state. */
export interface LoadableState {
  load(context: TurnContext): Promise<OpenValue>
}

/** A property of a {@link BotState}; made by {@link BotState.createProperty}. */
export class BotStatePropertyAccessor<T = OpenValue> implements StatePropertyAccessor<T> {
  readonly name: string
  protected readonly state: LoadableState

  constructor(state: LoadableState, name: string) {
    this.state = state
    this.name = name
  }

  async delete(context: TurnContext): Promise<void> {
    const properties = await this.state.load(context)
    delete properties[this.name]
  }

  get(context: TurnContext): Promise<T | undefined>
  get(context: TurnContext, defaultValue: T): Promise<T>
  async get(context: TurnContext, defaultValue?: T): Promise<T | undefined> {
    const properties = await this.state.load(context)
    if (Object.hasOwn(properties, this.name)) return properties[this.name]
    if (defaultValue === undefined) return undefined
    const value = this.copy(defaultValue)
    setOwn(properties, this.name, value)
    return value
  }

  async set(context: TurnContext, value: T): Promise<void> {
    setOwn(await this.state.load(context), this.name, value)
  }

  private copy(value: T): T {
    if (typeof value !== 'object') return value
    return JSON.parse(storeItemText(this.name, { value })).value
  }
}
