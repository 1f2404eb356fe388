import { EventEmitter } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { Channels } from '@parley/core'
import type { Activity, TurnContext } from '@parley/core'
import express from 'express'
import { AuthenticationError } from '../../connector/auth/authentication-error.ts'
import { ChannelValidation } from '../../connector/auth/channel-validation.ts'
import type { ClaimsIdentity } from '../../connector/auth/claims-identity.ts'
import { GovernmentChannelValidation } from '../../connector/auth/government-channel-validation.ts'
import { JwtTokenValidation } from '../../connector/auth/jwt-token-validation.ts'
import type { INodeSocket } from '../../streaming/index.ts'
import { BotFrameworkAdapter, USER_AGENT } from './bot-framework-adapter.ts'
import type { BotFrameworkAdapterSettings } from './bot-framework-adapter.ts'
import type { WebRequest, WebResponse } from './web-messages.ts'

type Logic = (context: TurnContext) => Promise<unknown>

const quiet: Logic = async () => {}
let nextId = 0

function message(fields: object = {}): Partial<Activity> {
  nextId += 1
  const ids = { id: `i${nextId}`, conversation: { id: 'c' }, from: { id: 'u' }, recipient: { id: 'b' } }
  const activity = { type: 'message', channelId: 'test', serviceUrl: 'https://service.example', text: 'hey', ...ids }
  return { ...activity, ...fields } as Partial<Activity>
}

/** A response that remembers what is called; it has no more than v4 asks for. */
class RecordingResponse implements WebResponse {
  readonly calls: unknown[][] = []

  status(code: number): void {
    this.calls.push(['status', code])
  }

  send(body: unknown): void {
    this.calls.push(['send', body])
  }

  end(): void {
    this.calls.push(['end'])
  }
}

interface Outcome {
  readonly calls: readonly unknown[][]
  readonly error: Error | undefined
}

async function outcomeOf(
  request: WebRequest,
  logic: Logic = quiet,
  adapter: BotFrameworkAdapter = new BotFrameworkAdapter(),
): Promise<Outcome> {
  const response = new RecordingResponse()
  const error = await adapter.processActivity(request, response, logic).then(
    () => undefined,
    (reason: Error) => reason,
  )
  return { calls: response.calls, error }
}

const asBody = (fields?: object): WebRequest => ({ body: message(fields), headers: {} })
const asStream = (text: string): WebRequest => Object.assign(Readable.from([Buffer.from(text)]), { headers: {} })
/** No more of a stream than v4 asks for: it calls whoever listens at once. */
const asEvents = (text: string): WebRequest => ({
  headers: {},
  on: (event: string, listener: (chunk?: string) => void) => {
    if (event === 'data') listener(text)
    if (event === 'end') listener()
  },
})

let errors: jest.SpyInstance
beforeEach(() => {
  errors = jest.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => errors.mockRestore())

const refusal = (status: number): unknown[][] => [
  ['status', status],
  ['send', { error: expect.objectContaining({ id: expect.any(String) }) }],
  ['end'],
]
const OK = [['status', 200], ['end']]

describe('a request', () => {
  test.each<[string, () => WebRequest]>([
    ['whose body was parsed', () => asBody()],
    ['whose body is still to be read', () => asStream(JSON.stringify(message()))],
    ['that has nothing but `on` to read the body', () => asEvents(JSON.stringify(message()))],
    [
      'in pieces',
      () => Object.assign(Readable.from(['{"type":', JSON.stringify(message()).slice(8)]), { headers: {} }),
    ],
  ])('%s is a turn and answered with 200', async (_, request) => {
    const texts: string[] = []
    const outcome = await outcomeOf(request(), async ({ activity }) => texts.push(activity.text))
    expect(outcome).toEqual({ calls: OK, error: undefined })
    expect(texts).toEqual(['hey'])
  })

  const invalid = 'Error: validateAndFixActivity(): invalid request body.'
  const typeless = 'Error: validateAndFixActivity(): missing activity type.'
  test.each<[string, WebRequest, string]>([
    ['an object without a type', { body: {}, headers: {} }, typeless],
    ['a type that is no text', { body: { type: 5 }, headers: {} }, typeless],
    ['a list', { body: [], headers: {} }, typeless],
    ['a text', { body: '"x"', headers: {} }, invalid],
    ['nothing', { headers: {} }, invalid],
    ['a number in a stream', asStream('5'), invalid],
    ['half an object in a stream', asStream('{"a'), 'SyntaxError: Unterminated string in JSON at position 3'],
    ['an empty stream', asStream(''), 'SyntaxError: Unexpected end of JSON input'],
    ['no type in a stream', asStream('{"text":"a"}'), typeless],
  ])('with %s as its body is answered with 400, and then throws', async (_, request, reason) => {
    const { calls, error } = await outcomeOf(request)
    expect(calls).toEqual(refusal(400))
    expect(error?.message).toMatch(/^BotFrameworkAdapter\.processActivity\(\): 400 ERROR\n /)
    expect(error?.message.split('\n')[1]).toBe(` ${reason}`)
  })

  test('whose stream breaks off is answered with 400', async () => {
    const stream = Object.assign(new EventEmitter(), { headers: {}, body: undefined })
    const outcome = outcomeOf({ headers: {}, on: stream.on.bind(stream) })
    setImmediate(() => stream.emit('error', new Error('gone')))
    expect((await outcome).calls).toEqual(refusal(400))
  })

  test('that is too large is answered with 413', async () => {
    const text = JSON.stringify(message({ text: 'x'.repeat(1024 * 1024) }))
    expect((await outcomeOf(asEvents(text))).calls).toEqual(refusal(413))
  })

  test('with GET is no turn', async () => {
    const { calls, error } = await outcomeOf({ ...asBody(), method: 'GET' })
    expect(calls).toEqual(refusal(405))
    expect(error?.message).toContain('processActivity(): 405 ERROR\n Error: The request was refused: MethodNotAllowed')
  })

  test('without a type does not end the process when nobody waits', async () => {
    const unhandled = jest.fn()
    process.on('unhandledRejection', unhandled)
    void new BotFrameworkAdapter().processActivity({ body: {}, headers: {} }, new RecordingResponse(), quiet)
    await new Promise((resolve) => setTimeout(resolve, 20))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
    expect(errors).toHaveBeenCalledWith(expect.stringContaining('BODY_TYPE'))
  })
})

describe('a turn answers', () => {
  const invokes = { type: 'invoke', name: 'n' }
  const says =
    (...activities: Partial<Activity>[]): Logic =>
    (context) =>
      context.sendActivities(activities)
  const text = expect.objectContaining({ text: 'hi', replyToId: expect.any(String), recipient: { id: 'u' } })
  const trace = expect.objectContaining({ type: 'trace' })

  test.each<[string, object, Logic, unknown[][]]>([
    [
      'an invoke',
      invokes,
      says({ type: 'invokeResponse', value: { status: 207, body: { a: 1 } } }),
      [['send', { a: 1 }]],
    ],
    ['an invoke without a body', invokes, says({ type: 'invokeResponse', value: { status: 207 } }), []],
    [
      'expected replies without traces',
      { deliveryMode: 'expectReplies' },
      says({ type: 'message', text: 'hi' }, { type: 'trace', name: 't' }),
      [['send', { activities: [text] }]],
    ],
    [
      'expected replies with traces to the Emulator',
      { deliveryMode: 'expectReplies', channelId: Channels.Emulator },
      says({ type: 'message', text: 'hi' }, { type: 'trace', name: 't' }),
      [['send', { activities: [text, trace] }]],
    ],
    [
      'expected replies that the turn itself has asked for',
      {},
      async (context) => {
        context.activity.deliveryMode = 'expectReplies'
        await context.sendActivity('hi')
      },
      [['send', { activities: [text] }]],
    ],
    [
      'expected replies, before the response to an invoke',
      { ...invokes, deliveryMode: 'expectReplies' },
      says({ type: 'message', text: 'hi' }),
      [['send', { activities: [text] }]],
    ],
  ])('%s', async (_, fields, logic, sent) => {
    const { calls, error } = await outcomeOf(asBody(fields), logic)
    const status = JSON.stringify(fields).includes('invoke') && !('deliveryMode' in fields) ? 207 : 200
    expect(calls).toEqual([['status', status], ...sent, ['end']])
    expect(error).toBeUndefined()
  })

  test.each<[string, Logic, number, unknown[][], string]>([
    ['501 to an invoke nobody answers', quiet, 501, [], ''],
    ['501 to an invoke whose response has no value', says({ type: 'invokeResponse' }), 501, [], ''],
    [
      'an error of the bot',
      says({ type: 'invokeResponse', value: { status: 412, body: 'no' } }),
      412,
      [['send', 'no']],
      '',
    ],
    [
      '500 for what the bot throws',
      async () => {
        throw new Error('bad bot')
      },
      500,
      [refusal(500)[1] as unknown[]],
      '\n Error: bad bot\n',
    ],
    [
      '500 for a text that the bot throws',
      async () => {
        throw 'bad bot' as unknown as Error
      },
      500,
      [refusal(500)[1] as unknown[]],
      '',
    ],
  ])('%s, and then throws', async (_, logic, status, sent, reason) => {
    const { calls, error } = await outcomeOf(asBody(invokes), logic)
    expect(calls).toEqual([['status', status], ...sent, ['end']])
    const told = `BotFrameworkAdapter.processActivity(): ${status} ERROR${reason}`
    expect(error?.message.slice(0, reason ? told.length : undefined)).toBe(told)
  })

  test('200 when onTurnError took care of what was thrown', async () => {
    const adapter = new BotFrameworkAdapter()
    const seen: string[] = []
    adapter.onTurnError = async (context, error) => {
      seen.push(`${context.activity.text}: ${error.message}`)
    }
    const throwing: Logic = async () => {
      throw new Error('bad bot')
    }
    expect(await outcomeOf(asBody(), throwing, adapter)).toEqual({ calls: OK, error: undefined })
    expect(seen).toEqual(['hey: bad bot'])
  })

  test('the same under the name `process`', async () => {
    const response = Object.assign(new RecordingResponse(), { socket: {}, header: () => {} })
    const processed = new BotFrameworkAdapter().process({ body: {}, headers: {} }, response, async () => {})
    await expect(processed).rejects.toThrow('BotFrameworkAdapter.processActivity(): 400 ERROR\n Error: validateAndFix')
  })
})

describe('a turn has', () => {
  test('the identity, the client, the audience and the logic in its state, and no caller from the wire', async () => {
    const adapter = new BotFrameworkAdapter()
    const logic: Logic = async ({ activity, turnState }) => {
      expect(turnState.get<ClaimsIdentity>(adapter.BotIdentityKey)).toMatchObject({ authenticationType: 'anonymous' })
      expect(turnState.get(adapter.ConnectorClientKey)).toMatchObject({ baseUri: 'https://service.example' })
      expect(turnState.get(adapter.OAuthScopeKey)).toBe('https://api.botframework.com')
      expect(turnState.get('botCallbackHandler')).toBe(logic)
      expect(activity.callerId).toBeUndefined()
      expect(activity.timestamp).toEqual(new Date('2020-01-01T00:00:00Z'))
      expect(activity).toMatchObject({ extra: { kept: true } })
    }
    const fields = { callerId: 'evil', timestamp: '2020-01-01T00:00:00Z', extra: { kept: true } }
    expect((await outcomeOf(asBody(fields), logic, adapter)).error).toBeUndefined()
  })

  const tenant = { tenant: { id: 'T1' } }
  test.each<[string, object, string | undefined]>([
    ['of the channel data on Teams', { channelId: 'msteams', channelData: tenant }, 'T1'],
    ['it has already', { channelId: 'msteams', channelData: tenant, conversation: { id: 'c', tenantId: 'T0' } }, 'T0'],
    ['of no other channel', { channelData: tenant }, undefined],
    ['of no channel data', { channelId: 'msteams' }, undefined],
  ])('the tenant %s', async (_, fields, expected) => {
    const seen: (string | undefined)[] = []
    await outcomeOf(asBody(fields), async ({ activity }) => seen.push(activity.conversation.tenantId))
    expect(seen).toEqual([expected])
  })
})

describe('a bot without an app id', () => {
  let server: Server
  let url: string
  let sent: Partial<Activity>[]
  let logic: Logic

  beforeEach(async () => {
    sent = []
    const adapter = new BotFrameworkAdapter()
    const app = express()
    app.post(
      '/api/messages',
      (request, response) => void adapter.processActivity(request, response, (turn) => logic(turn)),
    )
    app.post('/v3/*path', express.json(), (request, response) => {
      sent.push(request.body as Partial<Activity>)
      response.json({ id: `sent-${sent.length}` })
    })
    server = createServer(app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const request = { 'Content-Type': 'application/json', Connection: 'close', ...headers }
    return fetch(`${url}/api/messages`, { method: 'POST', headers: request, body: JSON.stringify(body) })
  }

  test('answers five messages at once in their order', async () => {
    logic = async (context) => {
      await new Promise((resolve) => setImmediate(resolve))
      await context.sendActivity(`echo ${context.activity.text}`)
    }
    const texts = ['1', '2', '3', '4', '5']
    const statuses: number[] = []
    for (const text of texts) {
      const answered = post(message({ serviceUrl: url, text })).then(({ status }) => statuses.push(status))
      if (text === '5') await answered
      else await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(sent.map(({ text }) => text)).toEqual(texts.map((text) => `echo ${text}`))
    expect(statuses).toEqual([200, 200, 200, 200, 200])
  })

  test('runs an activity that is delivered twice once', async () => {
    const turns: unknown[] = []
    logic = async ({ activity }) => turns.push(activity.id)
    const activity = message({ serviceUrl: url })
    const statuses = await Promise.all([post(activity), post(activity)])
    expect(statuses.map(({ status }) => status)).toEqual([200, 200])
    expect(turns).toHaveLength(1)
  })

  test('can still send when its turn has ended', async () => {
    const late = new Promise<unknown>((resolve, reject) => {
      logic = async (context) => {
        setTimeout(() => void context.sendActivity('late').then(resolve, reject), 20)
      }
    })
    await post(message({ serviceUrl: url }))
    expect(await late).toMatchObject({ id: 'sent-1' })
    expect(sent).toMatchObject([{ text: 'late', conversation: { id: 'c' }, recipient: { id: 'u' } }])
  })

  test('answers a body without a type with 400 and goes on', async () => {
    logic = quiet
    const refused = await post({ text: 'x' })
    expect(refused.status).toBe(400)
    expect((await post(message({ serviceUrl: url }))).status).toBe(200)
  })

  test('serves this machine only', async () => {
    logic = quiet
    expect((await post(message({ serviceUrl: url }), { 'X-Forwarded-For': '203.0.113.9' })).status).toBe(403)
  })
})

describe('a subclass', () => {
  const own = { appId: 'app', appPassword: 'secret' }
  const claims = (...pairs: string[]): ClaimsIdentity =>
    ({
      claims: pairs.map((pair) => ({ type: pair.split('=')[0], value: pair.split('=')[1] })),
      getClaimValue: (type: string) => pairs.find((pair) => pair.startsWith(`${type}=`))?.split('=')[1] ?? null,
      isAuthenticated: true,
    }) as unknown as ClaimsIdentity

  test('that overrides processActivity is asked by process, too', async () => {
    class Own extends BotFrameworkAdapter {
      override async processActivity(req: WebRequest, res: WebResponse, logic: Logic): Promise<void> {
        await super.processActivity(req, res, async (context) => {
          context.activity.text = 'mine'
          await logic(context)
        })
      }
    }
    const seen: string[] = []
    const response = Object.assign(new RecordingResponse(), { socket: {}, header: () => {} })
    await new Own().process({ body: { ...message() }, headers: {} }, response, async ({ activity }) => {
      seen.push(activity.text)
    })
    expect(seen).toEqual(['mine'])
  })

  test('that overrides createContext makes the context, after the caller is known', async () => {
    class Own extends BotFrameworkAdapter {
      protected override createContext(request: Partial<Activity>): TurnContext {
        const context = super.createContext(request)
        context.turnState.set('made', request.callerId ?? 'nobody')
        return context
      }
    }
    const seen: unknown[] = []
    await outcomeOf(asBody({ callerId: 'evil' }), async ({ turnState }) => seen.push(turnState.get('made')), new Own())
    expect(seen).toEqual(['nobody'])
  })

  test('that overrides authenticateRequest may refuse, in its own words', async () => {
    class Own extends BotFrameworkAdapter {
      protected override async authenticateRequest(request: Partial<Activity>, authHeader: string): Promise<void> {
        throw new Error(`not ${request.text} with ${authHeader}`)
      }
    }
    const request = { ...asBody(), headers: { Authorization: 'Bearer x' } }
    const { calls, error } = await outcomeOf(request, quiet, new Own())
    expect(calls).toEqual(refusal(401))
    expect(error?.message).toContain('processActivity(): 401 ERROR\n Error: not hey with Bearer x\n')
  })

  test('that overrides authenticateRequest lets nobody in whom v4 does not', async () => {
    class Own extends BotFrameworkAdapter {
      protected override async authenticateRequest(): Promise<void> {}
    }
    const { calls, error } = await outcomeOf(asBody(), quiet, new Own(own))
    expect(calls).toEqual(refusal(401))
    expect(error?.message).toContain('401 ERROR\n Error: Unauthorized Access. Request is not authorized')
  })

  test.each<[string, ClaimsIdentity, Partial<BotFrameworkAdapterSettings>, object]>([
    [
      'of a channel',
      claims('aud=app'),
      own,
      { callerId: 'urn:botframework:azure', scope: 'https://api.botframework.com' },
    ],
    [
      'of a channel of the US government',
      claims('aud=app'),
      { ...own, channelService: 'https://botframework.azure.us' },
      { callerId: 'urn:botframework:azureusgov', scope: 'https://api.botframework.us' },
    ],
    [
      'of a bot whose skill this one is',
      claims('aud=app', 'ver=1.0', 'appid=caller'),
      own,
      { callerId: 'urn:botframework:aadappid:caller', scope: 'caller' },
    ],
  ])('may say itself who sends; the turn %s has its caller and audience', async (_, identity, settings, expected) => {
    const asked: unknown[][] = []
    class Own extends BotFrameworkAdapter {
      protected override buildCredentials(
        appId: string,
        scope?: string,
      ): ReturnType<BotFrameworkAdapter['buildCredentials']> {
        asked.push([appId, scope])
        return super.buildCredentials(appId, scope)
      }
    }
    const adapter = new Own(settings)
    Object.assign(adapter, { authenticateRequestInternal: async () => identity })
    const seen: object[] = []
    const outcome = await outcomeOf(
      asBody(),
      async ({ activity, turnState }) =>
        seen.push({ callerId: activity.callerId, scope: turnState.get(adapter.OAuthScopeKey) }),
      adapter,
    )
    expect(outcome.error).toBeUndefined()
    expect(seen).toEqual([expected])
    expect(asked).toEqual([['app', (expected as { scope: string }).scope]])
  })

  test.each([403, 400, 500])('whose rules refuse with %i answers 401, as v4 does', async (status) => {
    const original = JwtTokenValidation.authenticateRequest
    JwtTokenValidation.authenticateRequest = async () => {
      throw new AuthenticationError('no', status)
    }
    const { calls, error } = await outcomeOf(asBody(), quiet, new BotFrameworkAdapter(own))
    JwtTokenValidation.authenticateRequest = original
    expect(calls).toEqual(refusal(401))
    expect(error?.message).toContain('401 ERROR\n Error: no\n')
  })
})

describe('processActivityDirect', () => {
  test('runs a turn that has nothing but the logic in its state', async () => {
    const keys: unknown[] = []
    const activity = message() as Activity
    await new BotFrameworkAdapter(ownApp).processActivityDirect(activity, async ({ turnState }) => {
      keys.push(...turnState.keys())
    })
    expect(keys).toEqual(['botCallbackHandler'])
  })

  test('throws what the turn threw, as text', async () => {
    const thrown = new BotFrameworkAdapter().processActivityDirect(message() as Activity, async () => {
      throw new Error('bad bot')
    })
    await expect(thrown).rejects.toThrow('BotFrameworkAdapter.processActivityDirect(): ERROR\n Error: bad bot\n')
  })
})

const ownApp = { appId: 'app', appPassword: 'secret' }

describe('settings', () => {
  /** What subclasses see. */
  class Open extends BotFrameworkAdapter {
    get seen(): { settings: BotFrameworkAdapterSettings; credentials: object; oauth: string; name: string } {
      const { settings, credentials } = this
      const { name } = credentials.constructor
      return { settings, credentials, oauth: this.oauthApiUrl('http://x'), name }
    }
  }

  const GOVERNMENT = 'https://botframework.azure.us'
  const login = 'https://login.microsoftonline.com'
  test.each<[string, Partial<BotFrameworkAdapterSettings> | undefined, object]>([
    [
      'none',
      undefined,
      {
        settings: { appId: '', appPassword: '', channelService: undefined, openIdMetadata: undefined },
        name: 'MicrosoftAppCredentials',
        oauth: 'https://api.botframework.com',
      },
    ],
    [
      'a tenant and an address of user tokens',
      { ...ownApp, channelAuthTenant: 't', oAuthEndpoint: 'https://o.example' },
      { credentials: { _oAuthEndpoint: `${login}/t` }, oauth: 'https://o.example' },
    ],
    [
      'a certificate',
      { appId: 'app', certificateThumbprint: 'ab', certificatePrivateKey: 'key' },
      { name: 'CertificateAppCredentials', credentials: { certificateThumbprint: 'ab' } },
    ],
    ['a thumbprint without a key', { appId: 'app', certificateThumbprint: 'ab' }, { name: 'MicrosoftAppCredentials' }],
    [
      'the cloud of the US government',
      { ...ownApp, channelService: GOVERNMENT },
      {
        name: 'MicrosoftGovernmentAppCredentials',
        credentials: { _oAuthScope: 'https://api.botframework.us' },
        oauth: 'https://api.botframework.azure.us',
      },
    ],
    [
      'a certificate in the cloud of the US government',
      { appId: 'app', certificateThumbprint: 'ab', certificatePrivateKey: 'key', channelService: GOVERNMENT },
      {
        name: 'CertificateAppCredentials',
        credentials: {
          _oAuthScope: 'https://api.botframework.us',
          _oAuthEndpoint: 'https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us',
        },
      },
    ],
  ])('%s', (_, settings, expected) => {
    expect(new Open(settings).seen).toMatchObject(expected)
  })

  test('are read from the environment where they are absent', () => {
    process.env['ChannelService'] = GOVERNMENT
    process.env['BotOpenIdMetadata'] = 'https://keys.example'
    const { settings, name } = new Open(ownApp).seen
    const endpoints = [ChannelValidation.OpenIdMetadataEndpoint, GovernmentChannelValidation.OpenIdMetadataEndpoint]
    delete process.env['ChannelService']
    delete process.env['BotOpenIdMetadata']
    ChannelValidation.OpenIdMetadataEndpoint = undefined
    GovernmentChannelValidation.OpenIdMetadataEndpoint = undefined
    expect(settings).toMatchObject({ channelService: GOVERNMENT, openIdMetadata: 'https://keys.example' })
    expect(name).toBe('MicrosoftGovernmentAppCredentials')
    expect(endpoints).toEqual(['https://keys.example', 'https://keys.example'])
  })

  test('are told about once when their name is mistyped', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const settings = { appID: 'a' } as Partial<BotFrameworkAdapterSettings>
    const adapters = [new BotFrameworkAdapter(settings), new BotFrameworkAdapter(settings)]
    const texts = warn.mock.calls.map(([text]) => text)
    warn.mockRestore()
    expect(adapters).toHaveLength(2)
    expect(texts).toEqual(["The option 'appID' is not known; is 'appId' meant?"])
  })

  test('tell services who calls', () => {
    expect(USER_AGENT).toMatch(
      /^Microsoft-BotFramework\/3\.1 BotBuilder\/4\.23\.3 \(Node\.js,Version=v\d+.*; .*; .*\)$/,
    )
  })
})

describe('streaming', () => {
  const adapter = new BotFrameworkAdapter()
  const unsupported = { code: 'DROPIN_UNSUPPORTED' }
  const written: string[] = []
  const socket = (): INodeSocket => ({ end: (text: string) => void written.push(text) }) as unknown as INodeSocket

  test('is refused, and so is who dials', async () => {
    await expect(adapter.useWebSocket({ headers: {} }, socket(), Buffer.alloc(0), quiet)).rejects.toMatchObject(
      unsupported,
    )
    expect(written[0]).toMatch(/^HTTP\/1\.1 501 /)
    const logic = async (): Promise<void> => {}
    await expect(adapter.process({ headers: {} }, socket(), Buffer.alloc(0), logic)).rejects.toMatchObject(unsupported)
    await expect(adapter.useNamedPipe(quiet)).rejects.toMatchObject(unsupported)
    await expect(adapter.processRequest({ streams: [] })).rejects.toMatchObject(unsupported)
    expect(adapter.isStreamingConnectionOpen).toBe(false)
  })

  test.each<[string, () => Promise<void>, string]>([
    [
      'useNamedPipe',
      () => adapter.useNamedPipe(undefined as never),
      'Bot logic needs to be provided to `useNamedPipe`',
    ],
    [
      'useWebSocket',
      () => adapter.useWebSocket({ headers: {} }, socket(), Buffer.alloc(0), undefined as never),
      'Streaming logic needs to be provided to `useWebSocket`',
    ],
  ])('without logic is refused by %s in v4’s words', async (_, call, text) => {
    await expect(call()).rejects.toThrow(text)
  })
})

test('close lets running turns end and takes no more', async () => {
  const adapter = new BotFrameworkAdapter()
  await adapter.close()
  expect((await outcomeOf(asBody(), quiet, adapter)).calls).toEqual(refusal(503))
})
