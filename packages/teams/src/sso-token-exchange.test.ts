import type { Activity, TurnContext } from '@parley/core'
import { MemoryStorage } from '@parley/state'
import type { StoreItems } from '@parley/state'
import { TestAdapter } from '@parley/testing'
import { SharePointSSOTokenExchangeMiddleware } from './sharepoint-sso-token-exchange-middleware.ts'
import { TeamsSSOTokenExchangeMiddleware } from './teams-sso-token-exchange-middleware.ts'

class RecordingStorage extends MemoryStorage {
  readonly written: StoreItems[] = []

  override async write(changes: StoreItems): Promise<void> {
    this.written.push(changes)
    await super.write(changes)
  }
}

class FailingStorage extends MemoryStorage {
  private readonly error: Error

  constructor(message: string) {
    super()
    this.error = new Error(message)
  }

  override async write(): Promise<void> {
    throw this.error
  }
}

const conversation = { id: 'conv' } as Activity['conversation']

const kinds = {
  Teams: {
    Middleware: TeamsSSOTokenExchangeMiddleware,
    invoke: { channelId: 'msteams', name: 'signin/tokenExchange', value: { id: 'x1', token: 'sso' } },
    failedId: 'x1',
  },
  SharePoint: {
    Middleware: SharePointSSOTokenExchangeMiddleware,
    invoke: { channelId: 'm365extensions', name: 'cardExtension/token', value: { id: 'x1', data: 'sso' } },
    failedId: 'FAKE ID',
  },
}

describe.each(Object.entries(kinds))('single sign-on in %s', (_, { Middleware, invoke, failedId }) => {
  const activity: Partial<Activity> = { type: 'invoke', conversation, from: { id: 'u1', name: '' }, ...invoke }
  const failure = {
    type: 'invokeResponse',
    value: {
      status: 412,
      body: {
        id: failedId,
        connectionName: 'connection',
        failureDetail: 'The bot is unable to exchange token. Proceed with regular login.',
      },
    },
  }

  interface Scene {
    readonly adapter: TestAdapter
    readonly storage: MemoryStorage
    readonly passed: string[]
  }

  function scene(storage: MemoryStorage = new RecordingStorage()): Scene {
    const passed: string[] = []
    const adapter = new TestAdapter(async ({ activity: { name = '' } }) => {
      passed.push(name)
    })
    adapter.use(new Middleware(storage, 'connection'))
    return { adapter, storage, passed }
  }

  /** An adapter that exchanges by itself, as TestAdapter does. */
  function exchanging(storage?: MemoryStorage): Scene {
    const made = scene(storage)
    made.adapter.addExchangeableToken('connection', invoke.channelId, 'u1', 'sso', 'token')
    return made
  }

  test('the first delivery reaches the bot, and is noted', async () => {
    const { adapter, storage, passed } = exchanging()

    await adapter.processActivity(activity)

    expect(passed).toEqual([invoke.name])
    expect(adapter.activeQueue).toEqual([])
    expect((storage as RecordingStorage).written).toEqual([{ [`${invoke.channelId}/conv/x1`]: { eTag: 'x1' } }])
  })

  test('of five deliveries at once one reaches the bot, and the others are answered with 200', async () => {
    const { adapter, passed } = exchanging()

    await Promise.all([1, 2, 3, 4, 5].map(() => adapter.processActivity(activity)))

    expect(passed).toHaveLength(1)
    const acknowledged = { type: 'invokeResponse', value: { status: 200, body: null } }
    expect(adapter.activeQueue).toHaveLength(4)
    for (const sent of adapter.activeQueue) expect(sent).toMatchObject(acknowledged)
  })

  test('another sign-in reaches the bot', async () => {
    const { adapter, passed } = exchanging()

    await adapter.processActivity(activity)
    await adapter.processActivity({ ...activity, value: { ...invoke.value, id: 'x2' } })

    expect(passed).toHaveLength(2)
  })

  test('a token client of the turn is preferred to the adapter', async () => {
    const { adapter, passed } = scene()
    const asked: unknown[] = []
    const exchangeToken = async (...args: unknown[]): Promise<object> => {
      asked.push(args)
      return { token: 'token' }
    }
    const key = Symbol('UserTokenClient')
    Object.assign(adapter, { UserTokenClientKey: key })
    const before = async (context: TurnContext): Promise<void> => {
      context.turnState.set(key, { exchangeToken })
      await new Middleware(new MemoryStorage(), 'connection').onTurn(context, async () => {
        passed.push('next')
      })
    }

    await adapter.processActivity({ ...activity, type: 'event', name: 'other' }, async (context) => {
      Object.assign(context.activity, activity)
      await before(context)
    })

    expect(asked).toEqual([['u1', 'connection', invoke.channelId, { token: 'sso' }]])
    expect(passed).toEqual(['next'])
  })

  test.each<[string, (adapter: TestAdapter) => void]>([
    ['that gives nothing', () => {}],
    ['that fails', (adapter) => adapter.throwOnExchangeRequest('connection', invoke.channelId, 'u1', 'sso')],
    ['that gives no token', (adapter) => Object.assign(adapter, { exchangeToken: async () => ({}) })],
    ['nobody can do', (adapter) => Object.assign(adapter, { exchangeToken: undefined })],
  ])('an exchange %s is answered with 412 and stays unnoted', async (__, prepare) => {
    const { adapter, storage, passed } = scene()
    prepare(adapter)

    await adapter.processActivity(activity)

    expect(passed).toEqual([])
    expect(adapter.activeQueue).toEqual([expect.objectContaining(failure)])
    expect((storage as RecordingStorage).written).toEqual([])
  })

  test('an invoke without a value is answered with 412', async () => {
    const { adapter, passed } = exchanging()

    await adapter.processActivity({ ...activity, value: undefined })

    expect(passed).toEqual([])
    expect(adapter.activeQueue).toEqual([expect.objectContaining({ value: expect.objectContaining({ status: 412 }) })])
  })

  test.each([
    ['another name', { name: 'other' }],
    ['another channel', { channelId: 'test' }],
    ['a message', { type: 'message', name: undefined, value: undefined }],
  ])('%s passes untouched', async (__, more) => {
    const { adapter, storage, passed } = exchanging()

    await adapter.processActivity({ ...activity, ...more } as Partial<Activity>)

    expect(passed).toHaveLength(1)
    expect((storage as RecordingStorage).written).toEqual([])
  })

  test.each([
    [
      'an id',
      { value: { ...invoke.value, id: undefined } },
      'Invalid signin/tokenExchange. Missing activity.value.id.',
    ],
    ['a conversation', { conversation: {} as Activity['conversation'] }, 'invalid activity. Missing conversation.id'],
  ])('an exchange without %s fails the turn', async (__, more, message) => {
    const { adapter } = exchanging()

    await expect(adapter.processActivity({ ...activity, ...more })).rejects.toThrow(message)
  })

  test.each(['eTag conflict', 'Storage: error writing "k" due to ETAG CONFLICT.', 'The Precondition is not met.'])(
    'a storage that says %s has seen the sign-in',
    async (message) => {
      const { adapter, passed } = exchanging(new FailingStorage(message))

      await adapter.processActivity(activity)

      expect(passed).toEqual([])
      expect(adapter.activeQueue).toEqual([
        expect.objectContaining({ type: 'invokeResponse', value: { body: null, status: 200 } }),
      ])
    },
  )

  test('a storage that fails otherwise fails the turn', async () => {
    const { adapter } = exchanging(new FailingStorage('disk full'))

    await expect(adapter.processActivity(activity)).rejects.toThrow('disk full')
  })

  test.each<[unknown, unknown, string]>([
    [undefined, undefined, '`storage` parameter is required'],
    [null, 'connection', '`storage` parameter is required'],
    [new MemoryStorage(), undefined, '`oAuthConnectionName` parameter is required'],
    [new MemoryStorage(), '', '`oAuthConnectionName` parameter is required'],
  ])('storage %p with connection %p is refused', (storage, connection, message) => {
    expect(() => new Middleware(storage as MemoryStorage, connection as string)).toThrow(new TypeError(message))
  })
})
