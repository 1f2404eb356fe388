import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Activity } from '@parley/core'
import { FakeChannel } from './fake-channel.ts'

/** Longer than any test may take: a bot that ends did not wait for it. */
const LONG_MS = 600_000

const PAUSE_MS = 5

jest.setTimeout(30_000)

/** What the bot answered, or why it did not. */
interface Delivery {
  readonly status?: number | undefined
  readonly headers?: IncomingHttpHeaders
  readonly failure?: string | undefined
  /** Whether it went over a connection that had carried another before. */
  readonly reused: boolean
}

/** The program `drain-bot.mjs`, and a channel that keeps its connections to it open. */
class BotProcess {
  readonly channel: FakeChannel
  /** What it has logged. */
  readonly lines: Record<string, unknown>[] = []
  private readonly child: ChildProcess
  private readonly closed: Promise<unknown>
  private readonly agent = new Agent({ keepAlive: true })
  private port = 0

  private constructor(channel: FakeChannel, closeTimeoutMs: number) {
    this.channel = channel
    const env = {
      PATH: process.env['PATH'],
      MicrosoftAppId: channel.appId,
      MicrosoftAppPassword: channel.appPassword,
      ChannelService: channel.url,
    }
    const program = join(__dirname, 'drain-bot.mjs')
    this.child = spawn(process.execPath, [program, String(closeTimeoutMs)], {
      env,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    this.closed = once(this.child, 'close')
    let rest = ''
    this.child.stdout?.on('data', (chunk) => {
      const lines = (rest + String(chunk)).split('\n')
      rest = lines.pop() ?? ''
      this.lines.push(...lines.map((line) => JSON.parse(line) as Record<string, unknown>))
    })
  }

  static async start(closeTimeoutMs: number): Promise<BotProcess> {
    const bot = new BotProcess(await FakeChannel.start(), closeTimeoutMs)
    const started = await Promise.race([once(bot.child, 'message'), bot.ended()])
    if (!Array.isArray(started)) {
      await bot.close()
      throw new Error(`The bot ended while starting, with exit code ${started}.`)
    }
    bot.port = started[0] as number
    return bot
  }

  /** Delivers activities in as many conversations, and returns when all their turns run. */
  async run(texts: readonly string[]): Promise<Promise<Delivery>[]> {
    const before = this.channel.calls.length
    const deliveries = texts.map((text) => this.deliver(text))
    while (this.channel.calls.length < before + texts.length) await sleep(PAUSE_MS)
    return deliveries
  }

  /** Delivers an activity in a conversation of its own. */
  deliver(text: string, agent: Agent = this.agent): Promise<Delivery> {
    const conversation = { id: `conversation of ${text}` } as Activity['conversation']
    const body = JSON.stringify(this.channel.message({ text, conversation }))
    const headers = { authorization: `Bearer ${this.channel.token()}`, 'content-type': 'application/json' }
    const options = { host: '127.0.0.1', port: this.port, path: '/api/messages', method: 'POST', headers, agent }
    return new Promise((resolve) => {
      const outgoing = request(options, (response) => {
        const { statusCode: status, headers: received } = response
        // Only what was read to its end gives its connection back.
        response.resume().once('end', () => resolve({ status, headers: received, reused: outgoing.reusedSocket }))
      })
      outgoing.once('error', ({ code }: NodeJS.ErrnoException) => {
        resolve({ failure: code, reused: outgoing.reusedSocket })
      })
      outgoing.end(body)
    })
  }

  /** Lets the turn of that message go on. */
  goOn(text: string): void {
    this.child.send(text)
  }

  /** Signals it, and returns when it has begun to close. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal)
    while (!this.lines.some((line) => line['signal'] === signal)) await sleep(PAUSE_MS)
  }

  /** Signals it, and returns when it has ended. */
  kill(signal: NodeJS.Signals): Promise<number | null> {
    const ended = this.ended()
    this.child.kill(signal)
    return ended
  }

  /** Its exit code, when it has ended and all it wrote was read. */
  async ended(): Promise<number | null> {
    await this.closed
    return this.child.exitCode
  }

  async close(): Promise<void> {
    await this.kill('SIGKILL')
    this.agent.destroy()
    await this.channel.stop()
  }
}

let bot: BotProcess

afterEach(() => bot.close())

describe('a bot that gets a signal', () => {
  test('finishes the 20 turns that are running, takes no new one, and ends with exit code 0', async () => {
    bot = await BotProcess.start(LONG_MS)
    const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`)
    const [first, ...others] = await bot.run(texts)
    await bot.signal('SIGTERM')
    expect(bot.channel.texts.filter(Boolean)).toEqual([])

    bot.goOn('message 0')
    expect(await first).toMatchObject({ status: 200 })
    const late = await bot.deliver('over the connection of message 0')
    expect(late).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, reused: true })
    const fresh = await bot.deliver('over a new connection', new Agent())
    expect(fresh).toMatchObject({ failure: 'ECONNREFUSED' })

    for (const text of texts.slice(1)) bot.goOn(text)
    const statuses = (await Promise.all(others)).map(({ status }) => status)
    expect(statuses).toEqual(texts.slice(1).map(() => 200))
    expect(await bot.ended()).toBe(0)
    const replies = bot.channel.texts.filter((text) => text !== undefined)
    expect(replies.sort()).toEqual(texts.map((text) => `Echo: ${text}`).sort())
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('ends at once with exit code 1 when a %s follows', async (second) => {
    bot = await BotProcess.start(LONG_MS)
    const [delivery] = await bot.run(['a turn that does not end'])
    await bot.signal('SIGTERM')
    expect(await bot.kill(second)).toBe(1)
    expect(await delivery).toMatchObject({ failure: 'ECONNRESET' })
  })

  test('ends after the time limit, and logs how many turns had not ended', async () => {
    bot = await BotProcess.start(100)
    const deliveries = await bot.run(['one that does not end', 'another', 'a third'])
    await bot.signal('SIGTERM')
    expect(await bot.ended()).toBe(0)
    expect(bot.lines).toContainEqual(expect.objectContaining({ level: 40, ev: 'close.unfinished', turns: 3 }))
    for (const delivery of deliveries) expect(await delivery).toMatchObject({ failure: 'ECONNRESET' })
  })
})
