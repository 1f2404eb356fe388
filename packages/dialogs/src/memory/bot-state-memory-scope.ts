import { DialogUsageError } from '../dialog-usage-error.ts'
import type { BotState } from '@parley/state'
import { MemoryScope } from './memory-scope.ts'
import type { MemoryHost } from './memory-scope.ts'

/** The state that is in `turnState` under {@link BotStateMemoryScope.stateKey}; without one there is no memory. */
export class BotStateMemoryScope extends MemoryScope {
  /** Key in `turnState`. */
  protected stateKey: string | undefined

  constructor(name: string) {
    super(name, true)
  }

  getMemory(dc: MemoryHost): object {
    return this.stateOf(dc)?.get(dc.context)
  }

  /** @throws Error: always; a state is changed in place. */
  override setMemory(dc: MemoryHost, _memory: object): void {
    if (!this.stateOf(dc)) throw new DialogUsageError(`${this.stateKey} is not available.`)
    throw new DialogUsageError('You cannot replace the root BotState object.')
  }

  override async load(dc: MemoryHost, force?: boolean): Promise<void> {
    await this.stateOf(dc)?.load(dc.context, force)
  }

  override async saveChanges(dc: MemoryHost, force?: boolean): Promise<void> {
    await this.stateOf(dc)?.saveChanges(dc.context, force)
  }

  /** Does nothing: states are deleted by who owns them. */
  override async delete(_dc: MemoryHost): Promise<void> {}

  private stateOf({ context }: MemoryHost): BotState | undefined {
    return context.turnState.get(this.stateKey)
  }
}
