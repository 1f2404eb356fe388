import { randomUUID } from 'node:crypto'
import type { RegisteredBot } from '../../bots/registered-bot.ts'

/** One recipient of a message to many. */
export interface BatchEntry {
  readonly id: string
  /** Why it got nothing. */
  readonly error?: { readonly status: number; readonly text: string }
}

interface BatchOperation {
  readonly botId: string
  readonly entries: readonly BatchEntry[]
}

const MAX_OPERATIONS = 1_000

/** What became of messages to many; those before the last 1 000 are forgotten. */
export class BatchOperations {
  private readonly operations: Map<string, BatchOperation> = new Map()

  /** Keeps what became of a message. @returns the operation's id. */
  add(bot: RegisteredBot, entries: readonly BatchEntry[]): string {
    const id = randomUUID()
    this.operations.set(id, { botId: bot.appId, entries })
    for (const oldest of this.operations.keys()) {
      if (this.operations.size <= MAX_OPERATIONS) break
      this.operations.delete(oldest)
    }
    return id
  }

  /** The recipients of an operation of the bot. */
  entriesOf(bot: RegisteredBot, operationId: string): readonly BatchEntry[] | undefined {
    const operation = this.operations.get(operationId)
    return operation?.botId === bot.appId ? operation.entries : undefined
  }
}
