import { AssertionError } from 'node:assert'
import { setTimeout as delay } from 'node:timers/promises'
import type { Activity, TurnContext } from '@parley/core'
import { TestAdapter } from './test-adapter.ts'
import { TestFlow } from './test-flow.ts'

/** Repeats texts, and tells of members that join. */
async function echo(context: TurnContext): Promise<void> {
  const { type, text, membersAdded } = context.activity
  if (type === 'message') await context.sendActivity(`echo:${text}`)
  else await context.sendActivity(`welcome ${membersAdded?.map(({ name }) => name).join()}`)
}

const silent = async (): Promise<void> => {}

describe('a flow', () => {
  test('passes when the bot says what is expected', async () => {
    await new TestAdapter(echo)
      .send('one')
      .assertReply('echo:one')
      .test('two', 'echo:two')
      .sendConversationUpdate()
      .assertReply('welcome User1')
  })

  test('runs its steps one after the other', async () => {
    const log: string[] = []
    const slow = async (context: TurnContext): Promise<void> => {
      log.push(`in ${context.activity.text}`)
      await delay(2)
      log.push(`out ${context.activity.text}`)
    }
    await new TestAdapter(slow).send('1').send('2').delay(1)
    expect(log).toEqual(['in 1', 'out 1', 'in 2', 'out 2'])
  })

  test('waits for replies the bot sends after its turn', async () => {
    const adapter = new TestAdapter(async (context) => {
      setTimeout(() => void context.sendActivity('late'), 10)
    })
    await adapter.test('hi', 'late')
  })

  test('is not changed by its steps', async () => {
    const flow = new TestAdapter(echo).send('hi')
    const longer = flow.assertReply('other')
    expect(longer).toBeInstanceOf(TestFlow)
    await expect(longer).rejects.toThrow('other')
    await expect(flow.startTest()).resolves.toBeUndefined()
  })

  test('may drive a bot that is not the adapter’s own', async () => {
    const flow = new TestFlow(Promise.resolve(), new TestAdapter(silent), echo)
    await flow.send('hi').assertReply('echo:hi').sendConversationUpdate().assertReply('welcome User1')
  })

  test('stops at the first step that fails', async () => {
    const bot = jest.fn(echo)
    const flow = new TestAdapter(bot).send('one').assertReply('other').send('two')
    await expect(flow).rejects.toThrow('echo:one')
    expect(bot).toHaveBeenCalledTimes(1)
  })

  test('fails with the error of the bot', async () => {
    await expect(new TestAdapter(() => Promise.reject(new Error('broken'))).send('hi')).rejects.toThrow('broken')
  })
})

describe('a flow as a promise', () => {
  test('has then(), whose step runs when those before have passed', async () => {
    const adapter = new TestAdapter(echo)
    const lengths: number[] = []
    await adapter
      .send('hi')
      .then(() => lengths.push(adapter.activeQueue.length))
      .assertReply('echo:hi')
      .then(() => lengths.push(adapter.activeQueue.length))
    expect(lengths).toEqual([1, 0])
  })

  test.each<[string, (flow: TestFlow, note: (error: Error) => void) => TestFlow]>([
    ['catch()', (flow, note) => flow.catch(note)],
    ['then() with two functions', (flow, note) => flow.then(undefined, note)],
  ])('has %s, after which it goes on', async (_, handle) => {
    const errors: string[] = []
    const flow = new TestAdapter(echo).send('one').assertReply('other')
    await handle(flow, ({ message }) => errors.push(message)).test('two', 'echo:two')
    expect(errors).toHaveLength(1)
  })

  test('has finally(), which runs whether or not it passed', async () => {
    const note = jest.fn()
    await new TestAdapter(echo).test('hi', 'echo:hi').finally(note)
    await expect(new TestAdapter(echo).test('hi', 'other').finally(note)).rejects.toThrow('other')
    expect(note).toHaveBeenCalledTimes(2)
  })

  test('has startTest(), the whole of it as a promise', async () => {
    await expect(new TestAdapter(echo).test('hi', 'echo:hi').startTest()).resolves.toBeUndefined()
  })
})

describe('assertReply', () => {
  const reply: Partial<Activity> = {
    type: 'message',
    text: 'hello',
    attachments: [{ contentType: 'image/png', contentUrl: 'https://test.com/a.png' }],
  }
  const adapter = (): TestAdapter => new TestAdapter(async (context) => void (await context.sendActivity(reply)))

  test.each<[string, Parameters<TestFlow['assertReply']>[0]]>([
    ['its text', 'hello'],
    ['some of its properties', { text: 'hello', from: { id: 'bot', name: 'Bot' } }],
    ['properties equal to its own, not the same', { attachments: structuredClone(reply.attachments!) }],
    ['a property it does not have, undefined', { text: 'hello', speak: undefined } as never],
    ['a function that does not throw', () => {}],
    ['an async function that does not reject', async () => delay(1)],
  ])('passes for %s', async (_, expected) => {
    await adapter().send('hi').assertReply(expected)
  })

  test.each<[string, Parameters<TestFlow['assertReply']>[0], string]>([
    ['another text', 'hello!', 'greets text === "hello", expected "hello!"'],
    ['another type', { type: 'event' }, 'greets type === "message", expected "event"'],
    ['a property it does not have', { speak: 'hello' }, 'greets speak === undefined, expected "hello"'],
    [
      'a list that differs inside',
      { attachments: [{ contentType: 'image/png', contentUrl: 'https://test.com/b.png' }] },
      'greets attachments === ',
    ],
  ])('fails for %s, saying what differs', async (_, expected, message) => {
    const flow = adapter().send('hi').assertReply(expected, 'greets')
    await expect(flow).rejects.toThrow(AssertionError)
    await expect(flow).rejects.toThrow(message)
  })

  test('fails for a text when the reply is not a message', async () => {
    const typing = new TestAdapter(async (context) => void (await context.sendActivity({ type: 'typing' })))
    await expect(typing.send('hi').assertReply('hello')).rejects.toThrow('type === "typing", expected "message"')
  })

  test.each<[string, () => void | Promise<void>]>([
    [
      'throws',
      () => {
        throw new Error('wrong')
      },
    ],
    ['rejects', () => Promise.reject(new Error('wrong'))],
  ])('fails with the error of a function that %s', async (_, inspector) => {
    await expect(adapter().send('hi').assertReply(inspector)).rejects.toThrow('wrong')
  })

  test('hands a function the reply and the description', async () => {
    const inspector = jest.fn()
    await adapter().send('hi').assertReply(inspector, 'greets')
    expect(inspector).toHaveBeenCalledWith(expect.objectContaining({ text: 'hello' }), 'greets')
  })

  test.each<[Parameters<TestFlow['assertReply']>[0], string | undefined, string]>([
    ['x', 'desc', 'TestAdapter.assertReply("x"): desc Timed out after 10ms.'],
    ['x', undefined, 'TestAdapter.assertReply("x"):  Timed out after 10ms.'],
    [{ type: 'message', text: 'x' }, 'desc', 'TestAdapter.assertReply("x"): desc Timed out after 10ms.'],
    [{ type: 'event' }, 'desc', 'TestAdapter.assertReply(an activity of type event): desc Timed out after 10ms.'],
    [function greets() {}, 'desc', 'TestAdapter.assertReply(greets): desc Timed out after 10ms.'],
  ])('for %p, described as %p, fails with "%s"', async (expected, description, message) => {
    const flow = new TestAdapter(silent).send('hi').assertReply(expected, description, 10)
    await expect(flow).rejects.toMatchObject({ message })
  })

  test('test() describes itself', async () => {
    const flow = new TestAdapter(silent).test('hi', 'hello', undefined, 10)
    const message = 'TestAdapter.assertReply("hello"): test("hi", "hello") Timed out after 10ms.'
    await expect(flow).rejects.toMatchObject({ message })
  })

  test('test() of an adapter takes a description', async () => {
    const flow = new TestAdapter(silent).test('hi', 'hello', 'greets', 10)
    await expect(flow).rejects.toThrow('TestAdapter.assertReply("hello"): greets Timed out after 10ms.')
  })
})

describe('assertNoReply', () => {
  test('passes when the bot stays silent', async () => {
    await new TestAdapter(silent).send('hi').assertNoReply('is silent', 10)
  })

  test('passes once all replies have been looked at', async () => {
    await new TestAdapter(echo).test('hi', 'echo:hi').assertNoReply('only once', 10)
  })

  test('fails when the bot replies, saying what', async () => {
    const flow = new TestAdapter(echo).send('hi').assertNoReply('is silent', 10)
    await expect(flow).rejects.toThrow(
      'TestAdapter.assertNoReply(): is silent "echo:hi" was sent when no reply was expected.',
    )
  })

  test('fails when the bot replies while it waits', async () => {
    const adapter = new TestAdapter(async (context) => {
      setTimeout(() => void context.sendActivity('late'), 5)
    })
    await expect(adapter.send('hi').assertNoReply('is silent', 1000)).rejects.toThrow('"late" was sent')
  })
})

describe('assertReplyOneOf', () => {
  test('passes for any of the texts', async () => {
    await new TestAdapter(echo).send('hi').assertReplyOneOf(['other', 'echo:hi'])
  })

  test.each<[string | undefined, string]>([
    [undefined, 'TestAdapter.assertReplyOneOf():  FAILED, Expected one of :["a","b"]'],
    ['greets', 'TestAdapter.assertReplyOneOf(): greets FAILED, Expected one of :["a","b"]'],
  ])('described as %p fails with "%s"', async (description, message) => {
    const flow = new TestAdapter(echo).send('hi').assertReplyOneOf(['a', 'b'], description)
    await expect(flow).rejects.toMatchObject({ message })
  })
})

describe('testActivities', () => {
  const user = { id: 'user1', name: 'User1' }
  const recorded = (text: string, attachments?: Activity['attachments']): Partial<Activity> => ({
    type: 'message',
    text,
    id: 'recorded',
    timestamp: new Date(0),
    from: { id: 'recorded', name: 'Recorded', role: 'BOT' as 'bot' },
    ...(attachments ? { attachments } : {}),
  })

  test('sends what users said and expects what the bot replied', async () => {
    await new TestAdapter(echo).testActivities([
      { type: 'message', text: 'one', from: user },
      recorded('echo:one'),
      { type: 'conversationUpdate', membersAdded: [user] },
      recorded('welcome User1'),
    ])
  })

  test.each<[string, Partial<Activity>, string]>([
    ['text', recorded('other'), 'reply from the transcript text === "echo:one", expected "other"'],
    ['attachment', recorded('echo:one', [{ contentType: 'x' }]), 'reply from the transcript attachments === undefined'],
  ])('fails when the bot replies with another %s', async (_, expected, message) => {
    const activities = [{ type: 'message', text: 'one', from: user }, expected]
    await expect(new TestAdapter(echo).testActivities(activities, 'the transcript')).rejects.toThrow(message)
  })

  test('takes a time-out', async () => {
    const flow = new TestAdapter(silent).testActivities([recorded('hello')], undefined, 10)
    await expect(flow).rejects.toThrow(/reply Timed out after 10ms\./)
  })

  test('refuses to do without activities', () => {
    expect(() => new TestAdapter(echo).testActivities(undefined as never)).toThrow('Missing array of activities')
  })
})
