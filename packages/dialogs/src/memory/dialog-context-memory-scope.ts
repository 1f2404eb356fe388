import { innermost } from './innermost.ts'
import { MemoryScope } from './memory-scope.ts'
import type { MemoryHost } from './memory-scope.ts'
import { ScopePath } from './scope-path.ts'

/** The ids of the dialogs on the stacks. */
export class DialogContextMemoryScope extends MemoryScope {
  constructor() {
    super(ScopePath.dialogContext, false)
  }

  /** `stack`: the ids from the innermost active dialog outwards. */
  getMemory(dc: MemoryHost): Record<'stack' | 'activeDialog' | 'parent', unknown> {
    const stack: string[] = []
    for (let host: MemoryHost | undefined = innermost<MemoryHost>(dc); host; host = host.parent) {
      stack.push(...host.stack.map(({ id }) => id).toReversed())
    }
    return { stack, activeDialog: dc.activeDialog?.id, parent: dc.parent?.activeDialog?.id }
  }
}
