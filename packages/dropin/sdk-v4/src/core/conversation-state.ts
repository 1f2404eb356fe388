import type { TurnContext } from '@parley/core'
import type { Storage } from '@parley/state'
import { BotState } from './bot-state.ts'
import { keyPart, overridableKey } from './state-key.ts'

/** State of a conversation, shared by everyone in it. */
export class ConversationState extends BotState {
  private readonly namespace: string

  /** @param namespace - Appended to the key, to keep several such states apart. Default empty. */
  constructor(storage: Storage, namespace = '') {
    super(storage, (context) => overridableKey('ConversationState', this.getStorageKey(context)))
    this.namespace = namespace
  }

  /**
   * `<channel>/conversations/<conversation>/<namespace>`, with the slash also when there is no namespace.
   *
   * @throws Error: the activity lacks a part of it.
   */
  getStorageKey({ activity }: TurnContext): string | undefined {
    return `${keyPart.channel(activity)}/conversations/${keyPart.conversation(activity)}/${this.namespace}`
  }
}
