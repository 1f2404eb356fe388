import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Activity } from '@parley/core'
import { FakeChannel } from './fake-channel.ts'

jest.setTimeout(60_000)

/** More than a turn has. */
const MAX_STEPS = 100

/** The program `redelivery-bot.mjs`, started again whenever it was killed, over one folder. */
class MortalBot {
  readonly channel: FakeChannel
  kills = 0
  private readonly folder: string
  private child: ChildProcess | undefined
  private port = 0

  private constructor(channel: FakeChannel, folder: string) {
    this.channel = channel
    this.folder = folder
  }

  static async create(): Promise<MortalBot> {
    return new MortalBot(await FakeChannel.start(), await mkdtemp(join(tmpdir(), 'parley-kills-')))
  }

  /** Another process of the same bot, over the same folder. */
  sibling(): MortalBot {
    return new MortalBot(this.channel, this.folder)
  }

  async close(): Promise<void> {
    await this.kill()
    await this.channel.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Delivers an activity until it is accepted. */
  async deliverUntilAccepted(activity: Partial<Activity>): Promise<void> {
    while ((await this.deliver(activity)) !== 200);
  }

  /** The status of the answer; `undefined` when the bot ended first. */
  async deliver(activity: Partial<Activity>): Promise<number | undefined> {
    if (!this.child) await this.start()
    return new Promise((resolve) => {
      const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${this.channel.token()}` }
      const path = '/api/messages'
      const call = request({ host: '127.0.0.1', port: this.port, path, method: 'POST', headers, agent: false })
      call.on('response', (response) => response.resume().on('close', () => resolve(response.statusCode)))
      call.on('error', () => resolve(undefined))
      call.end(JSON.stringify(activity))
    })
  }

  /** Has the bot kill itself at its n-th step from now on. */
  async dieAt(n: number): Promise<void> {
    if (!this.child) await this.start()
    const armed = once(this.child!, 'message')
    this.child?.send({ dieAt: n })
    await armed
  }

  async kill(): Promise<void> {
    const { child } = this
    if (!child) return
    const closed = once(child, 'close')
    child.kill('SIGKILL')
    await closed
  }

  private async start(): Promise<void> {
    const { appId, appPassword, url } = this.channel
    const child = fork(join(__dirname, 'redelivery-bot.mjs'), [this.folder], {
      env: {
        PATH: process.env['PATH'],
        MicrosoftAppId: appId,
        MicrosoftAppPassword: appPassword,
        ChannelService: url,
      },
      execArgv: [],
    })
    this.child = child
    child.once('close', () => {
      this.kills += 1
      this.child = undefined
    })
    const [port] = (await once(child, 'message')) as [number]
    this.port = port
  }
}

let bot: MortalBot

beforeEach(async () => {
  bot = await MortalBot.create()
})

afterEach(() => bot.close())

test('a bot killed before and after every operation of its storage answers once, and nothing is lost', async () => {
  bot.channel.honoursKeys = true
  let steps = 1
  for (; steps < MAX_STEPS; steps += 1) {
    const activity = bot.channel.message({ text: String(steps) })
    await bot.dieAt(steps)
    if ((await bot.deliver(activity)) === 200) break
    await bot.deliverUntilAccepted(activity)
  }

  // A claim, and two sends that begin and end, each more than one operation with two ends.
  expect(bot.kills).toBeGreaterThanOrEqual(18)
  expect(bot.kills).toBe(steps - 1)
  const wanted = Array.from({ length: steps }, (_, index) => [`first to ${index + 1}`, `second to ${index + 1}`])
  expect(bot.channel.texts).toEqual(wanted.flat())
})

test.each([
  ['that honours keys shows it once', true, ['first to x', 'second to x']],
  ['that does not shows it twice, not the one before', false, ['first to x', 'second to x', 'second to x']],
])('of a bot killed while a reply is on its way a channel %s', async (_, honoursKeys, texts) => {
  bot.channel.honoursKeys = honoursKeys
  bot.channel.onCall = async ({ body }) => {
    if (bot.kills === 0 && body.text === 'second to x') await bot.kill()
  }
  const activity = bot.channel.message({ text: 'x' })

  await bot.deliver(activity)
  await bot.deliverUntilAccepted(activity)

  expect(bot.kills).toBe(1)
  expect(bot.channel.texts).toEqual(texts)
})

test('two processes that are given an activity five times at once have one turn', async () => {
  const other = bot.sibling()
  try {
    await Promise.all([bot, other].map((host) => host.deliver(bot.channel.message({ text: 'before' }))))
    const activity = bot.channel.message({ text: 'x' })

    const statuses = await Promise.all([bot, other, bot, other, bot].map((host) => host.deliver(activity)))

    expect(statuses).toEqual([200, 200, 200, 200, 200])
    expect(bot.channel.texts.filter((text) => text?.endsWith('x'))).toEqual(['first to x', 'second to x'])
  } finally {
    await other.kill()
  }
})
