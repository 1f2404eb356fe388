import type { TurnContext } from '@parley/core'
import { BotState } from './bot-state.ts'
import type { BotStateOptions } from './bot-state.ts'
import { channelPart, conversationPart, overridableKey } from './state-key.ts'
import type { Storage } from './storage.ts'

/** State of a conversation, shared by everyone in it. */
export class ConversationState extends BotState {
  private readonly namespace: string

  /** @param namespace - Appended to the key, to keep several such states apart. Must not contain `/`. Default empty. */
  constructor(storage: Storage, namespace = '', options: BotStateOptions = {}) {
    super(storage, (context) => overridableKey('ConversationState', this.getStorageKey(context)), options)
    this.namespace = namespace
  }

  /**
   * `<channel>/conversations/<conversation>/<namespace>`, as in SDK v4. A conversation id that contains `/users/` is escaped,
   * because the key of a {@link PrivateConversationState} would look the same.
   *
   * @throws {@link StateKeyMissingError} `STATE_KEY_MISSING`: the activity has no channel or no conversation.
   */
  getStorageKey({ activity }: TurnContext): string | undefined {
    return `${channelPart(activity)}/conversations/${conversationPart(activity)}/${this.namespace}`
  }
}
