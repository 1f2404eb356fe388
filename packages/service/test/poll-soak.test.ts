import type { DirectLineClient } from './direct-line-client.ts'
import { TestStream } from './direct-line-client.ts'
import { eventually } from 'test-support/eventually'
import { breakStore } from './failing-store.ts'
import { echo } from './stand-in-bot.ts'
import { startTogether, stopAll } from './start-together.ts'
import type { Together } from './start-together.ts'

/** Clients stop polling for ever, and say nothing, after one answer that is not 200: so there must be none, whatever happens. */

afterEach(stopAll)

const CONVERSATIONS = 10
const TROUBLES = 60
/** Polls of every client between two troubles. */
const POLLS = 3

/** The same troubles in every run. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** A client that polls as `botframework-directlinejs` does, and never again after a failure. */
class Poller {
  readonly conversationId: string
  readonly statuses: Set<number> = new Set()
  readonly texts: Set<string> = new Set()
  polls = 0
  private readonly client: DirectLineClient
  private watermark = ''

  constructor(client: DirectLineClient, conversationId: string) {
    this.client = client
    this.conversationId = conversationId
  }

  async poll(): Promise<void> {
    const path = `/conversations/${this.conversationId}/activities?watermark=${this.watermark}`
    const { status, body } = await this.client.call('GET', path)
    this.statuses.add(status)
    this.polls += 1
    if (status !== 200) return
    for (const { text } of body.activities) this.texts.add(text)
    this.watermark = body.watermark
  }
}

type Trouble = (chat: Together, pollers: readonly Poller[]) => Promise<unknown> | (() => unknown)

/** What goes wrong, or is a burden; those that return a function last until it is called. */
const KINDS: readonly Trouble[] = [
  ({ bot }) => {
    bot.turn = () => 500
    return () => (bot.turn = echo)
  },
  ({ bot }) => {
    bot.turn = async () => new Promise(() => {})
    return () => (bot.turn = echo)
  },
  ({ bot }) => {
    bot.expectedAppId = 'another'
    return () => (bot.expectedAppId = bot.appId)
  },
  ({ service, bot }) => {
    service.registerBot({ ...bot.registration, endpoint: 'http://127.0.0.1:9/' })
    return () => service.registerBot(bot.registration)
  },
  ({ service }) => {
    service.faults.inject({ status: 503, times: 20 })
    return () => service.faults.clear()
  },
  ({ service }) => {
    service.faults.inject({ reset: true, takesEffect: true, times: 5 })
    return () => service.faults.clear()
  },
  () => breakStore('get'),
  () => breakStore('lastSequence'),
  () => breakStore('readChanges'),
  () => breakStore('append'),
  async ({ service }) => service.identity.rotateKey('channel'),
  async ({ service }, pollers) => pollers.map(({ conversationId }) => service.cutStream(conversationId)),
  // More than is retained.
  async ({ bot }, [poller]) =>
    Promise.all(
      Array.from({ length: 30 }, async (_, index) =>
        bot.call('POST', `/${poller?.conversationId}/activities`, { type: 'message', text: `filler ${index}` }),
      ),
    ),
  async ({ directLine }, [, poller]) => {
    const { body } = await directLine.call('GET', `/conversations/${poller?.conversationId}`)
    if (body?.streamUrl === undefined) return
    const { socket } = new TestStream(body.streamUrl)
    await new Promise((resolve) => socket.once('open', resolve).once('close', resolve))
    socket.terminate()
  },
  async ({ service }) =>
    Promise.all(
      Array.from({ length: 50 }, async () => fetch(`${service.url}/v1/.well-known/keys`).then(async (r) => r.text())),
    ),
  async ({ bot }) => {
    await bot.stop()
    return bot.start()
  },
]

test('of thousands of polls none is answered other than 200, and afterwards everybody hears everything', async () => {
  const chat = await startTogether(echo, { botTimeoutMs: 40, streamKeepAliveMs: 50, retention: { maxActivities: 20 } })
  const pollers = await Promise.all(
    Array.from({ length: CONVERSATIONS }, async (_, index) => {
      const { conversationId, client } = await chat.directLine.start({ user: { id: `dl_${index}` } })
      return new Poller(index % 2 === 0 ? client : chat.directLine, conversationId)
    }),
  )
  const random = seededRandom(1)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

  for (let count = 0; count < TROUBLES; count += 1) {
    const trouble = pick(KINDS)(chat, pollers)
    const said = chat.directLine.say(pick(pollers).conversationId, `said ${count}`)
    for (let round = 0; round < POLLS; round += 1) await Promise.all(pollers.map(async (poller) => poller.poll()))
    if (typeof trouble === 'function') trouble()
    else await trouble
    await said
  }

  expect(pollers.map(({ statuses }) => [...statuses])).toEqual(pollers.map(() => [200]))
  expect(pollers.map(({ polls }) => polls)).toEqual(pollers.map(() => TROUBLES * POLLS))
  await Promise.all(
    pollers.map(async ({ conversationId }) =>
      chat.bot.call('POST', `/${conversationId}/activities`, { type: 'message', text: 'all is well' }),
    ),
  )
  await eventually(async () => {
    await Promise.all(pollers.map(async (poller) => poller.poll()))
    expect(pollers.filter(({ texts }) => !texts.has('all is well'))).toEqual([])
  })
})
