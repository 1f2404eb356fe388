import { BotAdapter as ParleyBotAdapter, TurnContext } from '@parley/core'
import type { Activity, ResourceResponse, TurnLogic } from '@parley/core'
import { BotAdapter } from './bot-adapter.ts'

class ConsoleAdapter extends BotAdapter {
  readonly sent: Partial<Activity>[] = []
  failure: Error | undefined

  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    await new Promise(setImmediate)
    if (this.failure) throw this.failure
    this.sent.push(...activities)
    return activities.map((_, index) => ({ id: String(index) }))
  }

  async updateActivity(_context: TurnContext, activity: Partial<Activity>): Promise<void> {
    this.sent.push(activity)
  }

  async deleteActivity(): Promise<void> {
    this.sent.push({ type: 'messageDelete' })
  }

  async continueConversation(): Promise<void> {}

  run(logic: TurnLogic, activity: Partial<Activity> = { type: 'message', locale: 'fr' }): Promise<void> {
    return this.runMiddleware(new TurnContext(this, activity), logic)
  }
}

/** The context of a turn that has ended. */
async function keptContext(adapter = new ConsoleAdapter()): Promise<TurnContext> {
  let kept: TurnContext | undefined
  await adapter.run(async (context) => {
    kept = context
  })
  return kept as TurnContext
}

const broken: TurnLogic = () => Promise.reject(new Error('broken'))

describe('BotAdapter', () => {
  test('is one of Parley’s', () => {
    expect(new ConsoleAdapter()).toBeInstanceOf(ParleyBotAdapter)
  })

  test('use() chains, and refuses what is no middleware', () => {
    const adapter = new ConsoleAdapter()
    expect(adapter.use(async (_context, next) => next())).toBe(adapter)
    expect(() => adapter.use({} as never)).toThrow('MiddlewareSet.use(): invalid plugin type being added.')
  })

  test('two adapters have different keys', () => {
    const [one, other] = [new ConsoleAdapter(), new ConsoleAdapter()]
    for (const key of ['BotIdentityKey', 'ConnectorClientKey', 'OAuthScopeKey'] as const) {
      expect(typeof one[key]).toBe('symbol')
      expect(one[key]).not.toBe(other[key])
    }
  })

  test.each<[string, (adapter: BotAdapter) => Promise<unknown>]>([
    ['continueConversationAsync', (adapter) => adapter.continueConversationAsync('a', {}, async () => {})],
    ['createConversationAsync', (adapter) => adapter.createConversationAsync('a', 'b', 'c', 'd', {}, async () => {})],
  ])('%s rejects as not implemented', async (_, call) => {
    await expect(call(new ConsoleAdapter())).rejects.toMatchObject({ name: 'Error', message: 'NotImplemented' })
  })

  test('the middleware and the bot get one context, in the language of the activity', async () => {
    const seen: TurnContext[] = []
    const adapter = new ConsoleAdapter().use(async (context, next) => {
      seen.push(context)
      await next()
    })
    await adapter.run(async (context) => {
      seen.push(context)
      expect(context).toBeInstanceOf(TurnContext)
      expect(context.locale).toBe('fr')
    })
    expect(seen[0]).toBe(seen[1])
  })

  test('a middleware that forgets to wait does not end the turn early', async () => {
    const adapter = new ConsoleAdapter().use(((_context: TurnContext, next: () => Promise<void>) => {
      void next()
    }) as never)
    await adapter.run(async (context) => {
      await new Promise(setImmediate)
      await context.sendActivity(context.activity.type)
    })
    expect(adapter.sent).toHaveLength(1)
  })
})

describe('onTurnError', () => {
  test('gets the context of the turn and the error, and then the turn has not failed', async () => {
    const adapter = new ConsoleAdapter()
    const calls: unknown[] = []
    let inTurn: TurnContext | undefined
    adapter.onTurnError = async (context, error) => {
      calls.push(context === inTurn, error.message)
      await context.sendActivity('sorry')
    }
    await adapter.run(async (context) => {
      inTurn = context
      throw new Error('broken')
    })
    expect(calls).toEqual([true, 'broken'])
    expect(adapter.sent).toMatchObject([{ text: 'sorry' }])
  })

  test('gets what was thrown, as it was thrown', async () => {
    const adapter = new ConsoleAdapter()
    const errors: unknown[] = []
    adapter.onTurnError = async (_context, error) => void errors.push(error)
    // oxlint-disable-next-line prefer-promise-reject-errors -- what this is about
    await adapter.run(() => Promise.reject('text'))
    expect(errors).toEqual(['text'])
  })

  test('missing lets the error reach the caller', async () => {
    await expect(new ConsoleAdapter().run(broken)).rejects.toThrow('broken')
  })

  test('that fails lets its own error reach the caller', async () => {
    const adapter = new ConsoleAdapter()
    adapter.onTurnError = () => Promise.reject(new Error('worse'))
    await expect(adapter.run(broken)).rejects.toMatchObject({ name: 'Error', message: 'worse' })
  })

  test('may be a method of a subclass', async () => {
    class Handling extends ConsoleAdapter {}
    const handled = jest.fn(async () => {})
    Object.defineProperty(Handling.prototype, 'onTurnError', { value: handled, writable: true })
    await new Handling().run(broken)
    expect(handled).toHaveBeenCalledTimes(1)
  })
})

describe('after the turn', () => {
  test.each<[string, string, (context: TurnContext) => unknown]>([
    ['reading a property', 'get', (context) => context.activity],
    ['reading an unknown property', 'get', (context) => (context as never as { own: unknown }).own],
    ['calling another method', 'get', (context) => context.onSendActivities(async () => [])],
    ['asking whether it responded', 'get', (context) => context.responded],
    ['setting a property', 'set', (context) => Object.assign(context, { own: 1 })],
    ['asking for a property', 'has', (context) => 'activity' in context],
    ['listing properties', 'ownKeys', (context) => Object.keys(context)],
    ['asking for its class', 'getPrototypeOf', (context) => context instanceof TurnContext],
  ])('%s throws', async (_, trap, use) => {
    const context = await keptContext()
    const message = `Cannot perform '${trap}' on a proxy that has been revoked`
    expect(() => use(context)).toThrow(new TypeError(message))
  })

  test.each<[string, (context: TurnContext) => Promise<unknown>, Partial<Activity>]>([
    ['sendActivity', (context) => context.sendActivity('late'), { text: 'late' }],
    ['sendActivities', (context) => context.sendActivities([{ text: 'late' }]), { text: 'late' }],
    ['sendTraceActivity', (context) => context.sendTraceActivity('late'), { type: 'trace', name: 'late' }],
    ['updateActivity', (context) => context.updateActivity({ id: '1', text: 'late' }), { text: 'late' }],
    ['deleteActivity', (context) => context.deleteActivity('1'), { type: 'messageDelete' }],
  ])('%s still works', async (_, send, expected) => {
    const adapter = new ConsoleAdapter()
    await send(await keptContext(adapter))
    expect(adapter.sent).toMatchObject([expected])
  })

  test('what was sent without waiting arrives', async () => {
    const adapter = new ConsoleAdapter()
    adapter.use(async (context, next) => {
      context.onSendActivities(async (turn, _activities, send) => {
        await new Promise(setImmediate)
        turn.turnState.get('anything')
        return send()
      })
      await next()
    })
    await adapter.run(async (context) => void context.sendActivity('one'))
    expect(adapter.sent).toEqual([])
    for (let round = 0; round < 5; round++) await new Promise(setImmediate)
    expect(adapter.sent).toMatchObject([{ text: 'one' }])
  })

  test('what was sent without waiting, and fails, does not end the process', async () => {
    const adapter = new ConsoleAdapter()
    adapter.failure = new Error('offline')
    const unhandled = jest.fn()
    process.on('unhandledRejection', unhandled)
    await adapter.run(async (context) => {
      void context.sendActivity('one')
      void context.updateActivity({ id: '1' })
      void context.deleteActivity('1')
    })
    for (let round = 0; round < 5; round++) await new Promise(setImmediate)
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })

  test('a reply that was to be collected goes out on its own', async () => {
    const adapter = new ConsoleAdapter()
    let kept: TurnContext | undefined
    await adapter.run(
      async (context) => {
        kept = context
        await context.sendActivity('collected')
      },
      { type: 'message', deliveryMode: 'expectReplies' },
    )
    await kept?.sendActivity('late')
    expect(adapter.sent).toMatchObject([{ text: 'late' }])
  })
})

describe('during the turn', () => {
  test('a method that sends is the same one each time, and a spy in its place is handed out', async () => {
    expect.assertions(3)
    await new ConsoleAdapter().run(async (context) => {
      expect(context.sendActivity).toBe(context.sendActivity)
      const spy = jest.spyOn(context, 'sendActivity')
      await context.sendActivity('hi')
      expect(context.sendActivity).toBe(spy)
      expect(spy).toHaveBeenCalledTimes(1)
    })
  })

  test('properties may be added, found and removed', async () => {
    expect.assertions(3)
    await new ConsoleAdapter().run(async (context) => {
      const own = context as TurnContext & { own?: number }
      own.own = 1
      expect('own' in own && own.own).toBe(1)
      expect(Object.keys(own)).toContain('own')
      delete own.own
      expect(own.own).toBeUndefined()
    })
  })
})
