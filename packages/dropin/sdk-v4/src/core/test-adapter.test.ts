import { TurnContext } from '@parley/core'
import type { Activity } from '@parley/core'
import { BotAdapter } from './bot-adapter.ts'
import { TestAdapter } from './test-adapter.ts'
import { TestFlow } from './test-flow.ts'

const user = { id: 'user1', name: 'User1' }
const bot = { id: 'bot', name: 'Bot' }

/** An adapter whose bot only notes what it gets. */
function listening(template?: Partial<Activity>): { adapter: TestAdapter; received: Activity[] } {
  const received: Activity[] = []
  const adapter = new TestAdapter(async ({ activity }) => void received.push(activity), template)
  return { adapter, received }
}

/** `said` gets `echo:said`; `none` gets nothing. */
const echoing = (): TestAdapter =>
  new TestAdapter(async (context) => {
    if (context.activity.text !== 'none') await context.sendActivity(`echo:${context.activity.text}`)
  })

describe('TestAdapter', () => {
  test('is an adapter of the drop-in, and keeps its bot where test clients look for it', () => {
    const logic = async (): Promise<void> => {}
    const adapter = new TestAdapter(logic)
    expect(adapter).toBeInstanceOf(BotAdapter)
    expect(adapter).toHaveProperty('_logic', logic)
  })

  test('takes place in Convo1 of User1 with Bot on the channel test', () => {
    expect(new TestAdapter().conversation).toEqual({
      channelId: 'test',
      serviceUrl: 'https://test.com',
      conversation: { isGroup: false, id: 'Convo1', name: 'Convo1' },
      user,
      bot,
      locale: 'en-us',
    })
  })

  test('takes place where it is told', () => {
    const elsewhere = TestAdapter.createConversation('Talk', 'Ann', 'Robot')
    expect(elsewhere).toMatchObject({ user: { id: 'ann', name: 'Ann' }, bot: { id: 'robot', name: 'Robot' } })
    expect(new TestAdapter(elsewhere).conversation).toBe(elsewhere)
  })

  test('takes place where the template says', () => {
    const from = { id: 'ann', name: 'Ann' }
    const template = { channelId: 'sms', serviceUrl: 'https://sms.test', locale: 'it', from }
    expect(new TestAdapter(undefined, template).conversation).toMatchObject({
      channelId: 'sms',
      serviceUrl: 'https://sms.test',
      locale: 'it',
      user: from,
      bot,
    })
  })

  test('waits where the bot says so, and keeps no delay', async () => {
    const adapter = new TestAdapter(async (context) => {
      await context.sendActivities([{ type: 'delay', value: 5 }, { type: 'delay' }, { text: 'done' }])
    })
    const started = performance.now()
    await adapter.receiveActivity('go')
    expect(performance.now() - started).toBeGreaterThan(3)
    expect(adapter.activeQueue).toMatchObject([{ type: 'message', text: 'done' }])
  })

  test('the bot receives a text as a message of the user, with ids from 0', async () => {
    const { adapter, received } = listening()
    await adapter.receiveActivity('one')
    await adapter.receiveActivity('two')
    expect(received).toMatchObject([
      { type: 'message', text: 'one', id: '0', from: user, recipient: bot, channelId: 'test' },
      { text: 'two', id: '1', conversation: { id: 'Convo1' }, serviceUrl: 'https://test.com' },
    ])
    expect(received[0]?.timestamp).toBeInstanceOf(Date)
  })

  test('the bot receives an activity as it says, and with what it leaves open', async () => {
    const { adapter, received } = listening()
    const given = { type: 'event', id: '9', channelId: 'x', recipient: { id: 'r', name: '' }, timestamp: new Date(0) }
    await adapter.receiveActivity(given)
    expect(received).toMatchObject([{ ...given, from: user }])
  })

  test.each<[string, Partial<Activity>, string]>([
    ['its own sender', { from: { id: 'ann', name: '' } }, 'ann'],
    ['the user in place of a bot', { from: { id: 'x', name: '', role: 'Bot' } }, 'user1'],
  ])('an activity comes from %s', async (_, activity, sender) => {
    const { adapter, received } = listening()
    await adapter.receiveActivity(activity)
    expect(received[0]?.from.id).toBe(sender)
  })

  test('the template wins over what an activity says', async () => {
    const { adapter, received } = listening({ text: 'over', locale: 'fr', channelId: 'x' })
    await adapter.receiveActivity({ text: 'said' })
    expect(received).toMatchObject([{ text: 'over', locale: 'fr', channelId: 'x' }])
  })

  test('makes messages', () => {
    const made = new TestAdapter().makeActivity('hi')
    expect(made).toMatchObject({ type: 'message', text: 'hi', locale: 'en-us', from: user, recipient: bot, id: '0' })
  })

  test('other bots may be given with what they receive', async () => {
    const { adapter, received } = listening()
    const other = jest.fn(async () => {})
    await adapter.processActivity('a', other)
    await adapter.sendTextToBot('b', other)
    expect(other).toHaveBeenCalledTimes(2)
    expect(received).toEqual([])
  })

  test('keeps what the bot sends, with an id and a time, until it is looked at', async () => {
    const adapter = echoing()
    await adapter.receiveActivity('hi')
    expect(adapter.activityBuffer).toBe(adapter.activeQueue)
    const reply = adapter.getNextReply()
    expect(reply).toMatchObject({ text: 'echo:hi', id: expect.any(String), timestamp: expect.any(Date) })
    expect(adapter.getNextReply()).toBeUndefined()
  })

  test('replies are replaced and deleted by id', async () => {
    const adapter = new TestAdapter(async (context) => {
      const one = await context.sendActivity('one')
      const two = await context.sendActivity('two')
      await context.updateActivity({ id: one?.id as string, text: 'new' })
      await context.deleteActivity(two?.id as string)
      await expect(context.updateActivity({ id: 'unknown' })).resolves.toEqual({ id: 'unknown' })
    })
    await adapter.receiveActivity('hi')
    expect(adapter.activeQueue).toMatchObject([{ text: 'new' }])
  })

  test.each([
    [undefined, 0],
    [true, 1],
  ])('with sendTraceActivity %p it keeps %p traces, and gives each an id', async (sendTrace, kept) => {
    const ids: unknown[] = []
    const adapter = new TestAdapter(
      async (context) => void ids.push(await context.sendTraceActivity('trace')),
      undefined,
      sendTrace,
    )
    expect(adapter.enableTrace).toBe(Boolean(sendTrace))
    await adapter.receiveActivity('hi')
    expect(adapter.activeQueue).toHaveLength(kept)
    expect(ids).toEqual([{ id: expect.any(String) }])
  })

  test('a subclass may make the contexts', async () => {
    class Special extends TurnContext {}
    class SpecialAdapter extends TestAdapter {
      protected override createContext(request: Partial<Activity>): TurnContext {
        return new Special(this, request)
      }
    }
    expect.assertions(1)
    await new SpecialAdapter(async (context) => expect(context).toBeInstanceOf(Special)).receiveActivity('hi')
  })

  test.each<[string, (adapter: TestAdapter) => Promise<unknown>, string]>([
    ['continueConversation', (adapter) => adapter.continueConversation({}, async () => {}), 'not implemented'],
    [
      'continueConversationAsync',
      (adapter) => adapter.continueConversationAsync('', {}, async () => {}),
      'NotImplemented',
    ],
  ])('%s is not there', async (_, call, message) => {
    await expect(call(new TestAdapter())).rejects.toMatchObject({ name: 'Error', message })
  })
})

describe('tokens', () => {
  const adapter = (): TestAdapter => {
    const made = new TestAdapter()
    made.addUserToken('cn', 'ch', 'u', 'token')
    return made
  }
  const context = (): TurnContext =>
    new TurnContext(new TestAdapter(), { channelId: 'ch', from: { id: 'u', name: '' } })

  test('are there once added, and gone once signed out', async () => {
    const tokens = adapter()
    const token = { channelId: 'ch', connectionName: 'cn', token: 'token', userId: 'u', expiration: undefined }
    await expect(tokens.getUserToken(context(), 'cn')).resolves.toStrictEqual(token)
    await expect(tokens.getUserToken(context(), 'other')).resolves.toBeUndefined()
    await tokens.signOutUser(context(), 'cn')
    await expect(tokens.getUserToken(context(), 'cn')).resolves.toBeUndefined()
  })

  test('with a code are there once asked for with it', async () => {
    const tokens = adapter()
    tokens.addUserToken('coded', 'ch', 'u', 'token', '888888')
    await expect(tokens.getUserToken(context(), 'coded')).resolves.toBeUndefined()
    await expect(tokens.getUserToken(context(), 'coded', '1')).resolves.toBeUndefined()
    await expect(tokens.getUserToken(context(), 'coded', '888888')).resolves.toMatchObject({ token: 'token' })
    await expect(tokens.getUserToken(context(), 'coded')).resolves.toMatchObject({ token: 'token' })
  })

  test('are listed by connection', async () => {
    const tokens = adapter()
    tokens.addUserToken('other', 'ch', 'u', 'token')
    const status = (name: string): object => ({
      ConnectionName: name,
      HasToken: true,
      ServiceProviderDisplayName: name,
    })
    await expect(tokens.getTokenStatus(context(), 'u')).resolves.toEqual([status('cn'), status('other')])
    await expect(tokens.getTokenStatus(context(), 'u', 'cn,unknown')).resolves.toEqual([status('cn')])
    const message = 'testAdapter.getTokenStatus(): context with activity is required'
    await expect(tokens.getTokenStatus(undefined as never, 'u')).rejects.toThrow(message)
  })

  test('are exchanged for what the test says', async () => {
    const tokens = adapter()
    tokens.addExchangeableToken('cn', 'ch', 'u', 'item', 'new')
    tokens.throwOnExchangeRequest('cn', 'ch', 'u', 'bad')
    const exchanged = { channelId: 'ch', connectionName: 'cn', token: 'new', expiration: null }
    await expect(tokens.exchangeToken(context(), 'cn', 'u', { token: 'item' })).resolves.toEqual(exchanged)
    await expect(tokens.exchangeToken(context(), 'cn', 'u', { uri: 'item' })).resolves.toEqual(exchanged)
    await expect(tokens.exchangeToken(context(), 'cn', 'u', { token: 'other' })).resolves.toBeNull()
    const message = 'Exception occurred during exchanging tokens'
    await expect(tokens.exchangeToken(context(), 'cn', 'u', { token: 'bad' })).rejects.toThrow(message)
  })

  test('have links that name connection, channel and user', async () => {
    const tokens = adapter()
    await expect(tokens.getSignInLink(context(), 'cn')).resolves.toBe('https://fake.com/oauthsignin/cn/ch/u')
    await expect(tokens.getSignInResource(context(), 'cn', 'uu')).resolves.toMatchObject({
      signInLink: 'https://botframeworktestadapter.com/oauthsignin/cn/ch/uu',
      tokenExchangeResource: { id: expect.any(String), uri: 'api://cn/resource', providerId: null },
    })
    await expect(tokens.getAadTokens(context(), 'cn', ['a'])).resolves.toBeUndefined()
  })
})

describe('TestFlow', () => {
  test('passes when the bot says what is expected', async () => {
    await echoing()
      .test('one', 'echo:one')
      .test('two', { type: 'message', text: 'echo:two' })
      .send('three')
      .assertReply((reply) => expect(reply.text).toBe('echo:three'))
      .send('four')
      .assertReplyOneOf(['other', 'echo:four'])
      .send('none')
      .assertNoReply('silent', 10)
      .delay(1)
      .startTest()
  })

  test('is not changed by its steps, and may drive another bot', async () => {
    const flow = echoing().send('one')
    expect(flow.assertReply('echo:one')).not.toBe(flow)
    const other = new TestFlow(Promise.resolve(), echoing(), async (context) => void context.sendActivity('other'))
    await other.send('hi').assertReply('other')
  })

  test.each<[string, (adapter: TestAdapter) => TestFlow, unknown]>([
    ['test()', (adapter) => adapter.test('hi', 'nope'), ' text === "echo:hi"'],
    ['test() with a description', (adapter) => adapter.test('hi', 'nope', 'greets'), 'greets text === "echo:hi"'],
    ['test() of a flow', (adapter) => adapter.test('a', 'echo:a').test('b', 'c'), 'test("b", "c") text === "echo:b"'],
    ['assertReply()', (adapter) => adapter.send('hi').assertReply('nope', 'says'), 'says text === "echo:hi"'],
    [
      'assertReply() in vain',
      (adapter) => adapter.send('none').assertReply('nope', 'says', 10),
      expect.stringMatching(/^TestAdapter\.assertReply\("nope"\): says Timed out after \d+ms\.$/),
    ],
    [
      'assertReply() in vain without a description',
      (adapter) => adapter.send('none').assertReply('nope', undefined, 10),
      expect.stringMatching(/^TestAdapter\.assertReply\("nope"\): {2}Timed out after \d+ms\.$/),
    ],
    [
      'assertReply() of an activity in vain',
      (adapter) => adapter.send('none').assertReply({ text: 'x' }, 'says', 10),
      expect.stringMatching(/^TestAdapter\.assertReply\("x\): says Timed out after \d+ms\.$/),
    ],
    [
      'assertReply() of an activity',
      (adapter) => adapter.send('hi').assertReply({ text: 'x' }),
      expect.stringMatching(/'echo:hi' == 'x'/),
    ],
    [
      'assertReplyOneOf()',
      (adapter) => adapter.send('hi').assertReplyOneOf(['a', 'b']),
      'TestAdapter.assertReplyOneOf():  FAILED, Expected one of :["a","b"]',
    ],
    [
      'assertReplyOneOf() with a description',
      (adapter) => adapter.send('hi').assertReplyOneOf(['a', 'b'], 'greets'),
      'TestAdapter.assertReplyOneOf(): greets FAILED, Expected one of :["a","b"]',
    ],
    [
      'assertNoReply()',
      (adapter) => adapter.send('hi').assertNoReply('silent', 10),
      expect.stringMatching(/"text":"echo:hi".* is responded when waiting for no reply: 'silent'/),
    ],
    [
      'testActivities()',
      (adapter) =>
        adapter.testActivities([
          { type: 'message', text: 'hi', from: user },
          { type: 'message', text: 'nope', from: { ...bot, role: 'BOT' } },
        ]),
      'failed "text" assert on reply ',
    ],
    [
      'testActivities() with a description',
      (adapter) =>
        adapter.testActivities(
          [
            { type: 'message', text: 'hi', from: user },
            { type: 'message', text: 'nope', from: { ...bot, role: 'bot' } },
          ],
          'the log',
        ),
      'failed "text" assert on reply  from the log',
    ],
  ])('%s fails in words', async (_, run, message) => {
    const failure = await run(echoing())
      .startTest()
      .then(
        () => undefined,
        (error: Error) => error.message,
      )
    expect(failure).toEqual(message)
  })

  test('a function gets the reply and the description, an empty one when there is none', async () => {
    const described: unknown[] = []
    const note = (_reply: Partial<Activity>, description?: string): void => void described.push(description)
    await echoing().send('hi').assertReply(note).send('ho').assertReply(note, 'again')
    expect(described).toEqual(['', 'again'])
  })

  test('replays what was recorded', async () => {
    await echoing().testActivities([
      { type: 'message', text: 'hi', from: user },
      { type: 'message', text: 'echo:hi', id: 'other', timestamp: new Date(0), from: { ...bot, role: 'BOT' } },
    ])
    expect(() => echoing().testActivities(undefined as never)).toThrow('Missing array of activities')
  })

  test('the user may join', async () => {
    const { adapter, received } = listening()
    await new TestFlow(Promise.resolve(), adapter).sendConversationUpdate()
    expect(received).toMatchObject([{ type: 'conversationUpdate', membersAdded: [user] }])
  })

  test('fails with the error of the bot, which catch() handles', async () => {
    const failing = (): TestFlow => new TestAdapter(() => Promise.reject(new Error('broken'))).send('hi')
    await expect(failing().startTest()).rejects.toThrow('broken')
    const log: string[] = []
    await failing()
      .catch(() => void log.push('caught'))
      .then(() => void log.push('then'))
      .finally(() => void log.push('finally'))
    expect(log).toEqual(['caught', 'then', 'finally'])
  })
})
