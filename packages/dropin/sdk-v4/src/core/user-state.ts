import type { TurnContext } from '@parley/core'
import type { Storage } from '@parley/state'
import { BotState } from './bot-state.ts'
import { keyPart, overridableKey } from './state-key.ts'

/** State of a user, in all conversations of a channel. */
export class UserState extends BotState {
  private readonly namespace: string

  /** @param namespace - Appended to the key, to keep several such states apart. Default empty. */
  constructor(storage: Storage, namespace = '') {
    super(storage, (context) => overridableKey('UserState', this.getStorageKey(context)))
    this.namespace = namespace
  }

  /**
   * `<channel>/users/<user>/<namespace>`, with the slash also when there is no namespace.
   *
   * @throws Error: the activity lacks a part of it.
   */
  getStorageKey({ activity }: TurnContext): string | undefined {
    return `${keyPart.channel(activity)}/users/${keyPart.user(activity)}/${this.namespace}`
  }
}
