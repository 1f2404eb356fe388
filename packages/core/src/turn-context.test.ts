import type { ConversationReference } from './accounts.ts'
import type { Activity } from './activity.ts'
import type { ResourceResponse } from './connector-models.ts'
import { INVOKE_RESPONSE_KEY } from './invoke-response.ts'
import { BotAdapter, TurnContext, endTurn } from './turn-context.ts'

type Call =
  | { readonly sent: Partial<Activity>[] }
  | { readonly updated: Partial<Activity> }
  | { readonly deleted: Partial<ConversationReference> }

/** Records what reaches it; gives sent activities the ids s0, s1, … */
class RecordingAdapter extends BotAdapter {
  readonly calls: Call[] = []
  private nextId = 0

  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.calls.push({ sent: activities.map((activity) => ({ ...activity })) })
    return activities.map(() => ({ id: `s${this.nextId++}` }))
  }

  async updateActivity(_context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse> {
    this.calls.push({ updated: activity })
    return { id: activity.id ?? '' }
  }

  async deleteActivity(_context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    this.calls.push({ deleted: reference })
  }

  async continueConversation(): Promise<void> {}
}

const incoming: Partial<Activity> = {
  type: 'message',
  id: 'a1',
  text: 'hi',
  channelId: 'test',
  serviceUrl: 'https://connector.test/',
  locale: 'de-DE',
  from: { id: 'user', name: 'User' },
  recipient: { id: 'bot', name: 'Bot' },
  conversation: { id: 'c1', name: '', isGroup: false, conversationType: 'personal' },
}

/** What every reply to `incoming` says about where it belongs. */
const address = {
  channelId: 'test',
  serviceUrl: 'https://connector.test/',
  conversation: incoming.conversation,
  from: incoming.recipient,
  recipient: incoming.from,
}

function turn(activity: Partial<Activity> = {}): { adapter: RecordingAdapter; context: TurnContext } {
  const adapter = new RecordingAdapter()
  return { adapter, context: new TurnContext(adapter, { ...incoming, ...activity }) }
}

function sentBy({ calls }: RecordingAdapter): Partial<Activity>[] {
  return calls.flatMap((call) => ('sent' in call ? call.sent : []))
}

describe('sendActivity', () => {
  test.each<[string, Parameters<TurnContext['sendActivity']>, Partial<Activity>]>([
    ['a text', ['hello'], { type: 'message', text: 'hello', inputHint: 'acceptingInput' }],
    ['an empty text', [''], { type: 'message', text: '', inputHint: 'acceptingInput' }],
    [
      'a text with what to say and a hint',
      ['hello', 'hallo', 'expectingInput'],
      { type: 'message', text: 'hello', speak: 'hallo', inputHint: 'expectingInput' },
    ],
    ['a text with an empty hint', ['hello', '', ''], { type: 'message', text: 'hello', inputHint: 'acceptingInput' }],
    ['an activity without a type', [{ text: 'hello' }], { type: 'message', text: 'hello' }],
    ['an event', [{ type: 'event', name: 'ready' }], { type: 'event', name: 'ready' }],
  ])('sends %s to where the incoming activity came from', async (_, args, expected) => {
    const { adapter, context } = turn()
    await context.sendActivity(...args)
    expect(sentBy(adapter)).toStrictEqual([{ ...expected, ...address, locale: 'de-DE', replyToId: 'a1' }])
  })

  test('returns what the channel answered', async () => {
    await expect(turn().context.sendActivity('hello')).resolves.toEqual({ id: 's0' })
  })

  test('returns undefined when the adapter, in JavaScript, returns nothing', async () => {
    const { adapter, context } = turn()
    adapter.sendActivities = () => Promise.resolve(undefined as never)
    await expect(context.sendActivity('hello')).resolves.toBeUndefined()
    expect(context.responded).toBe(true)
  })

  test('returns undefined when a handler holds the activity back', async () => {
    const { adapter, context } = turn()
    context.onSendActivities(async () => [])
    await expect(context.sendActivity('hello')).resolves.toBeUndefined()
    expect(adapter.calls).toEqual([])
    expect(context.responded).toBe(false)
  })
})

describe('sendActivities', () => {
  test('sends all in one call, in order, with one response for each', async () => {
    const { adapter, context } = turn()
    const responses = await context.sendActivities([{ text: 'one' }, { text: 'two' }])
    expect(responses).toEqual([{ id: 's0' }, { id: 's1' }])
    expect(adapter.calls).toHaveLength(1)
    expect(sentBy(adapter).map(({ text }) => text)).toEqual(['one', 'two'])
  })

  test('leaves the objects it is given as they are', async () => {
    const given: Partial<Activity> = Object.freeze({ id: 'mine', text: 'hello', channelId: 'other' })
    await turn().context.sendActivities([given])
    expect(given).toEqual({ id: 'mine', text: 'hello', channelId: 'other' })
  })

  test('replaces the address, drops the id, and keeps a language the activity has', async () => {
    const { adapter, context } = turn()
    const foreign = {
      id: 'x',
      channelId: 'x',
      serviceUrl: 'https://x.test/',
      from: { id: 'x', name: '' },
      locale: 'fr',
    }
    await context.sendActivities([{ text: 'hello', ...foreign }])
    expect(sentBy(adapter)).toStrictEqual([
      { type: 'message', text: 'hello', ...address, locale: 'fr', replyToId: 'a1' },
    ])
  })

  test.each([
    ['directline', 'conversationUpdate', false],
    ['webchat', 'conversationUpdate', false],
    ['msteams', 'conversationUpdate', true],
    ['directline', 'message', true],
  ])('on %s the reply to a %s names the activity it answers: %s', async (channelId, type, isNamed) => {
    const { adapter, context } = turn({ channelId, type })
    await context.sendActivity('hello')
    expect(sentBy(adapter).map((sent) => 'replyToId' in sent)).toEqual([isNamed])
  })

  test('writes the ids the channel gave onto what handlers saw', async () => {
    const { context } = turn()
    let seen: Partial<Activity>[] = []
    context.onSendActivities(async (_context, activities, next) => {
      seen = activities
      return next()
    })
    await context.sendActivities([{ text: 'one' }, { text: 'two' }])
    expect(seen.map(({ id }) => id)).toEqual(['s0', 's1'])
  })

  test('when the channel refuses, rejects and has not responded', async () => {
    const { adapter, context } = turn()
    adapter.sendActivities = () => Promise.reject(new Error('refused'))
    await expect(context.sendActivity('hello')).rejects.toThrow('refused')
    expect(context.responded).toBe(false)
  })
})

describe('responded', () => {
  test.each<[boolean, string, Partial<Activity>[]]>([
    [false, 'nothing', []],
    [true, 'a message', [{ text: 'hello' }]],
    [true, 'typing', [{ type: 'typing' }]],
    [false, 'a trace', [{ type: 'trace' }]],
    [true, 'a trace and a message', [{ type: 'trace' }, { text: 'hello' }]],
  ])('is %s after sending %s', async (expected, _, activities) => {
    const { context } = turn()
    await context.sendActivities(activities)
    expect(context.responded).toBe(expected)
  })

  test('can be set, and not taken back', () => {
    const { context } = turn()
    context.responded = true
    expect(() => {
      context.responded = false
    }).toThrow(
      expect.objectContaining({
        code: 'CORE_RESPONDED_RESET',
        message: "TurnContext: cannot set 'responded' to a value of 'false'.",
      }),
    )
    expect(context.responded).toBe(true)
  })
})

describe('expectReplies', () => {
  test('keeps replies for the answer, and has responded', async () => {
    const { adapter, context } = turn({ deliveryMode: 'expectReplies' })
    await expect(context.sendActivities([{ text: 'one' }, { text: 'two' }])).resolves.toEqual([{}, {}])
    expect(adapter.calls).toEqual([])
    expect(context.bufferedReplyActivities.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(context.responded).toBe(true)
  })

  test('may be switched on during the turn', async () => {
    const { adapter, context } = turn()
    await context.sendActivity('sent')
    context.activity.deliveryMode = 'expectReplies'
    await context.sendActivity('kept')
    expect(sentBy(adapter).map(({ text }) => text)).toEqual(['sent'])
    expect(context.bufferedReplyActivities.map(({ text }) => text)).toEqual(['kept'])
  })

  test('keeps the first answer to an invoke where the adapter looks for it', async () => {
    const { context } = turn({ deliveryMode: 'expectReplies' })
    await context.sendActivities([
      { type: 'invokeResponse', value: { status: 200 } },
      { type: 'invokeResponse', value: { status: 500 } },
    ])
    expect(context.turnState.get(INVOKE_RESPONSE_KEY)).toMatchObject({ value: { status: 200 } })
  })

  test('what a copy of the context sends is kept too', async () => {
    const { context } = turn({ deliveryMode: 'expectReplies' })
    await new TurnContext(context).sendActivity('from the copy')
    expect(context.bufferedReplyActivities.map(({ text }) => text)).toEqual(['from the copy'])
  })

  test('what is sent after the answer goes out', async () => {
    const { adapter, context } = turn({ deliveryMode: 'expectReplies' })
    endTurn(context)
    await context.sendActivity('late')
    expect(context.bufferedReplyActivities).toEqual([])
    expect(sentBy(adapter).map(({ text }) => text)).toEqual(['late'])
  })
})

describe('handlers around sending', () => {
  test('run around each other in the order added, and may change what is sent', async () => {
    const { adapter, context } = turn()
    const log: string[] = []
    context
      .onSendActivities(async (_context, activities, next) => {
        log.push('a in')
        for (const activity of activities) activity.text += '!'
        const responses = await next()
        log.push('a out')
        return responses
      })
      .onSendActivities(async (_context, activities, next) => {
        log.push(`b sees ${activities[0]?.text}`)
        activities.push({ type: 'typing' })
        return next()
      })
    await context.sendActivity('hello')
    expect(log).toEqual(['a in', 'b sees hello!', 'a out'])
    expect(sentBy(adapter).map(({ type, text }) => text ?? type)).toEqual(['hello!', 'typing'])
  })

  test('see activities that are addressed and have no id, and the context', async () => {
    const { context } = turn()
    const seen: unknown[] = []
    context.onSendActivities(async (turnContext, activities, next) => {
      for (const activity of activities) seen.push(turnContext, activity.conversation, 'id' in activity)
      return next()
    })
    await context.sendActivity({ id: 'mine', text: 'hello' })
    expect(seen).toEqual([context, incoming.conversation, false])
  })

  test('decide what the sender gets', async () => {
    const { context } = turn()
    context.onSendActivities(async (_context, _activities, next) => {
      await next()
      return [{ id: 'changed' }]
    })
    await expect(context.sendActivity('hello')).resolves.toEqual({ id: 'changed' })
  })

  test('added by one handler do not run for what is being sent', async () => {
    const { context } = turn()
    const late = jest.fn(async (_context, _activities, next) => next())
    context.onSendActivities(async (_context, _activities, next) => {
      context.onSendActivities(late)
      return next()
    })
    await context.sendActivity('hello')
    expect(late).not.toHaveBeenCalled()
  })
})

describe('updateActivity', () => {
  test('replaces the activity, addressed in place to the conversation', async () => {
    const { adapter, context } = turn()
    const given: Partial<Activity> = { id: 's0', type: 'message', text: 'changed' }
    await expect(context.updateActivity(given)).resolves.toEqual({ id: 's0' })
    expect(adapter.calls).toEqual([{ updated: given }])
    expect(given).toMatchObject({ ...address, id: 's0', replyToId: 'a1' })
  })

  test('runs handlers in the order added, which may hold it back', async () => {
    const { adapter, context } = turn()
    const log: (string | undefined)[] = []
    context
      .onUpdateActivity(async (_context, activity, next) => {
        log.push(activity.id)
        return next()
      })
      .onUpdateActivity(async () => void log.push('held back'))
    await context.updateActivity({ id: 's0' })
    expect(log).toEqual(['s0', 'held back'])
    expect(adapter.calls).toEqual([])
  })
})

describe('deleteActivity', () => {
  test('given an id, deletes that activity of this conversation', async () => {
    const { adapter, context } = turn()
    await context.deleteActivity('s0')
    expect(adapter.calls).toEqual([
      { deleted: { ...TurnContext.getConversationReference(context.activity), activityId: 's0' } },
    ])
  })

  test('given a reference, deletes what it names', async () => {
    const { adapter, context } = turn()
    const reference = { activityId: 's0', channelId: 'other' }
    await context.deleteActivity(reference)
    expect(adapter.calls).toEqual([{ deleted: reference }])
  })

  test('runs handlers in the order added, which may hold it back', async () => {
    const { adapter, context } = turn()
    const log: (string | undefined)[] = []
    context
      .onDeleteActivity(async (_context, { activityId }, next) => {
        log.push(activityId)
        return next()
      })
      .onDeleteActivity(async () => void log.push('held back'))
    await context.deleteActivity('s0')
    expect(log).toEqual(['s0', 'held back'])
    expect(adapter.calls).toEqual([])
  })
})

test.each<[string, (context: TurnContext) => Promise<unknown>]>([
  [
    'sending',
    (context) =>
      context
        .onSendActivities(() => {
          throw new Error('broken')
        })
        .sendActivity('hello'),
  ],
  [
    'updating',
    (context) =>
      context
        .onUpdateActivity(() => {
          throw new Error('broken')
        })
        .updateActivity({ id: 's0' }),
  ],
  [
    'deleting',
    (context) =>
      context
        .onDeleteActivity(() => {
          throw new Error('broken')
        })
        .deleteActivity('s0'),
  ],
])('a synchronous throw of a handler around %s becomes a rejection', async (_, act) => {
  await expect(act(turn().context)).rejects.toThrow('broken')
})

describe('sendTraceActivity', () => {
  test('sends a trace with a time, and nobody has been answered', async () => {
    const { adapter, context } = turn()
    await context.sendTraceActivity('step', { a: 1 }, 'https://test.com/step', 'The step')
    expect(sentBy(adapter)).toMatchObject([
      { type: 'trace', name: 'step', value: { a: 1 }, valueType: 'https://test.com/step', label: 'The step' },
    ])
    expect(sentBy(adapter)[0]?.timestamp).toBeInstanceOf(Date)
    expect(context.responded).toBe(false)
  })

  test('leaves out what it is not given', async () => {
    const { adapter, context } = turn()
    await context.sendTraceActivity('step')
    expect(sentBy(adapter)[0]).not.toHaveProperty('valueType')
    expect(sentBy(adapter)[0]).not.toHaveProperty('label')
  })
})

describe('a copy of a context', () => {
  test('shares adapter, activity, what was sent and the handlers', async () => {
    const { adapter, context } = turn()
    const copy = new TurnContext(context)
    const handler = jest.fn(async (_context, _activities, next) => next())
    copy.onSendActivities(handler)
    await context.sendActivity('hello')
    expect(handler).toHaveBeenCalledTimes(1)
    expect(copy.adapter).toBe(adapter)
    expect(copy.activity).toBe(context.activity)
    expect(copy.responded).toBe(true)
  })

  test('has a turn state of its own', () => {
    const { context } = turn()
    context.turnState.set('key', 1)
    expect(new TurnContext(context).turnState.has('key')).toBe(false)
  })

  test('may be of a class of its own', async () => {
    class Translated extends TurnContext {
      readonly greeting: string = 'hallo'
    }
    const { context } = turn()
    await context.sendActivity('hello')
    const translated = new Translated(context)
    expect(translated.greeting).toBe('hallo')
    expect(translated.responded).toBe(true)
  })
})

describe('the language', () => {
  test('is that of the activity', () => {
    expect(turn().context.locale).toBe('de-DE')
  })

  test('is undefined when the activity has none', () => {
    expect(new TurnContext(new RecordingAdapter(), { type: 'message' }).locale).toBeUndefined()
  })

  test('may be set for the turn', () => {
    const { context } = turn()
    context.locale = 'fr-FR'
    expect(context.locale).toBe('fr-FR')
    expect(context.activity.locale).toBe('de-DE')
  })
})

describe('after the turn', () => {
  test('a context knows that its turn has ended, and so do its copies', () => {
    const { context } = turn()
    const copy = new TurnContext(context)
    expect(context.hasEnded).toBe(false)
    endTurn(context)
    expect([context.hasEnded, copy.hasEnded]).toEqual([true, true])
  })

  test('a context can still send', async () => {
    const { adapter, context } = turn()
    endTurn(context)
    await context.sendActivity('late')
    expect(sentBy(adapter)).toMatchObject([{ text: 'late', ...address }])
  })
})

test('a context works behind a proxy, as drop-in code hands it out', async () => {
  const { adapter, context } = turn()
  const proxy = new Proxy(context, {})
  proxy.onSendActivities(async (_context, _activities, next) => next())
  await proxy.sendActivity('hello')
  expect(proxy.responded).toBe(true)
  expect(proxy).toBeInstanceOf(TurnContext)
  expect(sentBy(adapter)).toHaveLength(1)
})

describe('static helpers', () => {
  const mention = { type: 'mention', text: '<at>Bot</at>', mentioned: { id: 'bot', name: 'Bot' } }

  test('work on references', () => {
    const reference = TurnContext.getConversationReference(incoming)
    expect(reference).toMatchObject({ activityId: 'a1', user: incoming.from, bot: incoming.recipient })
    expect(TurnContext.getReplyConversationReference(incoming, { id: 's0' })).toEqual({
      ...reference,
      activityId: 's0',
    })
    expect(TurnContext.applyConversationReference({}, reference)).toMatchObject({ ...address, replyToId: 'a1' })
    expect(TurnContext.applyConversationReference({}, reference, true)).toMatchObject({ id: 'a1', from: incoming.from })
  })

  test('work on mentions', () => {
    const activity = (): Partial<Activity> => ({ ...incoming, text: '<at>Bot</at> help', entities: [mention] })
    expect(TurnContext.getMentions(activity())).toEqual([mention])
    expect(TurnContext.removeRecipientMention(activity())).toBe('help')
    expect(TurnContext.removeMentionText(activity(), 'bot')).toBe('help')
    expect(TurnContext.removeMentionText(activity(), 'someone')).toBe('<at>Bot</at> help')
  })
})
