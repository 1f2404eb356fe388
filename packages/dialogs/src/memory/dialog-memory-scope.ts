import { DialogUsageError } from '../dialog-usage-error.ts'
import { activeContainer } from './active-container.ts'
import { MemoryScope } from './memory-scope.ts'
import type { MemoryHost } from './memory-scope.ts'
import { ScopePath } from './scope-path.ts'

/** What the running container remembers. */
export class DialogMemoryScope extends MemoryScope {
  constructor() {
    super(ScopePath.dialog)
  }

  getMemory(dc: MemoryHost): object {
    return activeContainer(dc)?.instance.state
  }

  override setMemory(dc: MemoryHost, memory: object): void {
    if (memory === undefined)
      throw new DialogUsageError('DialogMemoryScope.setMemory: undefined memory object passed in.')
    const container = activeContainer(dc)
    if (!container) throw new DialogUsageError('DialogMemoryScope.setMemory: no active dialog found.')
    container.instance.state = memory
  }
}
