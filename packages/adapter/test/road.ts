import { CloudAdapter } from '@parley/adapter'
import type { Answer, CloudAdapterOptions, InboundRequest } from '@parley/adapter'
import type { Activity, LogMethod, Logger, TurnLogic } from '@parley/core'
import { FakeChannel } from './fake-channel.ts'

/** One line of a {@link MemoryLogger}. */
export interface LogLine {
  readonly level: keyof Logger
  readonly facts: Record<string, unknown>
  readonly message: string
}

/** Keeps what is logged. */
export class MemoryLogger implements Logger {
  readonly lines: LogLine[] = []
  readonly debug: LogMethod = this.method('debug')
  readonly info: LogMethod = this.method('info')
  readonly warn: LogMethod = this.method('warn')
  readonly error: LogMethod = this.method('error')

  private method(level: keyof Logger): LogMethod {
    return (facts, message) => void this.lines.push({ level, facts: facts as Record<string, unknown>, message })
  }
}

/** An adapter and a channel that sends it activities, without a web server between them. */
export class Road {
  readonly channel: FakeChannel
  readonly adapter: CloudAdapter
  readonly log: MemoryLogger

  private constructor(channel: FakeChannel, options: CloudAdapterOptions) {
    this.channel = channel
    this.log = new MemoryLogger()
    const { appId, appPassword, cloud } = channel
    this.adapter = new CloudAdapter({ appId, appPassword, cloud, logger: this.log, ...options })
  }

  static async open(options: CloudAdapterOptions = {}): Promise<Road> {
    return new Road(await FakeChannel.start(), options)
  }

  async close(): Promise<void> {
    await this.adapter.close()
    await this.channel.stop()
  }

  /** Delivers an activity with a valid token, as the channel does. */
  deliver(activity: Partial<Activity>, logic: TurnLogic): Promise<Answer> {
    return this.adapter.handle(request(JSON.stringify(activity), `Bearer ${this.channel.token()}`), logic)
  }
}

/** A request as a host would hand it over. */
export function request(body: string, authorization?: string, facts: Partial<InboundRequest> = {}): InboundRequest {
  const headers: Record<string, string | undefined> = { 'content-type': 'application/json', authorization }
  return {
    method: 'POST',
    header: (name) => headers[name],
    body: async () => ({ kind: 'bytes', bytes: Buffer.from(body) }),
    ...facts,
  }
}

/** A promise and the function that fulfils it. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
