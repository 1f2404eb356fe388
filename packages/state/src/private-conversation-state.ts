import type { TurnContext } from '@parley/core'
import { BotState } from './bot-state.ts'
import type { BotStateOptions } from './bot-state.ts'
import { channelPart, conversationPart, overridableKey, userPart } from './state-key.ts'
import type { Storage } from './storage.ts'

/** State of one user in one conversation. */
export class PrivateConversationState extends BotState {
  private readonly namespace: string

  /** @param namespace - Appended to the key, to keep several such states apart. Must not contain `/`. Default empty. */
  constructor(storage: Storage, namespace = '', options: BotStateOptions = {}) {
    super(storage, (context) => overridableKey('PrivateConversationState', this.getStorageKey(context)), options)
    this.namespace = namespace
  }

  /**
   * `<channel>/conversations/<conversation>/users/<user>/<namespace>`, as in SDK v4. A conversation id that contains `/users/`
   * is escaped, because it could not be told where it ends.
   *
   * @throws {@link StateKeyMissingError} `STATE_KEY_MISSING`: the activity has no channel, no conversation or no sender.
   */
  getStorageKey({ activity }: TurnContext): string | undefined {
    const conversation = `${channelPart(activity)}/conversations/${conversationPart(activity)}`
    return `${conversation}/users/${userPart(activity)}/${this.namespace}`
  }
}
