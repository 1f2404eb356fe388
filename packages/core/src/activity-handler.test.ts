import { ActivityHandlerBase } from './activity-handler-base.ts'
import { ActivityHandler } from './activity-handler.ts'
import type { BotHandler } from './activity-handler.ts'
import type { Activity } from './activity.ts'
import type { ResourceResponse } from './connector-models.ts'
import { InvokeException } from './invoke-exception.ts'
import type { InvokeResponse } from './invoke-models.ts'
import { INVOKE_RESPONSE_KEY } from './invoke-response.ts'
import { BotAdapter, TurnContext } from './turn-context.ts'

class RecordingAdapter extends BotAdapter {
  readonly sent: Partial<Activity>[] = []

  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.sent.push(...activities)
    return activities.map(() => ({ id: '' }))
  }

  async updateActivity(): Promise<void> {}

  async deleteActivity(): Promise<void> {}

  async continueConversation(): Promise<void> {}
}

const bot = { id: 'bot', name: 'Bot' }
const ann = { id: 'ann', name: 'Ann' }
const ben = { id: 'ben', name: 'Ben' }

function turn(activity: Partial<Activity>): TurnContext {
  return new TurnContext(new RecordingAdapter(), { channelId: 'test', recipient: bot, ...activity })
}

/** Every event and how to register for it, under the name it has in the tables below. */
const events = {
  Turn: 'onTurn',
  Message: 'onMessage',
  MessageUpdate: 'onMessageUpdate',
  MessageDelete: 'onMessageDelete',
  ConversationUpdate: 'onConversationUpdate',
  MembersAdded: 'onMembersAdded',
  MembersRemoved: 'onMembersRemoved',
  MessageReaction: 'onMessageReaction',
  ReactionsAdded: 'onReactionsAdded',
  ReactionsRemoved: 'onReactionsRemoved',
  Event: 'onEvent',
  TokenResponseEvent: 'onTokenResponseEvent',
  EndOfConversation: 'onEndOfConversation',
  Typing: 'onTyping',
  InstallationUpdate: 'onInstallationUpdate',
  InstallationUpdateAdd: 'onInstallationUpdateAdd',
  InstallationUpdateRemove: 'onInstallationUpdateRemove',
  Command: 'onCommand',
  CommandResult: 'onCommandResult',
  Unrecognized: 'onUnrecognizedActivityType',
  Dialog: 'onDialog',
} as const

type EventName = keyof typeof events

/** A handler with one listener per event that notes its name and goes on, except where it stops. */
function listening(log: string[], stopAt?: EventName): ActivityHandler {
  const handler = new ActivityHandler()
  for (const [event, method] of Object.entries(events)) {
    handler[method](async (_context, next) => {
      log.push(event)
      if (event !== stopAt) await next()
    })
  }
  return handler
}

const like = [{ type: 'like' }]

const order: [description: string, activity: Partial<Activity>, events: EventName[]][] = [
  ['a message', { type: 'message' }, ['Turn', 'Message', 'Dialog']],
  ['an edited message', { type: 'messageUpdate' }, ['Turn', 'MessageUpdate', 'Dialog']],
  ['a deleted message', { type: 'messageDelete' }, ['Turn', 'MessageDelete', 'Dialog']],
  ['a conversation update of other things', { type: 'conversationUpdate' }, ['Turn', 'ConversationUpdate', 'Dialog']],
  [
    'a conversation update with empty lists',
    { type: 'conversationUpdate', membersAdded: [], membersRemoved: [] },
    ['Turn', 'ConversationUpdate', 'Dialog'],
  ],
  [
    'members added',
    { type: 'conversationUpdate', membersAdded: [ann] },
    ['Turn', 'ConversationUpdate', 'MembersAdded', 'Dialog'],
  ],
  [
    'the bot itself added',
    { type: 'conversationUpdate', membersAdded: [bot] },
    ['Turn', 'ConversationUpdate', 'MembersAdded', 'Dialog'],
  ],
  [
    'members removed',
    { type: 'conversationUpdate', membersRemoved: [ann] },
    ['Turn', 'ConversationUpdate', 'MembersRemoved', 'Dialog'],
  ],
  [
    'members added and removed',
    { type: 'conversationUpdate', membersAdded: [ann], membersRemoved: [ben] },
    ['Turn', 'ConversationUpdate', 'MembersAdded', 'MembersRemoved', 'Dialog'],
  ],
  ['a reaction without lists', { type: 'messageReaction' }, ['Turn', 'MessageReaction', 'Dialog']],
  [
    'a reaction added',
    { type: 'messageReaction', reactionsAdded: like },
    ['Turn', 'MessageReaction', 'ReactionsAdded', 'Dialog'],
  ],
  [
    'a reaction removed',
    { type: 'messageReaction', reactionsRemoved: like },
    ['Turn', 'MessageReaction', 'ReactionsRemoved', 'Dialog'],
  ],
  [
    'a reaction changed',
    { type: 'messageReaction', reactionsAdded: like, reactionsRemoved: like },
    ['Turn', 'MessageReaction', 'ReactionsAdded', 'ReactionsRemoved', 'Dialog'],
  ],
  ['an event', { type: 'event', name: 'ready' }, ['Turn', 'Event', 'Dialog']],
  ['a token', { type: 'event', name: 'tokens/response' }, ['Turn', 'Event', 'TokenResponseEvent', 'Dialog']],
  ['the end of the conversation', { type: 'endOfConversation' }, ['Turn', 'EndOfConversation', 'Dialog']],
  ['typing', { type: 'typing' }, ['Turn', 'Typing', 'Dialog']],
  [
    'an installation update of no known action',
    { type: 'installationUpdate' },
    ['Turn', 'InstallationUpdate', 'Dialog'],
  ],
  ...(['add', 'add-upgrade'] as const).map((action): (typeof order)[number] => [
    `an installation (${action})`,
    { type: 'installationUpdate', action },
    ['Turn', 'InstallationUpdate', 'InstallationUpdateAdd', 'Dialog'],
  ]),
  ...(['remove', 'remove-upgrade'] as const).map((action): (typeof order)[number] => [
    `an uninstallation (${action})`,
    { type: 'installationUpdate', action },
    ['Turn', 'InstallationUpdate', 'InstallationUpdateRemove', 'Dialog'],
  ]),
  ['a command', { type: 'command' }, ['Turn', 'Command', 'Dialog']],
  ['the result of a command', { type: 'commandResult' }, ['Turn', 'CommandResult', 'Dialog']],
  ['an invoke', { type: 'invoke', name: 'other' }, ['Turn', 'Dialog']],
  ['a type of its own', { type: 'weather' }, ['Turn', 'Unrecognized', 'Dialog']],
  ['a handoff', { type: 'handoff' }, ['Turn', 'Unrecognized', 'Dialog']],
]

describe('ActivityHandler', () => {
  test.each(order)('for %s runs its handlers in order, each once', async (_, activity, expected) => {
    const log: string[] = []
    await listening(log).run(turn(activity))
    expect(log).toEqual(expected)
  })

  test.each(order.flatMap(([name, activity, all]) => all.map((stopAt) => [name, stopAt, activity, all] as const)))(
    'for %s goes no deeper than a handler of %s that does not call next()',
    async (_, stopAt, activity, all) => {
      const log: string[] = []
      await listening(log, stopAt).run(turn(activity))
      const siblings: EventName[] = ['MembersAdded', 'ReactionsAdded']
      const isSplit = siblings.includes(stopAt) && all.some((event) => event.endsWith('sRemoved'))
      // Added and removed are two events of one activity: neither holds the other back.
      expect(log).toEqual(isSplit ? all : all.slice(0, all.indexOf(stopAt) + 1))
    },
  )

  test.each(order)('for %s without any handlers does nothing', async (_, activity) => {
    await expect(new ActivityHandler().run(turn(activity))).resolves.toBeUndefined()
  })

  test('runs several handlers of an event in the order registered, around each other', async () => {
    const log: string[] = []
    const note =
      (name: string): BotHandler =>
      async (_context, next) => {
        log.push(`${name} in`)
        await next()
        log.push(`${name} out`)
      }
    await new ActivityHandler()
      .onMessage(note('a'))
      .onMessage(note('b'))
      .onDialog(note('c'))
      .run(turn({ type: 'message' }))
    expect(log).toEqual(['a in', 'b in', 'c in', 'c out', 'b out', 'a out'])
  })

  test('an error of a handler reaches the caller', async () => {
    const handler = new ActivityHandler().onMessage(() => Promise.reject(new Error('broken')))
    await expect(handler.run(turn({ type: 'message' }))).rejects.toThrow('broken')
  })

  test('refuses a second next(), and runs what follows once', async () => {
    const onDialog = jest.fn(async () => {})
    const handler = new ActivityHandler()
      .onMessage(async (_context, next) => {
        await next()
        await next()
      })
      .onDialog(onDialog)
    await expect(handler.run(turn({ type: 'message' }))).rejects.toMatchObject({ code: 'CORE_NEXT_CALLED_TWICE' })
    expect(onDialog).toHaveBeenCalledTimes(1)
  })

  test.each<[string, unknown]>([
    ['Missing TurnContext parameter', undefined],
    ['TurnContext does not include an activity', {}],
    ['Activity is missing its type', { activity: {} }],
  ])('refuses to run: %s', async (message, context) => {
    await expect(new ActivityHandler().run(context as TurnContext)).rejects.toMatchObject({
      code: 'CORE_TURN_INVALID',
      message,
    })
  })
})

/** Answers invokes with what it is given. */
class InvokeBot extends ActivityHandler {
  answer: unknown = {}
  received: unknown

  protected override async onSearchInvoke(_context: TurnContext, value: unknown): Promise<never> {
    return this.reply(value)
  }

  protected override async onAdaptiveCardInvoke(_context: TurnContext, value: unknown): Promise<never> {
    return this.reply(value)
  }

  protected override async onSignInInvoke(context: TurnContext): Promise<void> {
    this.reply(context.activity.value)
  }

  private reply(value: unknown): never {
    this.received = value
    if (this.answer instanceof Error) throw this.answer
    return this.answer as never
  }
}

async function answerOf(
  handler: ActivityHandlerBase,
  activity: Partial<Activity>,
): Promise<InvokeResponse | undefined> {
  const context = turn({ type: 'invoke', ...activity })
  await handler.run(context)
  const responses = (context.adapter as RecordingAdapter).sent.filter(({ type }) => type === 'invokeResponse')
  expect(responses.length).toBeLessThanOrEqual(1)
  return responses[0]?.value
}

function errorBody(code: string, message: string): object {
  return { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code, message } }
}

const search = { kind: 'search', queryText: 'rome', queryOptions: { skip: 0, top: 5 } }
const execute = { action: { type: 'Action.Execute', verb: 'book', data: { seat: 1 } } }

describe('invokes', () => {
  const answer = { statusCode: 200, type: 'x', value: {} }

  test.each<[string, unknown, unknown]>([
    ['application/search', search, answer],
    ['adaptiveCard/action', execute, answer],
    ['signin/verifyState', { state: '123456' }, undefined],
    ['signin/tokenExchange', { id: '1', token: 't', connectionName: 'c' }, undefined],
  ])('%s reaches its method with its value, and is answered with what that returns', async (name, value, body) => {
    const invokeBot = new InvokeBot()
    invokeBot.answer = answer
    await expect(answerOf(invokeBot, { name, value })).resolves.toEqual({ status: 200, body })
    expect(invokeBot.received).toEqual(value)
  })

  test.each<[string, Partial<Activity>, string, string]>([
    ['a search without value', { name: 'application/search' }, 'BadRequest', 'Missing value property for search'],
    [
      'a search without kind',
      { name: 'application/search', value: { queryText: 'x' } },
      'BadRequest',
      'Missing kind property for search.',
    ],
    [
      'a search without queryText',
      { name: 'application/search', value: { kind: 'search' } },
      'BadRequest',
      'Missing queryText for search.',
    ],
    ['a card action without value', { name: 'adaptiveCard/action' }, 'BadRequest', 'Missing value property'],
    [
      'a card action whose value is a text',
      { name: 'adaptiveCard/action', value: 'x' },
      'BadRequest',
      'Missing value property',
    ],
    [
      'a card action without action',
      { name: 'adaptiveCard/action', value: {} },
      'BadRequest',
      'Missing action property',
    ],
    [
      'a card action of another type',
      { name: 'adaptiveCard/action', value: { action: { type: 'Action.Submit' } } },
      'NotSupported',
      "The action 'Action.Submit' is not supported.",
    ],
  ])('%s is answered with 400 and what is wrong', async (_, activity, code, message) => {
    await expect(answerOf(new InvokeBot(), activity)).resolves.toEqual({ status: 400, body: errorBody(code, message) })
  })

  test('a search without kind is a search on Teams', async () => {
    const invokeBot = new InvokeBot()
    await answerOf(invokeBot, { name: 'application/search', channelId: 'msteams', value: { queryText: 'rome' } })
    expect(invokeBot.received).toEqual({ kind: 'search', queryText: 'rome' })
  })

  test.each<[string, Error, InvokeResponse]>([
    ['an InvokeException', new InvokeException(412, { why: 'expired' }), { status: 412, body: { why: 'expired' } }],
    ['an error NotImplemented', new Error('NotImplemented'), { status: 501 }],
  ])('%s of a method becomes the answer', async (_, error, expected) => {
    const invokeBot = new InvokeBot()
    invokeBot.answer = error
    await expect(answerOf(invokeBot, { name: 'signin/verifyState' })).resolves.toEqual(expected)
  })

  test('another error of a method fails the turn', async () => {
    const invokeBot = new InvokeBot()
    invokeBot.answer = new Error('broken')
    await expect(answerOf(invokeBot, { name: 'signin/verifyState' })).rejects.toThrow('broken')
  })

  test.each([
    'application/search',
    'adaptiveCard/action',
    'signin/verifyState',
    'signin/tokenExchange',
    'other',
    undefined,
  ])('%s is answered with 501 by a bot that does not handle it', async (name) => {
    const value = name === 'application/search' ? search : execute
    const activity = name === undefined ? { value } : { name, value }
    await expect(answerOf(new ActivityHandler(), activity)).resolves.toEqual({ status: 501 })
  })

  test('dialogs run after the method and before the answer', async () => {
    const log: string[] = []
    const context = turn({ type: 'invoke', name: 'other' })
    await new ActivityHandler().onDialog(async () => void log.push(`${log.length} answered`)).run(context)
    expect(log).toEqual(['0 answered'])
    expect((context.adapter as RecordingAdapter).sent).toHaveLength(1)
  })

  test('an answer that is there already is kept', async () => {
    const kept = { type: 'invokeResponse', value: { status: 200 } }
    const handler = new ActivityHandler().onDialog(async (context) => {
      context.turnState.set(INVOKE_RESPONSE_KEY, kept)
    })
    await expect(answerOf(handler, { name: 'other' })).resolves.toBeUndefined()
  })

  test('methods may be replaced on the instance', async () => {
    const handler = new ActivityHandler()
    Object.assign(handler, { onSearchInvoke: async () => ({ statusCode: 200, type: 'replaced', value: {} }) })
    await expect(answerOf(handler, { name: 'application/search', value: search })).resolves.toMatchObject({
      body: { type: 'replaced' },
    })
  })

  test('a bot that returns no answer sends none', async () => {
    class Silent extends ActivityHandlerBase {
      protected override async onInvokeActivity(): Promise<never> {
        return undefined as never
      }
    }
    await expect(answerOf(new Silent(), { name: 'other' })).resolves.toBeUndefined()
  })

  test('the base class answers 501', async () => {
    await expect(answerOf(new ActivityHandlerBase(), { name: 'other' })).resolves.toEqual({ status: 501 })
  })
})

/** Notes which of the overridable methods run, with the accounts they get. */
class RecordingHandler extends ActivityHandlerBase {
  readonly log: string[] = []

  protected override async onMembersAddedActivity(members: { id: string }[]): Promise<void> {
    this.log.push(`added ${members.map(({ id }) => id).join()}`)
  }

  protected override async onMembersRemovedActivity(members: { id: string }[]): Promise<void> {
    this.log.push(`removed ${members.map(({ id }) => id).join()}`)
  }

  protected override async onReactionsAddedActivity(): Promise<void> {
    this.log.push('reactions added')
  }

  protected override async onReactionsRemovedActivity(): Promise<void> {
    this.log.push('reactions removed')
  }

  protected override async onInstallationUpdateAddActivity(): Promise<void> {
    this.log.push('installed')
  }

  protected override async onInstallationUpdateRemoveActivity(): Promise<void> {
    this.log.push('uninstalled')
  }

  protected override async onUnrecognizedActivity(): Promise<void> {
    this.log.push('unrecognized')
  }
}

describe('ActivityHandlerBase', () => {
  test.each<[string, Partial<Activity>, string[]]>([
    [
      'gives all members added, the bot among them',
      { type: 'conversationUpdate', membersAdded: [ann, bot, ben] },
      ['added ann,bot,ben'],
    ],
    ['says nothing when only the bot was added', { type: 'conversationUpdate', membersAdded: [bot] }, []],
    [
      'gives all members removed, the bot among them',
      { type: 'conversationUpdate', membersRemoved: [bot, ann] },
      ['removed bot,ann'],
    ],
    ['says nothing when only the bot was removed', { type: 'conversationUpdate', membersRemoved: [bot] }, []],
    [
      'tells of reactions added before those removed',
      { type: 'messageReaction', reactionsAdded: like, reactionsRemoved: like },
      ['reactions added', 'reactions removed'],
    ],
    ['tells of an installation', { type: 'installationUpdate', action: 'add' }, ['installed']],
    ['tells of an upgrade as an installation', { type: 'installationUpdate', action: 'add-upgrade' }, ['installed']],
    ['tells of an uninstallation', { type: 'installationUpdate', action: 'remove' }, ['uninstalled']],
    ['tells of other types', { type: 'weather' }, ['unrecognized']],
  ])('%s', async (_, activity, expected) => {
    const handler = new RecordingHandler()
    await handler.run(turn(activity))
    expect(handler.log).toEqual(expected)
  })

  test('lets a subclass see every activity first', async () => {
    class First extends ActivityHandlerBase {
      seen: string | undefined

      protected override async onTurnActivity(context: TurnContext): Promise<void> {
        this.seen = context.activity.type
        await super.onTurnActivity(context)
      }
    }
    const handler = new First()
    await handler.run(turn({ type: 'typing' }))
    expect(handler.seen).toBe('typing')
  })
})
