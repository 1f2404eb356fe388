import type { Storage, StoreItems } from '@parley/state'

/** The id of no process. */
const NO_PID = 99_999_999

/** A storage that several hosts share, as one of them sees it. */
export class HostStorage implements Storage {
  private readonly shared: Storage
  private readonly written = new Set<string>()
  private isDead = false

  constructor(shared: Storage) {
    this.shared = shared
  }

  async read(keys: string[]): Promise<StoreItems> {
    this.requireLife()
    return this.shared.read(keys)
  }

  async write(changes: StoreItems): Promise<void> {
    this.requireLife()
    for (const key of Object.keys(changes)) this.written.add(key)
    await this.shared.write(changes)
  }

  async delete(keys: string[]): Promise<void> {
    this.requireLife()
    await this.shared.delete(keys)
  }

  /**
   * Leaves everything as the host's process would that is killed now: nothing more comes from it, and what it owns has an
   * owner that has ended.
   */
  async die(): Promise<void> {
    this.isDead = true
    const items = Object.entries(await this.shared.read([...this.written]))
    for (const [key, item] of items) {
      const { owner } = item as { owner?: unknown }
      if (typeof owner !== 'string') continue
      await this.shared.write({ [key]: { ...item, owner: owner.replace(/^\d+/, String(NO_PID)), eTag: '*' } })
    }
  }

  private requireLife(): void {
    if (this.isDead) throw new Error('this host is dead')
  }
}
