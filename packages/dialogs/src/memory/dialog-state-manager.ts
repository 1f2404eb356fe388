import type { OpenValue } from '@parley/core'
import type { MemoryHost, MemoryScope } from './memory-scope.ts'
import type { PathResolver } from './path-resolver.ts'

/** The parts memory is made of. */
export interface DialogStateManagerConfiguration {
  readonly pathResolvers: PathResolver[]
  readonly memoryScopes: MemoryScope[]
}

/** What dialogs remember, by paths such as `user.name` or `turn.activity.text`. */
export class DialogStateManager {
  protected readonly dialogContext: MemoryHost

  constructor(dc: MemoryHost) {
    this.dialogContext = dc
  }

  getValue<T = OpenValue>(_pathExpression: string, _defaultValue?: T | (() => T)): T {
    throw new Error('being written')
  }

  setValue(_pathExpression: string, _value: OpenValue): void {
    throw new Error('being written')
  }
}
