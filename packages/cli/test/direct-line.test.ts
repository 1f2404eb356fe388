import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startService } from '@parley/service'
import { ActivityFeed } from '../src/direct-line/activity-feed.ts'
import type { FeedState } from '../src/direct-line/activity-feed.ts'
import { DirectLineConversation } from '../src/direct-line/direct-line-conversation.ts'
import type { WireActivity } from '../src/direct-line/wire-activity.ts'
import { afterTest, echo, startTogether } from './bot-host.ts'
import type { BotLogic } from './bot-host.ts'
import { eventually } from 'test-support/eventually'
import { freePort } from 'test-support/free-port'

const user = { id: 'dl_ada', name: 'Ada' }
const pauses = { pollMs: 10, reconnectMs: 5 }

/** Texts of the bot and states of the feed, as they come. */
function listen(
  conversation: DirectLineConversation,
  stream = true,
): { texts: string[]; states: FeedState[]; errors: Error[] } {
  const seen = { texts: [] as string[], states: [] as FeedState[], errors: [] as Error[] }
  const feed = new ActivityFeed({
    conversation,
    stream,
    pauses,
    onActivity: ({ type, text }: WireActivity) => seen.texts.push(type === 'message' ? String(text) : type),
    onState: (state) => seen.states.push(state),
    onEnd: (error) => seen.errors.push(error),
  })
  afterTest(async () => feed.close())
  return seen
}

test('a conversation begins with its user known, and what is said comes over the stream', async () => {
  const { service, bot } = await startTogether()
  const { url, directLineSecret: secret } = service
  const conversation = await DirectLineConversation.start({
    service: url,
    secret,
    user: { id: 'ada', name: 'Ada' },
    locale: 'de',
  })
  const seen = listen(conversation)
  const { id } = await conversation.post({ type: 'message', text: 'hi' })
  expect(id).toMatch(/\|\d{7}$/)
  await eventually(() => expect(seen.texts).toEqual(['Hello and welcome!', 'hi', 'Echo: hi']))
  expect(seen.states).toEqual(['streaming'])
  expect(conversation.userId).toBe('dl_ada')
  expect(bot.received.at(-1)).toMatchObject({ from: { id: 'dl_ada', name: 'Ada' }, text: 'hi' })
  expect(bot.received[0]).toMatchObject({ type: 'conversationUpdate', locale: 'de' })
})

test('after a broken stream nothing is lost and nothing comes twice', async () => {
  const { service } = await startTogether()
  const conversation = await DirectLineConversation.start({
    service: service.url,
    secret: service.directLineSecret,
    user,
  })
  const seen = listen(conversation)
  const expected = ['Hello and welcome!']
  for (let round = 0; round < 5; round++) {
    await eventually(() => expect(seen.states.at(-1)).toBe('streaming'))
    expect(service.cutStream(conversation.id)).toBe(true)
    await conversation.post({ type: 'message', text: String(round) })
    expected.push(String(round), `Echo: ${round}`)
    await eventually(() => expect(seen.texts).toEqual(expected))
  }
  expect(seen.states).toContain('reconnecting')
  expect(seen.errors).toEqual([])
})

test('where no stream gets through, activities are polled, and streams are tried three times', async () => {
  const { service } = await startTogether()
  let upgrades = 0
  const proxy = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const answer = await fetch(`${service.url}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
        ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
      })
      const text = (await answer.text()).replaceAll(service.url.replace('http', 'ws'), `ws://127.0.0.1:${port}`)
      response.writeHead(answer.status).end(text)
    })()
  })
  proxy.on('upgrade', (_request, socket) => {
    upgrades++
    socket.destroy()
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo
  afterTest(() => new Promise((resolve) => proxy.close(resolve).closeAllConnections()))
  const options = { service: `http://127.0.0.1:${port}`, secret: service.directLineSecret, user }
  const conversation = await DirectLineConversation.start(options)
  const seen = listen(conversation)
  await conversation.post({ type: 'message', text: 'hi' })
  await eventually(() => expect(seen.texts).toEqual(['Hello and welcome!', 'hi', 'Echo: hi']))
  await conversation.post({ type: 'message', text: 'again' })
  await eventually(() => expect(seen.texts.slice(3)).toEqual(['again', 'Echo: again']))
  expect(seen.states).toEqual(['reconnecting', 'polling'])
  expect(upgrades).toBe(3)
})

test('a token is renewed before it expires, and opened again with the secret after that', async () => {
  let ahead = 0
  const now = (): number => Date.now() + ahead
  const { service } = await startTogether(echo, { clock: { now } })
  const { url, directLineSecret: secret } = service
  const tokenOf = async (): Promise<string> => {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}/v3/directline/tokens/generate`, { method: 'POST', headers, body: '{}' })
    return ((await answer.json()) as { token: string }).token
  }
  const withToken = await DirectLineConversation.start({ service: url, token: await tokenOf(), user, now })
  const withSecret = await DirectLineConversation.start({ service: url, secret, user, now })
  for (let hour = 0; hour < 3; hour++) {
    await withToken.poll(undefined)
    ahead += 50 * 60_000
  }
  ahead += 24 * 60 * 60_000
  await expect(withToken.poll(undefined)).rejects.toMatchObject({ code: 'CLI_UNREACHABLE' })
  await expect(withSecret.poll(undefined)).resolves.toHaveProperty('activities')
})

test('files are sent with a message', async () => {
  const { service, bot } = await startTogether()
  const conversation = await DirectLineConversation.start({
    service: service.url,
    secret: service.directLineSecret,
    user,
  })
  const file = { name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('abc') }
  await conversation.upload([file], { type: 'message', text: 'look' })
  const { text, attachments = [] } = bot.received.at(-1) ?? {}
  expect([text, attachments[0]?.name, attachments[0]?.contentType]).toEqual(['look', 'a.txt', 'text/plain'])
  expect(await (await fetch(attachments[0]?.contentUrl ?? '')).text()).toBe('abc')
})

test.each<[string, BotLogic, string, string]>([
  ['a bot that fails', () => Promise.reject(new Error('no')), 'CLI_BOT_FAILED', 'The bot answered 500'],
  [
    'a conversation the bot ended',
    (context) => (context.activity.text ? context.sendActivity({ type: 'endOfConversation' }) : Promise.resolve()),
    'CLI_CONVERSATION_OVER',
    'The conversation is over',
  ],
])('%s is told with a code', async (_, logic, code, message) => {
  const { service } = await startTogether(logic)
  const conversation = await DirectLineConversation.start({
    service: service.url,
    secret: service.directLineSecret,
    user,
  })
  const say = (): Promise<unknown> => conversation.post({ type: 'message', text: 'hi' })
  if (code === 'CLI_CONVERSATION_OVER') await say()
  await expect(say()).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
})

test('what cannot be reached, and what refuses the secret, is told with what to do', async () => {
  const service = await startService({ port: 0 })
  afterTest(() => service.close())
  const start = (address: string, secret = 'a wrong secret'): Promise<unknown> =>
    DirectLineConversation.start({ service: address, secret, user })
  await expect(start(service.url)).rejects.toMatchObject({
    code: 'CLI_UNREACHABLE',
    message: expect.stringContaining('refused the secret or token'),
  })
  await expect(start(`http://127.0.0.1:${await freePort()}`)).rejects.toMatchObject({
    code: 'CLI_UNREACHABLE',
    message: expect.stringMatching(/^No service answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)\. Start it/),
  })
  await expect(start(service.url, service.directLineSecret)).rejects.toMatchObject({ code: 'CLI_DIRECT_LINE' })
})

test.each(['http://example.com', 'ftp://127.0.0.1', 'service', 'http://a:b@127.0.0.1'])(
  'no secret is sent to %s',
  async (service) => {
    await expect(DirectLineConversation.start({ service, secret: 'x', user })).rejects.toMatchObject({
      code: 'CLI_USAGE',
    })
  },
)
