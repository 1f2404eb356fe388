import type { BagKey, BagStore, RemovedBag, StoredBag } from './bag-store.ts'
import type { RetentionLimits } from './retention.ts'

/** By the key as a text; in the order they were written, the oldest first. */
type Bags = Map<string, RemovedBag>

/** Keeps bags in this process, and loses them with it. */
export class MemoryBagStore implements BagStore {
  private readonly limits: RetentionLimits
  private readonly bots: Map<string, Bags> = new Map()

  constructor(limits: RetentionLimits) {
    this.limits = limits
  }

  read(key: BagKey): StoredBag | undefined {
    return this.bots.get(key.botId)?.get(nameOf(key))?.bag
  }

  write(key: BagKey, bag: StoredBag): void {
    const bags: Bags = this.bots.get(key.botId) ?? new Map()
    const name = nameOf(key)
    // Taken out first, so that it comes last.
    bags.delete(name)
    this.bots.set(key.botId, bags.set(name, { key, bag }))
    for (const oldest of bags.keys()) {
      if (bags.size <= this.limits.maxBags) return
      bags.delete(oldest)
    }
  }

  remove(key: BagKey): boolean {
    return this.bots.get(key.botId)?.delete(nameOf(key)) ?? false
  }

  removeUser(botId: string, channelId: string, userId: string): readonly RemovedBag[] {
    const all = [...(this.bots.get(botId)?.values() ?? [])]
    const removed = all.filter(({ key }) => key.channelId === channelId && key.userId === userId)
    for (const { key } of removed) this.remove(key)
    return removed
  }
}

function nameOf({ channelId, conversationId = '', userId = '' }: BagKey): string {
  return JSON.stringify([channelId, conversationId, userId])
}
