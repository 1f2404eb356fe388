import type { TurnContext } from '@parley/core'
import type { Storage } from '@parley/state'
import { BotState } from './bot-state.ts'
import { keyPart, overridableKey } from './state-key.ts'

/** State of one user in one conversation. */
export class PrivateConversationState extends BotState {
  private readonly namespace: string

  /** @param namespace - Appended to the key, to keep several such states apart. Default empty. */
  constructor(storage: Storage, namespace = '') {
    super(storage, (context) => overridableKey('PrivateConversationState', this.getStorageKey(context)))
    this.namespace = namespace
  }

  /**
   * `<channel>/conversations/<conversation>/users/<user>/<namespace>`, with the slash also when there is no namespace.
   *
   * @throws Error: the activity lacks a part of it.
   */
  getStorageKey({ activity }: TurnContext): string | undefined {
    const conversation = `${keyPart.channel(activity)}/conversations/${keyPart.conversation(activity)}`
    return `${conversation}/users/${keyPart.user(activity)}/${this.namespace}`
  }
}
