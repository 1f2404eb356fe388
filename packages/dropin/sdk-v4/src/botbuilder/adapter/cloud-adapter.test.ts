import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Activity, TurnContext } from '@parley/core'
import { AuthenticationError } from '../../connector/auth/authentication-error.ts'
import type { AuthenticateRequestResult } from '../../connector/auth/authenticate-request-result.ts'
import { BotFrameworkAuthentication } from '../../connector/auth/bot-framework-authentication.ts'
import { ClaimsIdentity } from '../../connector/auth/claims-identity.ts'
import type { ConnectorFactory } from '../../connector/clients/connector-factory.ts'
import type { UserTokenClient } from '../../connector/clients/user-token-client.ts'
import { ConfigurationBotFrameworkAuthentication } from '../../core/adapter/configuration-bot-framework-authentication.ts'
import { CloudAdapter } from './cloud-adapter.ts'
import type { Request, Response } from './web-messages.ts'

/** A connector that remembers what it is asked, without a network. */
class RecordingConnector {
  readonly calls: unknown[][] = []

  readonly factory = {
    create: async (serviceUrl: string, audience: string) => {
      this.calls.push(['create', serviceUrl, audience])
      return { conversations: this.conversations }
    },
  } as unknown as ConnectorFactory

  private readonly conversations = {
    sendToConversation: async (...call: unknown[]) => this.answer('send', call),
    replyToActivity: async (...call: unknown[]) => this.answer('reply', call),
    updateActivity: async (...call: unknown[]) => this.answer('update', call),
    deleteActivity: async (...call: unknown[]) => this.answer('delete', call),
    createConversation: async (...call: unknown[]) => this.answer('createConversation', call),
  }

  private answer(name: string, call: unknown[]): { id: string } {
    this.calls.push([name, ...call])
    return { id: `id-${this.calls.length}` }
  }
}

class OwnAuthentication extends BotFrameworkAuthentication {
  readonly connector = new RecordingConnector()
  readonly headers: string[] = []
  refusal: Error | undefined

  async authenticateRequest(_activity: Activity, authHeader: string): Promise<AuthenticateRequestResult> {
    this.headers.push(authHeader)
    if (this.refusal) throw this.refusal
    return {
      audience: 'the channel',
      callerId: 'the caller',
      claimsIdentity: new ClaimsIdentity([]),
      connectorFactory: this.connector.factory,
    }
  }

  async authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    throw new Error('not used')
  }

  createConnectorFactory(): ConnectorFactory {
    return this.connector.factory
  }

  async createUserTokenClient(): Promise<UserTokenClient> {
    return {} as UserTokenClient
  }
}

class RecordingResponse implements Response {
  readonly socket = {}
  readonly calls: unknown[][] = []

  status(code: number): this {
    this.calls.push(['status', code])
    return this
  }

  send(...body: unknown[]): this {
    this.calls.push(['send', ...body])
    return this
  }

  header(): void {}

  end(): void {
    this.calls.push(['end'])
  }
}

const message: Partial<Activity> = {
  type: 'message',
  id: 'i1',
  channelId: 'test',
  serviceUrl: 'https://service.example',
  conversation: { id: 'c' } as Activity['conversation'],
  from: { id: 'u' } as Activity['from'],
  recipient: { id: 'b' } as Activity['recipient'],
  text: 'hey',
}

type Logic = (context: TurnContext) => Promise<void>

async function calls(adapter: CloudAdapter, request: Partial<Request>, logic: Logic = quiet): Promise<unknown[][]> {
  const response = new RecordingResponse()
  await adapter.process({ method: 'POST', headers: {}, ...request }, response, logic)
  return response.calls
}

const quiet: Logic = async () => {}
const asBody = (activity: Partial<Activity>): { body: Record<string, unknown> } => ({ body: { ...activity } })

let errors: jest.SpyInstance
beforeEach(() => {
  errors = jest.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => errors.mockRestore())

describe('process answers', () => {
  const noBody = '`req.body` not an object, make sure you are using middleware to parse incoming requests.'
  test.each<[string, Partial<Request>, Logic | undefined, unknown[][]]>([
    ['a turn without a word', asBody(message), undefined, [['status', 200], ['end']]],
    ['no body', {}, undefined, [['status', 400], ['send', noBody], ['end']]],
    ['a body that nothing parsed', { body: 'x' as never }, undefined, [['status', 400], ['send', noBody], ['end']]],
    [
      'expected replies, before the response to an invoke',
      asBody({ ...message, type: 'invoke', name: 'n', deliveryMode: 'expectReplies' }),
      async (context) => {
        await context.sendActivities([{ type: 'message', text: 'hi' }])
      },
      [
        ['status', 200],
        ['send', { activities: [expect.objectContaining({ text: 'hi', replyToId: 'i1', recipient: { id: 'u' } })] }],
        ['end'],
      ],
    ],
    [
      'an invoke nobody answers',
      asBody({ ...message, type: 'invoke', name: 'n' }),
      undefined,
      [['status', 501], ['end']],
    ],
    [
      'an invoke',
      asBody({ ...message, type: 'invoke', name: 'n' }),
      async (context) => {
        await context.sendActivity({ type: 'invokeResponse', value: { status: 202, body: { a: 1 } } })
      },
      [['status', 202], ['send', { a: 1 }], ['end']],
    ],
    [
      'an invoke whose response has no status',
      asBody({ ...message, type: 'invoke', name: 'n' }),
      async (context) => {
        await context.sendActivity({ type: 'invokeResponse', value: { body: { a: 1 } } })
      },
      [['status', 200], ['send', { a: 1 }], ['end']],
    ],
  ])('%s', async (_, request, logic, expected) => {
    await expect(calls(new CloudAdapter(new OwnAuthentication()), request, logic)).resolves.toEqual(expected)
  })

  test('another method with 405, and a turn that throws with 500 and not its words', async () => {
    const adapter = new CloudAdapter(new OwnAuthentication())
    await expect(calls(adapter, { method: 'GET', ...asBody(message) })).resolves.toContainEqual(['status', 405])
    const failed = await calls(adapter, asBody(message), async () => {
      throw new Error('boom')
    })
    expect(failed[0]).toEqual(['status', 500])
    expect(JSON.stringify(failed)).not.toContain('boom')
    expect(errors).toHaveBeenCalledWith(expect.objectContaining({ message: 'boom' }))
  })

  test('a body without a type with 400, and lives', async () => {
    const adapter = new CloudAdapter(new OwnAuthentication())
    await expect(calls(adapter, { body: {} })).resolves.toContainEqual(['status', 400])
    await expect(calls(adapter, asBody(message))).resolves.toEqual([['status', 200], ['end']])
  })
})

test('an authentication of the bot’s own gets the header, in any case, and its refusal is the answer', async () => {
  const authentication = new OwnAuthentication()
  const adapter = new CloudAdapter(authentication)
  await calls(adapter, { ...asBody(message), headers: { Authorization: 'Bearer x' } })
  await calls(adapter, { ...asBody(message), headers: { authorization: 'Bearer y' } })
  expect(authentication.headers).toEqual(['Bearer x', 'Bearer y'])
  authentication.refusal = new AuthenticationError('no', 401)
  await expect(calls(adapter, asBody(message))).resolves.toContainEqual(['status', 401])
})

test('what a program on this machine leaves out is not there, and the turn runs', async () => {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))
  const seen: unknown[] = []
  const answered = await calls(adapter, { body: { type: 'message', text: 'hey' } }, async (context) => {
    seen.push(context.activity.text, context.activity.conversation)
  })
  expect([answered, seen]).toEqual([
    [['status', 200], ['end']],
    ['hey', undefined],
  ])
})

test('a processActivity of the bot’s own gets the header, and can hand it on', async () => {
  const authentication = new OwnAuthentication()
  const headers: unknown[] = []
  class OwnAdapter extends CloudAdapter {
    protected override async processActivity(header: unknown, ...rest: [Activity, Logic]): Promise<undefined> {
      headers.push(header)
      await super.processActivity(header as string, ...rest)
    }
  }
  const ran: unknown[] = []
  await calls(
    new OwnAdapter(authentication),
    { ...asBody(message), headers: { authorization: 'Bearer x' } },
    async (context) => {
      ran.push(context.activity.callerId)
    },
  )
  expect([headers, ran]).toEqual([['Bearer x'], ['the caller']])
})

test('the wire does not say who calls, and the turn has what v4 puts there', async () => {
  const authentication = new OwnAuthentication()
  const adapter = new CloudAdapter(authentication)
  const seen: unknown[] = []
  await calls(adapter, asBody({ ...message, callerId: 'forged' }), async (context) => {
    const { turnState } = context
    seen.push(context.activity.callerId, turnState.get(adapter.OAuthScopeKey), turnState.get('botCallbackHandler'))
    seen.push(
      [adapter.BotIdentityKey, adapter.UserTokenClientKey, adapter.ConnectorFactoryKey].every((key) =>
        turnState.has(key),
      ),
    )
  })
  expect(seen).toEqual(['the caller', 'the channel', expect.any(Function), true])
})

test('replies go to the activity that has an id, other words to the conversation, and traces nowhere', async () => {
  const authentication = new OwnAuthentication()
  const adapter = new CloudAdapter(authentication)
  await calls(adapter, asBody(message), async (context) => {
    await context.sendActivities([
      { type: 'trace' },
      { type: 'delay', value: 1 } as Partial<Activity>,
      { type: 'message' },
    ])
  })
  const { id: _, ...withoutId } = message
  await calls(adapter, asBody(withoutId), async (context) => {
    await context.sendActivity('x')
  })
  const sent = authentication.connector.calls.filter(([name]) => name !== 'create')
  expect(sent.map(([name, ...rest]) => [name, ...rest.slice(0, -1)])).toEqual([
    ['reply', 'c', 'i1'],
    ['send', 'c'],
  ])
})

test.each<[string, (adapter: CloudAdapter) => Promise<unknown>, string]>([
  ['no context', (adapter) => adapter.sendActivities(undefined as never, []), '`context` parameter required'],
  [
    'no activities',
    (adapter) => adapter.sendActivities({} as TurnContext, undefined as never),
    '`activities` parameter required',
  ],
  [
    'an empty list',
    (adapter) => adapter.sendActivities({} as TurnContext, []),
    'Expecting one or more activities, but the array was empty.',
  ],
  [
    'no service',
    (adapter) => adapter.createConversationAsync('id', 'c', '', 'a', {} as never, quiet),
    '`serviceUrl` must be a non-empty string',
  ],
  [
    'no parameters',
    (adapter) => adapter.createConversationAsync('id', 'c', 'https://s', 'a', undefined as never, quiet),
    '`conversationParameters` must be defined',
  ],
  [
    'the name of old',
    (adapter) => adapter.continueConversation({}, quiet),
    '`CloudAdapterBase.continueConversation` is deprecated, please use `CloudAdapterBase.continueConversationAsync`',
  ],
])('%s is refused in v4’s words', async (_, call, text) => {
  await expect(call(new CloudAdapter(new OwnAuthentication()))).rejects.toThrow(text)
})

test('a turn the bot starts has the event and the identity of v4', async () => {
  const authentication = new OwnAuthentication()
  const adapter = new CloudAdapter(authentication)
  const reference = {
    conversation: message.conversation!,
    serviceUrl: 'https://service.example',
    channelId: 'test',
    bot: { id: 'b' },
    user: { id: 'u' },
  }
  const seen: unknown[] = []
  const logic: Logic = async (context) => {
    const identity = context.turnState.get<ClaimsIdentity>(adapter.BotIdentityKey)
    seen.push(context.activity.name, context.turnState.get(adapter.OAuthScopeKey), identity.getClaimValue('appid'))
  }
  await adapter.continueConversationAsync('app', reference as never, logic)
  await adapter.continueConversationAsync('app', reference as never, 'the skill', logic)
  await adapter.createConversationAsync(
    'app',
    'test',
    'https://service.example',
    'the skill',
    { bot: { id: 'b' } } as never,
    logic,
  )
  expect(seen).toEqual([
    'ContinueConversation',
    undefined,
    'app',
    'ContinueConversation',
    'the skill',
    'app',
    'CreateConversation',
    undefined,
    'app',
  ])
})

test('processActivityDirect wraps what a turn throws', async () => {
  const adapter = new CloudAdapter(new OwnAuthentication())
  const boom = async (): Promise<void> => {
    throw new Error('boom')
  }
  await expect(adapter.processActivityDirect('Bearer x', message as Activity, boom)).rejects.toThrow(
    /^CloudAdapter\.processActivityDirect\(\): ERROR\n Error: boom\n {4}at /,
  )
})

test('streaming connections are refused by name', async () => {
  const adapter = new CloudAdapter()
  await expect(adapter.connectNamedPipe('p', quiet, 'a', 'b')).rejects.toMatchObject({ code: 'DROPIN_UNSUPPORTED' })
})

describe('over HTTP, unproven senders on this machine', () => {
  const received: Partial<Activity>[] = []
  const service = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push(JSON.parse(Buffer.concat(chunks).toString()) as Partial<Activity>)
      response.setHeader('content-type', 'application/json').end('{"id":"r"}')
    })
  })
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))
  const order: string[] = []
  const host = createServer((request, response) => {
    const web = Object.assign(response, {
      status: (code: number) => Object.assign(response, { statusCode: code }),
      send: (body: unknown) => response.write(JSON.stringify(body)),
      header: (name: string, value: string) => response.setHeader(name, value),
    })
    void adapter.process(request as never, web as never, async (context) => {
      order.push(`begin ${context.activity.text}`)
      await context.sendActivity(`echo ${context.activity.text}`)
      // Nobody waits for it, and the turn is over before it leaves.
      setTimeout(() => void context.sendActivity('late'), 5)
      order.push(`end ${context.activity.text}`)
    })
  })

  beforeAll(async () => {
    for (const server of [service, host]) await once(server.listen(0, '127.0.0.1'), 'listening')
  })
  afterAll(async () => {
    await adapter.close()
    for (const server of [service, host]) {
      server.closeAllConnections()
      await once(server.close(), 'close')
    }
  })

  const urlOf = (server: typeof service): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const post = (activity: object): Promise<globalThis.Response> =>
    fetch(urlOf(host), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...message, serviceUrl: urlOf(service), ...activity }),
    })

  test('five messages at once are five turns in order, what is sent late arrives, and a delivery that comes again is no turn', async () => {
    const ids = ['1', '2', '3', '4', '5']
    const answers = await Promise.all(ids.map((id) => post({ id, text: id })))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(order).toHaveLength(10)
    for (let at = 0; at < order.length; at += 2) expect(order[at + 1]).toBe(order[at]!.replace('begin', 'end'))
    await post({ id: '3', text: '3' })
    expect(order).toHaveLength(10)
    while (received.filter(({ text }) => text === 'late').length < 5)
      await new Promise((resolve) => setTimeout(resolve, 5))
  })
})
