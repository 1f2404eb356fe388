import { eventually } from 'test-support/eventually'
import { TestStream } from '../../test/direct-line-client.ts'
import { echo } from '../../test/stand-in-bot.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { startTogether, useTogether, whenDone } from '../../test/start-together.ts'

const together = useTogether(echo)

/** A promise and the way to keep it. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = withResolvers()
  return { opened: promise, open: resolve }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => {}
  const promise = new Promise<void>((keep) => (resolve = keep))
  return { promise, resolve }
}

const kinds = (): string[] => together.events.map(({ kind }) => kind)

async function startChat(): Promise<Awaited<ReturnType<typeof together.directLine.start>>> {
  const chat = await together.directLine.start({ user: { id: 'dl_ada' } })
  await eventually(() => expect(together.bot.received).toHaveLength(2))
  return chat
}

test('activities of one conversation reach the bot one after the other, in the order they were posted', async () => {
  const { bot } = together
  const { conversationId, client } = await startChat()
  const first = gate()
  const running: string[] = []
  bot.turn = async ({ text }) => {
    running.push(`${text} begins`)
    if (text === 'one') await first.opened
    running.push(`${text} ends`)
  }
  const posts = ['one', 'two', 'three'].map((text) => client.say(conversationId, text))
  await eventually(() => expect(running).toEqual(['one begins']))
  first.open()
  expect((await Promise.all(posts)).map(({ status }) => status)).toEqual([200, 200, 200])
  expect(running).toHaveLength(6)
  for (const [index, entry] of running.entries()) expect(entry).toMatch(index % 2 === 0 ? /begins$/ : /ends$/)
})

test('a conversation does not wait for another', async () => {
  const { bot } = together
  const slow = await startChat()
  const quick = await together.directLine.start()
  const hold = gate()
  bot.turn = async ({ text }) => (text === 'slow' ? hold.opened : undefined)
  const waiting = slow.client.say(slow.conversationId, 'slow')
  expect((await quick.client.say(quick.conversationId, 'quick')).status).toBe(200)
  hold.open()
  expect((await waiting).status).toBe(200)
})

test("what the bot says during its turn comes after the user's activity, also while the turn goes on", async () => {
  const { bot } = together
  const { conversationId, client } = await startChat()
  const hold = gate()
  bot.turn = async (activity) => {
    await bot.reply(activity, { type: 'message', text: 'working' })
    await hold.opened
  }
  const posted = client.say(conversationId, 'hello')
  await eventually(async () => expect((await client.texts(conversationId)).slice(-2)).toEqual(['hello', 'working']))
  hold.open()
  expect((await posted).status).toBe(200)
  expect((await client.texts(conversationId)).slice(-2)).toEqual(['hello', 'working'])
})

test.each([
  [500, 'bot-failed'],
  [404, 'bot-failed'],
  [302, 'bot-failed'],
  [401, 'bot-refused-token'],
  [403, 'bot-refused-token'],
])('a bot that answers %i is reported as %s, and the client gets 502', async (status, kind) => {
  const { bot, service } = together
  const { conversationId, client } = await startChat()
  bot.turn = () => status
  const answer = await client.say(conversationId, 'hello')
  expect(answer.status).toBe(502)
  expect(answer.body.error).toMatchObject({ code: 'BotError', message: expect.stringContaining(String(status)) })
  expect(together.events).toMatchObject([{ kind, status, appId: bot.appId }])
  expect(service.bots[0]?.problem).toMatchObject({ kind })
  expect(await client.texts(conversationId)).toEqual(['Welcome!'])
  bot.turn = echo
  await client.say(conversationId, 'better?')
  expect(kinds()).toEqual([kind, 'bot-back'])
  expect(service.bots[0]?.problem).toBeUndefined()
})

test('a bot that says something and then fails has received what the user said', async () => {
  const { bot } = together
  const { conversationId, client } = await startChat()
  bot.turn = async (activity) => {
    await bot.reply(activity, { type: 'message', text: 'sorry' })
    return 500
  }
  expect((await client.say(conversationId, 'hello')).status).toBe(502)
  expect((await client.texts(conversationId)).slice(-2)).toEqual(['hello', 'sorry'])
  bot.turn = echo
  await client.say(conversationId, 'again')
})

test('a bot that does not answer in time is reported, and the client gets 502 without waiting longer', async () => {
  const { bot, directLine, events } = await startTogether(undefined, { botTimeoutMs: 40 })
  const { conversationId, client } = await directLine.start()
  await eventually(async () => expect((await client.say(conversationId, 'warm up')).status).toBe(200))
  events.length = 0
  const hold = gate()
  bot.turn = () => hold.opened
  expect((await client.say(conversationId, 'hello')).status).toBe(502)
  expect(events).toMatchObject([{ kind: 'bot-timeout' }])
  expect(await client.texts(conversationId)).toContain('hello')
  hold.open()
})

test('a bot with a wrong secret is reported with the setting to correct, until it gets a token', async () => {
  const { service, bot } = together
  const { conversationId, client } = await startChat()
  const ask = async (secret: string): Promise<number> => {
    const fields = {
      grant_type: 'client_credentials',
      client_id: bot.appId,
      client_secret: secret,
      scope: 'x/.default',
    }
    const answer = await fetch(`${service.url}/common/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    })
    return answer.status
  }
  bot.turn = async () => ((await ask('wrong')) === 200 ? 200 : 500)
  await client.say(conversationId, 'hello')
  expect(together.events).toMatchObject([
    { kind: 'bot-wrong-secret', message: expect.stringContaining('MicrosoftAppPassword') },
  ])
  bot.turn = async () => ((await ask(bot.secret)) === 200 ? 200 : 500)
  await client.say(conversationId, 'hello')
  expect(kinds().at(-1)).toBe('bot-back')
})

describe('a bot that is not running', () => {
  test('is reported with its address; when it is back, it gets the introductions it missed and says hello', async () => {
    const { bot, events, directLine } = await startTogether(echo)
    await bot.stop()
    const { conversationId, streamUrl, client } = await directLine.start({ user: { id: 'dl_ada' } })
    const stream = new TestStream(streamUrl)
    whenDone(async () => stream.socket.terminate())
    await eventually(() => expect(events).toMatchObject([{ kind: 'bot-unreachable', appId: bot.appId }]))
    expect(events[0]?.message).toContain(String(bot.registration.endpoint))
    const answer = await client.say(conversationId, 'anybody there?')
    expect(answer).toMatchObject({ status: 502, body: { error: { code: 'BotError' } } })
    await bot.start()
    await stream.has(1)
    expect(events.map(({ kind }) => kind)).toEqual(['bot-unreachable', 'bot-back'])
    expect(bot.received.map(({ type }: Json) => type)).toEqual(['conversationUpdate', 'conversationUpdate'])
    expect(await client.texts(conversationId)).toEqual(['Welcome!'])
    expect((await client.say(conversationId, 'hello')).status).toBe(200)
  })

  test('gets what it missed before anything else, also when nobody was waiting for it', async () => {
    const { bot, directLine, events } = await startTogether(echo)
    await bot.stop()
    const { conversationId, client } = await directLine.start()
    await eventually(() => expect(events).toHaveLength(1))
    await bot.start()
    await client.say(conversationId, 'hello')
    expect(bot.received.map(({ type }: Json) => type)).toEqual(['conversationUpdate', 'conversationUpdate', 'message'])
    expect(events.map(({ kind }) => kind)).toEqual(['bot-unreachable', 'bot-back'])
  })

  test('is not knocked at while nobody waits for it', async () => {
    const { bot, directLine, events } = await startTogether(echo)
    await bot.stop()
    await directLine.start()
    await eventually(() => expect(events).toHaveLength(1))
    await bot.start()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(bot.received).toEqual([])
  })

  test('and is started again between two activities is written to on a new connection', async () => {
    const { bot, directLine } = await startTogether(echo)
    const { conversationId, client } = await directLine.start()
    await client.say(conversationId, 'one')
    await bot.stop()
    await bot.start()
    expect((await client.say(conversationId, 'two')).status).toBe(200)
  })
})

test('a bot that refused its introductions gets them once it accepts the token', async () => {
  const { bot } = together
  bot.expectedAppId = 'something else'
  const { conversationId, client } = await together.directLine.start()
  await eventually(() => expect(kinds()).toEqual(['bot-refused-token']))
  bot.expectedAppId = bot.appId
  await client.say(conversationId, 'hello')
  expect(bot.received.map(({ type }: Json) => type)).toEqual(['conversationUpdate', 'conversationUpdate', 'message'])
})

test('a bot that is given new settings is spoken to at its new address', async () => {
  const { service, bot, directLine } = await startTogether(echo)
  const { conversationId, client } = await directLine.start()
  service.registerBot({ ...bot.registration, endpoint: 'http://127.0.0.1:9/' })
  expect((await client.say(conversationId, 'hello')).status).toBe(502)
  service.registerBot(bot.registration)
  expect((await client.say(conversationId, 'hello')).status).toBe(200)
})

test('an invoke is for the bot alone, and one the bot says no to is no failure of the bot', async () => {
  const { bot } = together
  const { conversationId, client } = await startChat()
  const invoke = { type: 'invoke', name: 'signin/tokenExchange', value: { token: 'secret' }, from: { id: 'dl_ada' } }
  const post = async (): Promise<number> =>
    (await client.call('POST', `/conversations/${conversationId}/activities`, invoke)).status
  const statuses: number[] = []
  for (const answer of [200, 412, 404, 501]) {
    bot.turn = () => answer
    statuses.push(await post())
  }
  expect(statuses).toEqual([200, 502, 502, 502])
  expect(kinds()).toEqual([])
  expect(JSON.stringify(await client.poll(conversationId))).not.toContain('secret')
  bot.turn = () => 500
  await post()
  expect(kinds()).toEqual(['bot-failed'])
})

test('while a bot hangs only so many posts wait for it; the others are told when to come again', async () => {
  const { bot } = together
  const { conversationId, client } = await startChat()
  const hang = gate()
  bot.turn = async () => hang.opened
  const posts = Array.from({ length: 130 }, async () => client.say(conversationId, 'hello'))
  const refused = await Promise.any(posts.map(async (post) => ((await post).status === 429 ? post : Promise.reject())))
  expect(refused.body.error.code).toBe('Throttled')
  expect(refused.headers.get('retry-after')).toBe('1')
  // Only this conversation waits.
  const other = await together.directLine.start()
  expect((await client.call('GET', `/conversations/${conversationId}/activities`)).status).toBe(200)
  expect(other.conversationId).not.toBe(conversationId)
  hang.open()
  const statuses = (await Promise.all(posts)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(101)
  expect(statuses.filter((status) => status === 429)).toHaveLength(29)
  expect((await client.say(conversationId, 'again')).status).toBe(200)
})
