import type { OpenValue } from '@parley/core'
import { MemoryScope } from './memory-scope.ts'
import type { MemoryHost } from './memory-scope.ts'
import { ScopePath } from './scope-path.ts'

/** Properties of the active dialog itself; expressions among them are evaluated. Changes are lost. */
export class ClassMemoryScope extends MemoryScope {
  constructor(name: string = ScopePath.class) {
    super(name, false)
  }

  getMemory(dc: MemoryHost): object {
    const dialog = this.onFindDialog(dc)
    if (!dialog) return undefined as unknown as object
    const memory: { [name: string]: OpenValue } = {}
    for (const [name, property] of Object.entries<OpenValue>(dialog)) {
      if (typeof property === 'function') continue
      if (typeof property?.tryGetValue !== 'function') {
        memory[name] = property
        continue
      }
      const { value, error } = property.tryGetValue((dc as OpenValue).state)
      if (!error) memory[name] = value
    }
    return memory
  }

  /** The dialog whose properties these are. */
  protected onFindDialog(dc: MemoryHost): OpenValue {
    return dc.activeDialog && dc.findDialog(dc.activeDialog.id)
  }
}
