import { DialogUsageError } from '../dialog-usage-error.ts'
import type { TurnContext, TurnContextStateCollection } from '@parley/core'
import type { DialogInstance } from '../dialog-instance.ts'

/** What memory needs of a stack of dialogs. */
export interface MemoryHost {
  readonly context: TurnContext
  readonly stack: DialogInstance[]
  readonly parent: MemoryHost | undefined
  readonly child: MemoryHost | undefined
  readonly services: TurnContextStateCollection
  get activeDialog(): DialogInstance | undefined
  findDialog(dialogId: string): object | undefined
}

/** A part of the memory with a lifetime of its own, under a name that paths begin with. */
export abstract class MemoryScope {
  readonly name: string
  readonly includeInSnapshot: boolean

  /**
   * @param name - What paths begin with, whatever the case.
   * @param includeInSnapshot - Whether tools for developers are shown it. Default `true`.
   */
  constructor(name: string, includeInSnapshot = true) {
    this.name = name
    this.includeInSnapshot = includeInSnapshot
  }

  /** What is remembered; changes to it are kept unless the scope says otherwise. */
  abstract getMemory(dc: MemoryHost): object

  /** @throws Error: unless the scope can be replaced as a whole. */
  setMemory(_dc: MemoryHost, _memory: object): void {
    throw new DialogUsageError(`MemoryScope.setMemory: The '${this.name}' memory scope is read-only.`)
  }

  /** Reads what is stored. Default: nothing. */
  async load(_dc: MemoryHost): Promise<void> {}

  /** Stores what has changed. Default: nothing. */
  async saveChanges(_dc: MemoryHost): Promise<void> {}

  /** @throws Error: unless the scope can be deleted. */
  async delete(_dc: MemoryHost): Promise<void> {
    throw new DialogUsageError(`MemoryScope.delete: The '${this.name}' memory scope can't be deleted.`)
  }
}
