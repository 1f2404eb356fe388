import type { OpenValue } from '@parley/core'
import { activeContainer } from './active-container.ts'
import { ClassMemoryScope } from './class-memory-scope.ts'
import type { MemoryHost } from './memory-scope.ts'
import { ScopePath } from './scope-path.ts'

/** Properties of the running container itself. Changes are lost. */
export class DialogClassMemoryScope extends ClassMemoryScope {
  constructor() {
    super(ScopePath.dialogClass)
  }

  protected override onFindDialog(dc: MemoryHost): OpenValue {
    const container = activeContainer(dc)
    return container?.host.findDialog(container.instance.id)
  }
}
