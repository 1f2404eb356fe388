import { BotStateMemoryScope } from './bot-state-memory-scope.ts'
import { ScopePath } from './scope-path.ts'

/** What is remembered of the conversation. */
export class ConversationMemoryScope extends BotStateMemoryScope {
  protected override stateKey: string = 'ConversationState'

  constructor() {
    super(ScopePath.conversation)
  }
}
