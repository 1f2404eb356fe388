import { TurnContext } from '@parley/core'
import type { Activity, ConversationReference } from '@parley/core'
import { TestAdapter } from './test-adapter.ts'

/** An adapter whose bot only notes what it gets. */
function listening(template?: Partial<Activity>): { adapter: TestAdapter; received: Activity[] } {
  const received: Activity[] = []
  const adapter = new TestAdapter(async ({ activity }) => void received.push(activity), template)
  return { adapter, received }
}

const elsewhere: ConversationReference = {
  channelId: 'directline',
  serviceUrl: 'https://other.test',
  conversation: { id: 'c9', name: 'c9', isGroup: true, conversationType: '' },
  user: { id: 'ann', name: 'Ann' },
  bot: { id: 'robot', name: 'Robot' },
}

describe('where the test takes place', () => {
  test('is Convo1 of User1 with Bot on the channel test', () => {
    const adapter = new TestAdapter()
    expect(adapter.conversation).toEqual({
      channelId: 'test',
      serviceUrl: 'https://test.com',
      conversation: { isGroup: false, id: 'Convo1', name: 'Convo1' },
      user: { id: 'user1', name: 'User1' },
      bot: { id: 'bot', name: 'Bot' },
    })
    expect(adapter.locale).toBe('en-us')
  })

  test('may be given', async () => {
    const adapter = new TestAdapter(elsewhere)
    const received: Activity[] = []
    await adapter.processActivity('hi', async ({ activity }) => void received.push(activity))
    const { channelId, serviceUrl, conversation, user, bot } = elsewhere
    expect(received).toMatchObject([{ channelId, serviceUrl, conversation, from: user, recipient: bot }])
  })

  test('may be made of names, whose lower case are the ids', () => {
    expect(TestAdapter.createConversation('Talk', 'Ann', 'Robot')).toMatchObject({
      conversation: { id: 'Talk', name: 'Talk' },
      user: { id: 'ann', name: 'Ann' },
      bot: { id: 'robot', name: 'Robot' },
    })
  })
})

describe('what the bot receives', () => {
  test('for a text is a message of the user, with the next id and the time', async () => {
    const { adapter, received } = listening()
    await adapter.receiveActivity('one')
    await adapter.receiveActivity('two')
    expect(received).toMatchObject([
      {
        type: 'message',
        text: 'one',
        id: '0',
        channelId: 'test',
        serviceUrl: 'https://test.com',
        conversation: { id: 'Convo1' },
        from: { id: 'user1' },
        recipient: { id: 'bot' },
      },
      { text: 'two', id: '1' },
    ])
    expect(received[0]?.timestamp).toBeInstanceOf(Date)
    expect(received[0]).not.toHaveProperty('locale')
  })

  test('for an activity is that activity, with what it leaves open filled in', async () => {
    const { adapter, received } = listening()
    const given: Partial<Activity> = Object.freeze({ type: 'event', name: 'ready', id: 'mine', channelId: 'msteams' })
    await adapter.receiveActivity(given)
    expect(received).toMatchObject([{ ...given, from: { id: 'user1' }, conversation: { id: 'Convo1' } }])
  })

  test.each<[string, Partial<Activity>, string]>([
    ['its own sender', { from: { id: 'ann', name: '' } }, 'ann'],
    ['the user in place of a bot', { from: { id: 'bot', name: '', role: 'Bot' } }, 'user1'],
    ['the user in place of nobody', {}, 'user1'],
  ])('is from %s', async (_, activity, sender) => {
    const { adapter, received } = listening()
    await adapter.receiveActivity(activity)
    expect(received[0]?.from.id).toBe(sender)
  })

  test('has the properties of the template, whatever it says itself', async () => {
    const { adapter, received } = listening({ channelId: 'skype', locale: 'de-DE' })
    await adapter.receiveActivity({ text: 'hi', channelId: 'test' })
    expect(received).toMatchObject([{ text: 'hi', channelId: 'skype', locale: 'de-DE' }])
  })

  test('comes through the middleware', async () => {
    const { adapter, received } = listening()
    adapter.use(async (context, next) => {
      context.activity.text += '!'
      await next()
    })
    await adapter.receiveActivity('hi')
    expect(received).toMatchObject([{ text: 'hi!' }])
  })

  test('is in a context that a subclass may make', async () => {
    class Special extends TurnContext {}
    class SpecialAdapter extends TestAdapter {
      protected override createContext(request: Partial<Activity>): TurnContext {
        return new Special(this, request)
      }
    }
    expect.assertions(1)
    await new SpecialAdapter(async (context) => expect(context).toBeInstanceOf(Special)).receiveActivity('hi')
  })

  test('goes to the bot given with it', async () => {
    const { adapter, received } = listening()
    const other = jest.fn(async () => {})
    await adapter.processActivity('hi', other)
    await adapter.sendTextToBot('hi', other)
    expect(other).toHaveBeenCalledTimes(2)
    expect(received).toEqual([])
  })
})

describe('makeActivity', () => {
  test('makes a message of the user, with the next id and the language', () => {
    const adapter = new TestAdapter()
    adapter.locale = 'fr-fr'
    expect(adapter.makeActivity('salut')).toEqual({
      type: 'message',
      text: 'salut',
      id: '0',
      locale: 'fr-fr',
      channelId: 'test',
      serviceUrl: 'https://test.com',
      conversation: { isGroup: false, id: 'Convo1', name: 'Convo1' },
      from: { id: 'user1', name: 'User1' },
      recipient: { id: 'bot', name: 'Bot' },
    })
    expect(adapter.makeActivity()).not.toHaveProperty('text')
  })
})

describe('what the bot sends', () => {
  test('is kept in order, with an id and a time, and taken one by one', async () => {
    const adapter = new TestAdapter(async (context) => {
      await context.sendActivity('one')
      await context.sendActivity('two')
    })
    await adapter.receiveActivity('hi')
    expect(adapter.activeQueue).toMatchObject([
      { text: 'one', id: '1', from: { id: 'bot' }, recipient: { id: 'user1' }, replyToId: '0' },
      { text: 'two', id: '2' },
    ])
    expect(adapter.activityBuffer).toBe(adapter.activeQueue)
    expect(adapter.getNextReply()?.timestamp).toBeInstanceOf(Date)
    expect(adapter.getNextReply()).toMatchObject({ text: 'two' })
    expect(adapter.getNextReply()).toBeUndefined()
  })

  test.each([
    [false, 'by default', {}, ['message']],
    [true, 'when asked for', { sendTrace: true }, ['trace', 'message']],
  ])('traces are kept: %s, %s', async (isKept, _, { sendTrace }: { sendTrace?: boolean }, types) => {
    const logic = async (context: TurnContext): Promise<void> => {
      await context.sendActivities([{ type: 'trace', name: 'step' }, { text: 'hello' }])
    }
    const adapter = new TestAdapter(logic, undefined, sendTrace)
    expect(adapter.enableTrace).toBe(isKept)
    await adapter.receiveActivity('hi')
    expect(adapter.activeQueue.map(({ type }) => type)).toEqual(types)
  })

  test('gets one response for each, traces included', async () => {
    let responses: unknown
    await new TestAdapter(async (context) => {
      responses = await context.sendActivities([{ type: 'trace', name: 'step' }, { text: 'hello' }])
    }).receiveActivity('hi')
    expect(responses).toEqual([{ id: '' }, { id: '1' }])
  })

  test('can be updated and deleted while nobody looked at it', async () => {
    const adapter = new TestAdapter(async (context) => {
      const [first, second] = await context.sendActivities([{ text: 'one' }, { text: 'two' }])
      await context.updateActivity({ type: 'message', id: first?.id ?? '', text: 'changed' })
      await context.deleteActivity(second?.id ?? '')
    })
    await adapter.receiveActivity('hi')
    expect(adapter.activeQueue.map(({ text }) => text)).toEqual(['changed'])
  })

  test('updating and deleting what is not there does nothing', async () => {
    const adapter = new TestAdapter(async (context) => {
      await context.sendActivity('one')
      await context.updateActivity({ id: 'other', text: 'changed' })
      await context.updateActivity({ text: 'changed' })
      await context.deleteActivity('other')
    })
    await adapter.receiveActivity('hi')
    expect(adapter.activeQueue.map(({ text }) => text)).toEqual(['one'])
  })

  test('after its turn still arrives', async () => {
    let context: TurnContext | undefined
    const adapter = new TestAdapter(async (turn) => {
      context = turn
    })
    await adapter.receiveActivity({ text: 'hi', deliveryMode: 'expectReplies' })
    expect(context?.hasEnded).toBe(true)
    await context?.sendActivity('late')
    expect(adapter.activeQueue.map(({ text }) => text)).toEqual(['late'])
  })
})

describe('a failing bot', () => {
  test('fails the turn', async () => {
    const adapter = new TestAdapter(() => Promise.reject(new Error('broken')))
    await expect(adapter.receiveActivity('hi')).rejects.toThrow('broken')
  })

  test('is handled by onTurnError', async () => {
    const adapter = new TestAdapter(() => Promise.reject(new Error('broken')))
    adapter.onTurnError = async (context, error) => void (await context.sendActivity(error.message))
    await adapter.receiveActivity('hi')
    expect(adapter.getNextReply()).toMatchObject({ text: 'broken' })
  })
})

describe('continuing a conversation', () => {
  test.each<[string, (adapter: TestAdapter, logic: (context: TurnContext) => Promise<void>) => Promise<void>]>([
    ['by reference', (adapter, logic) => adapter.continueConversation(adapter.conversation, logic)],
    ['as an app', (adapter, logic) => adapter.continueConversationAsync('app', adapter.conversation, logic)],
    [
      'with an audience',
      (adapter, logic) => adapter.continueConversationAsync('app', adapter.conversation, 'a', logic),
    ],
  ])('%s runs a turn of the bot in it', async (_, start) => {
    const { adapter } = listening()
    const names: unknown[] = []
    await start(adapter, async (context) => {
      names.push(context.activity.name)
      await context.sendActivity('by the way')
    })
    expect(names).toEqual(['ContinueConversation'])
    expect(adapter.getNextReply()).toMatchObject({
      text: 'by the way',
      conversation: { id: 'Convo1' },
      recipient: { id: 'user1' },
    })
  })

  test('needs the logic of the turn', async () => {
    const { adapter } = listening()
    await expect(adapter.continueConversationAsync('app', {}, 'audience')).rejects.toThrow(TypeError)
  })
})
