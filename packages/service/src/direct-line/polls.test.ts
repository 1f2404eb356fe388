import { eventually } from 'test-support/eventually'
import { echo } from '../../test/stand-in-bot.ts'
import { breakStore } from '../../test/failing-store.ts'
import { DataFolderFailedError } from '../store/data-folder-errors.ts'
import { TestStream } from '../../test/direct-line-client.ts'
import type { DirectLineClient } from '../../test/direct-line-client.ts'
import { startTogether, stopAll } from '../../test/start-together.ts'
import type { ServiceOptions } from '@parley/service'
import type { Together } from '../../test/start-together.ts'

/** Clients stop polling for ever, and say nothing, after one answer that is not 200. */

afterEach(stopAll)

interface Poller extends Together {
  readonly conversationId: string
  readonly client: DirectLineClient
  /** Polls, each from where the last ended. @returns the statuses. */
  readonly poll: (times?: number) => Promise<number[]>
}

async function startPolling(options: ServiceOptions = {}): Promise<Poller> {
  const together = await startTogether(echo, { botTimeoutMs: 50, ...options })
  const { conversationId, client } = await together.directLine.start({ user: { id: 'dl_ada' } })
  let watermark = ''
  const poll = async (times = 1): Promise<number[]> => {
    const statuses: number[] = []
    for (let count = 0; count < times; count += 1) {
      const path = `/conversations/${conversationId}/activities?watermark=${watermark}`
      const { status, body } = await client.call('GET', path)
      if (status === 200) watermark = body.watermark
      statuses.push(status)
    }
    return statuses
  }
  return { ...together, conversationId, client, poll }
}

type Trouble = (chat: Poller) => Promise<unknown> | void

test.each<[string, Trouble]>([
  ['the bot is down', async ({ bot }) => bot.stop()],
  ['the bot refuses the token', ({ bot }) => void (bot.expectedAppId = 'another')],
  ['the bot fails', ({ bot }) => void (bot.turn = () => 500)],
  ['the bot does not answer in time', ({ bot }) => void (bot.turn = async () => new Promise(() => {}))],
  [
    'the bot is registered at an address where nothing is',
    ({ service, bot }) => service.registerBot({ ...bot.registration, endpoint: 'http://127.0.0.1:9/' }),
  ],
  [
    'calls of the bot are throttled',
    ({ service }) => void service.faults.inject({ status: 429, retryAfter: 60, times: 1000 }),
  ],
  [
    'the conversation has ended',
    async ({ bot, conversationId }) => bot.call('POST', `/${conversationId}/activities`, { type: 'endOfConversation' }),
  ],
  [
    'a bubble was taken back',
    async ({ bot, conversationId }) => {
      const { body } = await bot.call('POST', `/${conversationId}/activities`, { type: 'message', text: 'x' })
      await bot.call('DELETE', `/${conversationId}/activities/${encodeURIComponent(body.id)}`)
    },
  ],
  ['the keys of the channel were changed', async ({ service }) => service.identity.rotateKey('channel')],
  [
    'a stream is open too, and cut',
    async ({ client, conversationId, service }) => {
      const { body } = await client.call('GET', `/conversations/${conversationId}`)
      const { socket } = new TestStream(body.streamUrl)
      await new Promise((resolve) => socket.once('open', resolve))
      service.cutStream(conversationId)
    },
  ],
])('polls are answered 200 while %s', async (_, trouble) => {
  const chat = await startPolling()
  expect(await chat.poll(2)).toEqual([200, 200])
  await trouble(chat)
  const saying = chat.client.say(chat.conversationId, 'hello')
  expect(await chat.poll(3)).toEqual([200, 200, 200])
  await saying
  expect(await chat.poll(2)).toEqual([200, 200])
})

test.each(['get', 'lastSequence', 'readChanges'] as const)(
  'a poll finds nothing new while the store fails to %s, and everything when it works again',
  async (method) => {
    const { directLine, client, conversationId } = await startPolling({ botTimeoutMs: 15_000 })
    await client.say(conversationId, 'one')
    const before = await client.poll(conversationId)
    await client.say(conversationId, 'two')
    const mend = breakStore(method)
    const during = await Promise.all([
      client.call('GET', `/conversations/${conversationId}/activities?watermark=${before.watermark}`),
      client.call('GET', `/conversations/${conversationId}/activities`),
      directLine.call('GET', `/conversations/${conversationId}/activities?watermark=-`),
    ])
    mend()
    expect(during.map(({ status, body }) => [status, body])).toEqual([
      [200, { activities: [], watermark: before.watermark }],
      [200, { activities: [], watermark: '-' }],
      [200, { activities: [], watermark: '-' }],
    ])
    const texts = async (watermark: string): Promise<string[]> =>
      (await client.poll(conversationId, watermark)).activities.map(({ text }) => text)
    expect(await texts(before.watermark)).toEqual(['two', 'Echo: two'])
    expect(await texts('-')).toEqual(['Welcome!', 'one', 'Echo: one', 'two', 'Echo: two'])
  },
)

test('a store that fails while a bot is waited for, or a stream is opened, costs no more than that', async () => {
  const { service, bot, client, directLine, conversationId } = await startPolling()
  const { body } = await client.call('GET', `/conversations/${conversationId}`)
  await bot.stop()
  expect((await client.say(conversationId, 'hello')).status).toBe(502)
  await client.poll(conversationId)
  let calls = 0
  const mend = breakStore('get', { onCall: () => (calls += 1) })
  const stream = new TestStream(body.streamUrl)
  await stream.end()
  // The service looks for the bot as long as somebody polls.
  await eventually(() => expect(calls).toBeGreaterThan(2))
  mend()
  expect(stream.refused).toBe(500)
  await bot.start()
  await eventually(async () => expect((await client.say(conversationId, 'again')).status).toBe(200))
  expect((await directLine.start()).conversationId).not.toBe(conversationId)
  expect(service.bots[0]?.problem).toBeUndefined()
})

test('what cannot be written for want of a disk is answered 503, can be repeated, and is there once', async () => {
  const { service, bot, client, conversationId } = await startPolling({ botTimeoutMs: 15_000 })
  const say = async (): Promise<Response> =>
    fetch(`${client.base}/conversations/${conversationId}/activities`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${client.credential}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'event', name: 'one', from: { id: 'dl_ada' } }),
    })
  await client.say(conversationId, 'hello')
  const mend = breakStore('append', { error: new DataFolderFailedError('service.sqlite', 'database or disk is full') })
  const refused = [
    await say(),
    await fetch(`${client.base.replace('/directline', '')}/conversations/${conversationId}/activities`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${service.identity.mintAccessToken(bot.appId)}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ type: 'message', text: 'from the bot' }),
    }),
  ]
  mend()
  expect(refused.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
    [503, '1'],
    [503, '1'],
  ])
  expect(await refused[0]?.json()).toEqual({ error: { code: 'ServiceError', message: expect.any(String) } })
  expect((await say()).status).toBe(200)
  const { activities } = await client.poll(conversationId)
  expect(activities.filter(({ type }) => type === 'event')).toHaveLength(1)
})

test('polls are answered 200 from any place when most of what was said is forgotten', async () => {
  const { client, conversationId } = await startPolling({ botTimeoutMs: 15_000, retention: { maxActivities: 1 } })
  for (const text of ['one', 'two', 'three']) await client.say(conversationId, text)
  const lastText = async (): Promise<unknown> => (await client.poll(conversationId, '')).activities.at(-1)?.text
  while ((await lastText()) !== 'Echo: three') await new Promise((resolve) => setTimeout(resolve, 5))
  const watermarks = ['', '-', '0', '1', '2', '3', '4']
  const answers = watermarks.map(async (watermark) => client.poll(conversationId, watermark))
  const texts = (await Promise.all(answers)).map(({ activities }) => activities.map(({ text }) => text))
  expect(texts).toEqual(watermarks.map(() => ['Echo: three']))
})

test('200 polls at once are answered 200', async () => {
  const { poll } = await startPolling()
  const statuses = await Promise.all(Array.from({ length: 200 }, async () => poll()))
  expect(new Set(statuses.flat())).toEqual(new Set([200]))
})
