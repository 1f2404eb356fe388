import * as builder from '../src/index.ts'
import type { IContactRelationUpdate, Session } from '../src/index.ts'
import { APP_ID, startHost } from './host.ts'
import type { Host } from './host.ts'
import { eventually } from 'test-support/eventually'
import { Visitor } from './visitor.ts'
import type { Json } from './visitor.ts'

let host: Host

jest.setTimeout(30_000)

beforeAll(async () => {
  host = await startHost()
})
afterAll(() => host.close())

let logged: string[] = []
beforeEach(() => {
  logged = []
  jest.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    logged.push(parts.map(String).join(' '))
  })
})
afterEach(() => jest.restoreAllMocks())

const COUNT = (session: Session): void => {
  for (const bag of [session.userData, session.conversationData, session.privateConversationData]) {
    bag.count = (bag.count ?? 0) + 1
  }
  session.send('You said: %s (%d)', session.message.text, session.userData.count)
}

test('a contact comes, hears from the bot, talks, is remembered, goes, and is forgotten', async () => {
  const connector = host.connect()
  const bot = new builder.UniversalBot(connector, COUNT)
  bot.on('contactRelationUpdate', ({ action, address, user }: IContactRelationUpdate) => {
    if (action !== 'add') return connector.deleteData({ userId: user.id, address, ...PERSISTED })
    const { id: _id, ...oneWay } = address as builder.IChatConnectorAddress
    return bot.send(new builder.Message().address(oneWay as builder.IAddress).text('Welcome!'))
  })
  const visitor = await Visitor.arrive(host.service)
  const { channelEvents } = host.service

  expect(await channelEvents.send(visitor.conversationId, { system: 'contactAdded' })).toMatchObject({ status: 202 })
  await visitor.hears(1)
  const [welcome] = await visitor.heard()
  expect(welcome).toMatchObject({ text: 'Welcome!' })
  expect(welcome.replyToId).toBeUndefined()

  await visitor.say('hi')
  await visitor.hears(2)
  const [, reply] = await visitor.heard()
  expect(reply).toMatchObject({ text: 'You said: hi (1)', inputHint: 'acceptingInput', locale: 'en-US' })
  expect(reply.replyToId).toBeDefined()

  expect(await visitor.bag(APP_ID, 'user')).toEqual({ count: 1 })
  expect(await visitor.bag(APP_ID, 'conversation')).toEqual({ count: 1 })
  expect(await visitor.bag(APP_ID, 'private')).toMatchObject({
    count: 1,
    'BotBuilder.Data.SessionState': { callstack: [{ id: '*:/' }], version: 0 },
  })

  await channelEvents.send(visitor.conversationId, { system: 'contactRemoved' })
  await eventually(async () => expect(await visitor.bag(APP_ID, 'user')).toBeNull())
  expect(await visitor.bag(APP_ID, 'private')).toBeNull()
  expect(await visitor.bag(APP_ID, 'conversation')).toEqual({ count: 1 })
  expect(logged).toEqual([])
})

test('five messages at once are counted, and answered in order', async () => {
  const bot = new builder.UniversalBot(host.connect(), COUNT)
  bot.set('autoBatchDelay', 10)
  const visitor = await Visitor.arrive(host.service, { id: 'dl_quick', name: 'Quick' })
  for (const text of ['a', 'b', 'c', 'd', 'e']) await visitor.say(text)
  expect(await visitor.hears(5)).toEqual(['a', 'b', 'c', 'd', 'e'].map((text, n) => `You said: ${text} (${n + 1})`))
})

test('what two conversations change of one user at the same time is kept, both of it', async () => {
  const waiting: Session[] = []
  const bot = new builder.UniversalBot(host.connect(), (session) => {
    waiting.push(session)
    // What is done after the turn, as callbacks of SDK v3 do.
    if (waiting.length < 2) return
    for (const [index, one] of waiting.entries()) {
      one.userData[`name${index}`] = index
      one.send('done')
    }
  })
  bot.set('autoBatchDelay', 10)
  const user = { id: 'dl_twice', name: 'Twice' }
  const [first, second] = [await Visitor.arrive(host.service, user), await Visitor.arrive(host.service, user)]
  await first.say('one')
  await second.say('two')
  await Promise.all([first.hears(1), second.hears(1)])
  expect(await first.bag(APP_ID, 'user')).toEqual({ name0: 0, name1: 1 })
})

test('a bot that starts anew goes on with the dialog', async () => {
  const begin = (): void => {
    const bot = new builder.UniversalBot(host.connect(), [
      (session: Session) => builder.Prompts.text(session, 'Your name?'),
      (session: Session, { response }: builder.IPromptTextResult) => session.endDialog('Hello %s', response),
    ])
    bot.set('autoBatchDelay', 10)
  }
  begin()
  const visitor = await Visitor.arrive(host.service, { id: 'dl_restart', name: 'R' })
  await visitor.say('hi')
  await visitor.hears(1)
  begin()
  await visitor.say('Ada')
  expect(await visitor.hears(2)).toEqual(['Your name?', 'Hello Ada'])
})

test('an invoke is answered with what the bot says, and 501 when it says nothing', async () => {
  const connector = host.connect()
  const invoke = async (): Promise<Response> => post({ type: 'invoke', name: 'x', value: { a: 1 } })
  expect((await invoke()).status).toBe(501)
  connector.onInvoke((event, callback) => callback?.(null as unknown as Error, { got: (event as Json).value }, 201))
  const answer = await invoke()
  expect([answer.status, await answer.json()]).toEqual([201, { got: { a: 1 } }])
  connector.onInvoke((_event, callback) => callback?.(new Error('no such thing'), undefined))
  expect((await invoke()).status).toBe(500)
})

test('a wrong password is an error of the bot, said clearly, and in the log', async () => {
  const bot = new builder.UniversalBot(host.connect({ appId: APP_ID, appPassword: 'wrong' }), COUNT)
  const errors: Json[] = []
  bot.on('error', (error) => errors.push(error))
  const visitor = await Visitor.arrive(host.service, { id: 'dl_wrong', name: 'W' })
  await visitor.say('hi')
  await eventually(() => expect(errors).toHaveLength(1))
  expect(errors[0]).toMatchObject({ code: 'AUTH_CREDENTIALS_REFUSED' })
  await eventually(() => expect(logged.join()).toMatch(/AUTH_CREDENTIALS_REFUSED|secret/i))
  expect(logged.join()).not.toContain('wrong')
})

test.each([
  ['a message without a token', () => '', 401],
  ['what is no token', () => 'not.a.token', 401],
  ['a token for another bot', () => host.service.identity.mintChannelToken(APP_ID, { audience: 'another' }), 401],
  ['a token that ran out', () => host.service.identity.mintChannelToken(APP_ID, { lifetimeSeconds: -3600 }), 401],
])('%s is not let in', async (_what, token, status) => {
  const bot = new builder.UniversalBot(host.connect(), COUNT)
  const received = jest.fn()
  bot.on('receive', received)
  expect((await post({ type: 'message', text: 'x' }, token())).status).toBe(status)
  expect(received).not.toHaveBeenCalled()
})

test('the channel is answered before the bot begins, however fast the bot fails', async () => {
  const connector = host.connect()
  connector.onEvent((_events, callback) => callback?.(new Error('at once')))
  expect((await post({ type: 'message', text: 'x', id: 'fails' })).status).toBe(202)
  await eventually(() => expect(logged.join()).toContain('at once'))
})

test('verifyBotFramework lets channels on, and nobody else', async () => {
  const connector = host.connect()
  host.handle((request, response) => {
    connector.verifyBotFramework()(request, response, () => response.writeHead(204).end())
  })
  expect((await post({ type: 'message' }, '')).status).toBe(401)
  expect((await post({ type: 'message' })).status).toBe(204)
})

test('a delivery that comes twice is one turn', async () => {
  const bot = new builder.UniversalBot(host.connect(), COUNT)
  const received = jest.fn()
  bot.on('receive', received)
  const activity = { type: 'typing', id: 'the-same' }
  expect((await post(activity)).status).toBe(202)
  expect((await post(activity)).status).toBe(202)
  expect(received).toHaveBeenCalledTimes(1)
})

test('an error in a dialog ends the conversation with an apology, and is an error of the bot', async () => {
  const bot = new builder.UniversalBot(host.connect(), async () => {
    throw new Error('boom')
  })
  const errors: string[] = []
  bot.on('error', ({ message }) => errors.push(message))
  const visitor = await Visitor.arrive(host.service, { id: 'dl_boom', name: 'B' })
  await visitor.say('hi')
  await visitor.hears(2)
  expect(await visitor.heard()).toMatchObject([
    { type: 'message', text: 'Oops. Something went wrong and we need to start over.' },
    { type: 'endOfConversation', code: 'unknown' },
  ])
  expect(errors).toEqual(['boom'])
  expect(logged.join()).toContain('A dialog failed.')
})

test('the bot speaks first, in order with what the user says', async () => {
  const bot = new builder.UniversalBot(host.connect(), (session) => session.send('default'))
  let address: builder.IAddress | undefined
  bot.on('incoming', (message) => {
    address = message.address
  })
  bot.dialog('ask', [
    (session: Session, args: Json) => builder.Prompts.number(session, `How many ${args.what}?`),
    (session: Session, { response }: builder.IPromptNumberResult) => session.endDialog('Thanks for %d.', response),
  ])
  const visitor = await Visitor.arrive(host.service, { id: 'dl_asked', name: 'A' })
  await visitor.say('hi')
  await visitor.hears(1)
  await new Promise<void>((resolve, reject) => {
    bot.beginDialog(address!, 'ask', { what: 'apples' }, (err) => (err ? reject(err) : resolve()))
  })
  await visitor.say('three')
  expect(await visitor.hears(3)).toEqual(['default', 'How many apples?', 'Thanks for 3.'])
})

test('a user signs in by the card, and the bot has the token until the user signs out', async () => {
  const connector = host.connect()
  const bot = new builder.UniversalBot(connector, (session) => {
    builder.OAuthCard.create(connector, session, 'local', 'Sign in', 'Here', (_err, message) => session.send(message))
  })
  let address: builder.IChatConnectorAddress | undefined
  bot.on('incoming', (message) => {
    address = message.address
  })
  const visitor = await Visitor.arrive(host.service, { id: 'dl_signer', name: 'S' })
  await visitor.say('hi')
  await visitor.hears(1)
  const [{ attachments }] = await visitor.heard()
  expect(attachments[0]).toMatchObject({
    contentType: 'application/vnd.microsoft.card.oauth',
    content: { connectionName: 'local', text: 'Sign in' },
  })

  const token = (): Promise<Json> =>
    new Promise((resolve, reject) => {
      connector.getUserToken(address!, 'local', undefined, (err, found) => (err ? reject(err) : resolve(found)))
    })
  expect(await token()).toBeUndefined()
  host.service.userTokens.signIn({ appId: APP_ID, connectionName: 'local', userId: 'dl_signer' })
  expect(await token()).toMatchObject({ connectionName: 'local', token: expect.any(String) })
  await new Promise<void>((resolve) => connector.signOutUser(address!, 'local', () => resolve()))
  expect(await token()).toBeUndefined()
  const link = await new Promise<string>((resolve) => {
    connector.getSignInLink(address!, 'local', (_err, url) => resolve(url))
  })
  expect(link).toContain(host.service.url)
})

test('without an app id a bot on this machine is spoken to without proof', async () => {
  const connector = host.connect({})
  const bot = new builder.UniversalBot(connector, (session) => session.send('hi'))
  bot.set('storage', new builder.MemoryBotStorage())
  const failed = new Promise<Json>((resolve) => {
    bot.on('error', resolve)
  })
  expect((await post({ type: 'message', text: 'x', id: 'anonymous' }, '')).status).toBe(202)
  // The service wants to know who answers.
  expect(await failed).toMatchObject({ code: 'SEND_UNAUTHORIZED' })
  expect(await new Promise((resolve) => connector.getAccessToken((_err, token) => resolve(token)))).toBe('')
})

const PERSISTED = { persistUserData: true, persistConversationData: true }

function post(activity: object, token: string = host.service.identity.mintChannelToken(APP_ID)): Promise<Response> {
  const { serviceUrl } = host.service
  const body = {
    channelId: 'directline',
    serviceUrl,
    conversation: { id: 'c' },
    from: { id: 'u' },
    recipient: { id: APP_ID },
    ...activity,
  }
  const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  const headers = { 'content-type': 'application/json', ...authorization }
  return fetch(host.botUrl, { method: 'POST', headers, body: JSON.stringify(body) })
}
