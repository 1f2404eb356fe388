import { DialogUsageError } from '../dialog-usage-error.ts'
import { MemoryScope } from './memory-scope.ts'
import type { MemoryHost } from './memory-scope.ts'
import { ScopePath } from './scope-path.ts'
import { replaceTurnMemory, turnMemory } from './turn-memory.ts'

/** What is remembered until the turn ends. */
export class TurnMemoryScope extends MemoryScope {
  constructor() {
    super(ScopePath.turn, true)
  }

  getMemory(dc: MemoryHost): object {
    return turnMemory(dc.context)
  }

  override setMemory(dc: MemoryHost, memory: object): void {
    if (memory === undefined)
      throw new DialogUsageError('TurnMemoryScope.setMemory: undefined memory object passed in.')
    replaceTurnMemory(dc.context, memory)
  }
}
