import { DialogUsageError } from '../dialog-usage-error.ts'
import { MemoryScope } from './memory-scope.ts'
import type { MemoryHost } from './memory-scope.ts'
import { ScopePath } from './scope-path.ts'

/** What the active dialog remembers. */
export class ThisMemoryScope extends MemoryScope {
  constructor() {
    super(ScopePath.this)
  }

  getMemory(dc: MemoryHost): object {
    return dc.activeDialog?.state
  }

  override setMemory(dc: MemoryHost, memory: object): void {
    if (memory === undefined)
      throw new DialogUsageError('ThisMemoryScope.setMemory: undefined memory object passed in.')
    const { activeDialog } = dc
    if (!activeDialog) throw new DialogUsageError('ThisMemoryScope.setMemory: no active dialog found.')
    activeDialog.state = memory
  }
}
