import { CloudAdapter } from '@parley/adapter'
import type { Answer, CloudAdapterOptions } from '@parley/adapter'
import type { Activity, TurnLogic } from '@parley/core'
import { MemoryStorage } from '@parley/state'
import type { Storage, StoreItems } from '@parley/state'
import { FakeChannel } from './fake-channel.ts'
import { MemoryLogger, request } from './road.ts'

/** A storage in memory that can be made to fail or hang. */
export class TroubledStorage implements Storage {
  readonly items: Record<string, string> = {}
  trouble: 'none' | 'fails' | 'hangs' = 'none'
  writes = 0
  private readonly storage = new MemoryStorage(this.items)

  async read(keys: string[]): Promise<StoreItems> {
    await this.meet()
    return this.storage.read(keys)
  }

  async write(changes: StoreItems): Promise<void> {
    this.writes += 1
    await this.meet()
    return this.storage.write(changes)
  }

  async delete(keys: string[]): Promise<void> {
    await this.meet()
    return this.storage.delete(keys)
  }

  /** What is stored of turns. */
  turns(): Record<string, unknown>[] {
    const turns = Object.entries(this.items).filter(([key]) => /^turns\/[0-9a-f]{64}$/.test(key))
    return turns.map(([, text]) => JSON.parse(text) as Record<string, unknown>)
  }

  private async meet(): Promise<void> {
    await new Promise(setImmediate)
    if (this.trouble === 'fails') throw new Error('the storage is down')
    if (this.trouble === 'hangs') await new Promise(() => {})
  }
}

/** Several hosts of one bot, each with an adapter of its own, and a channel that may deliver to any of them. */
export class HostsTogether {
  readonly channel: FakeChannel
  readonly storage: TroubledStorage
  readonly adapters: readonly CloudAdapter[]
  readonly log: MemoryLogger = new MemoryLogger()

  private constructor(channel: FakeChannel, storage: TroubledStorage, options: CloudAdapterOptions, count: number) {
    this.channel = channel
    this.storage = storage
    const { appId, appPassword, cloud } = channel
    const create = (): CloudAdapter =>
      new CloudAdapter({ appId, appPassword, cloud, logger: this.log, turnStorage: storage, ...options })
    this.adapters = Array.from({ length: count }, create)
  }

  static async open(options: CloudAdapterOptions = {}, count = 2): Promise<HostsTogether> {
    return new HostsTogether(await FakeChannel.start(), new TroubledStorage(), options, count)
  }

  async close(): Promise<void> {
    this.storage.trouble = 'none'
    await Promise.all(this.adapters.map((adapter) => adapter.close()))
    await this.channel.stop()
  }

  /** Delivers to one of the hosts. */
  deliver(host: number, activity: Partial<Activity>, logic: TurnLogic): Promise<Answer> {
    const adapter = this.adapters[host % this.adapters.length]!
    return adapter.handle(request(JSON.stringify(activity), `Bearer ${this.channel.token()}`), logic)
  }

  /** Codes and events that were logged. */
  logged(): string[] {
    return this.log.lines.flatMap(({ facts: { ev, code } }) => [ev, code]).filter((text) => typeof text === 'string')
  }
}
