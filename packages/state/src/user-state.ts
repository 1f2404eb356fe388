import type { TurnContext } from '@parley/core'
import { BotState } from './bot-state.ts'
import type { BotStateOptions } from './bot-state.ts'
import { channelPart, overridableKey, userPart } from './state-key.ts'
import type { Storage } from './storage.ts'

/** State of a user on a channel, in whatever conversation. */
export class UserState extends BotState {
  private readonly namespace: string

  /** @param namespace - Appended to the key, to keep several such states apart. Must not contain `/`. Default empty. */
  constructor(storage: Storage, namespace = '', options: BotStateOptions = {}) {
    super(storage, (context) => overridableKey('UserState', this.getStorageKey(context)), options)
    this.namespace = namespace
  }

  /**
   * `<channel>/users/<user>/<namespace>`, as in SDK v4.
   *
   * @throws {@link StateKeyMissingError} `STATE_KEY_MISSING`: the activity has no channel or no sender.
   */
  getStorageKey({ activity }: TurnContext): string | undefined {
    return `${channelPart(activity)}/users/${userPart(activity)}/${this.namespace}`
  }
}
