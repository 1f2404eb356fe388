import { setTimeout as sleep } from 'node:timers/promises'
import { MemoryStorage } from '@parley/state'
import type { Storage, StoreItems } from '@parley/state'
import type { StorageFaults } from '../cases/fault-case.ts'

/** A storage in memory that is slow, fails, hangs, or is written by others at the worst moment. */
export class FaultyStorage implements Storage {
  private readonly items = new MemoryStorage()
  private readonly faults: StorageFaults
  private reads = 0
  private writes = 0

  constructor(faults: StorageFaults = {}) {
    this.faults = faults
  }

  async read(keys: string[]): Promise<StoreItems> {
    const fault = nth(this.faults.read, this.reads++)
    if (fault === 'hangs') await new Promise(() => {})
    if (fault === 'throws') throw new Error('the storage cannot be read')
    await this.delay()
    return this.items.read(keys)
  }

  async write(changes: StoreItems): Promise<void> {
    const fault = nth(this.faults.write, this.writes++)
    await this.delay()
    if (fault === 'throws') throw new Error('the storage cannot be written')
    if (fault === 'conflict') await this.interfere(Object.keys(changes))
    await this.items.write(changes)
  }

  delete(keys: string[]): Promise<void> {
    return this.items.delete(keys)
  }

  private async interfere(keys: string[]): Promise<void> {
    const stored = await this.items.read(keys)
    await this.items.write(
      Object.fromEntries(keys.map((key) => [key, { ...stored[key], other: this.writes, eTag: '*' }])),
    )
  }

  private async delay(): Promise<void> {
    const { delayMs = 0 } = this.faults
    if (delayMs > 0) await sleep(delayMs)
  }
}

function nth<T>(script: readonly T[] | undefined, index: number): T | undefined {
  return script?.[Math.min(index, script.length - 1)]
}
