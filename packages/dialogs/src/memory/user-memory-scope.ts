import { BotStateMemoryScope } from './bot-state-memory-scope.ts'
import { ScopePath } from './scope-path.ts'

/** What is remembered of the user. */
export class UserMemoryScope extends BotStateMemoryScope {
  protected override stateKey: string = 'UserState'

  constructor() {
    super(ScopePath.user)
  }
}
