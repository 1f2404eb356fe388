import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Channels, TurnContext } from '@parley/core'
import type { Activity, ConversationParameters, ConversationReference } from '@parley/core'
import type { ConnectorClient } from '../../../connector/clients/connector-client.ts'
import { ClaimsIdentity } from '../../../connector/auth/claims-identity.ts'
import type { CoreAppCredentials } from '../../../core/user-token-provider.ts'
import { BotFrameworkAdapter, USER_AGENT } from '../bot-framework-adapter.ts'

interface Call {
  readonly method: string
  readonly path: string
  readonly query: Record<string, string>
  readonly body: unknown
  readonly headers: Record<string, unknown>
}

/** A connector and a user token service. */
let server: Server
let url: string
let calls: Call[]
let answers: Record<string, unknown>

beforeEach(async () => {
  calls = []
  answers = {}
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { pathname: path, searchParams } = new URL(request.url ?? '', url)
      const text = Buffer.concat(chunks).toString()
      const method = request.method ?? ''
      const query = Object.fromEntries(searchParams)
      calls.push({ method, path, query, body: text ? JSON.parse(text) : undefined, headers: request.headers })
      const answer = path in answers ? answers[path] : { id: 'named' }
      if (answer === 404) response.statusCode = 404
      response.setHeader('Content-Type', 'application/json')
      response.end(answer === 404 ? '' : JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** What subclasses may use. */
class Open extends BotFrameworkAdapter {
  readonly opened: { apiUrl(where: TurnContext | string): string; check(context: TurnContext): void } = {
    apiUrl: (where) => this.oauthApiUrl(where),
    check: (context) => this.checkEmulatingOAuthCards(context),
  }
}

const adapter = new BotFrameworkAdapter()

function incoming(fields: object = {}): Partial<Activity> {
  const ids = { id: '1', conversation: { id: 'c' }, from: { id: 'u' }, recipient: { id: 'b' } }
  return { type: 'message', channelId: 'test', serviceUrl: url, ...ids, ...fields } as Partial<Activity>
}

const turn = (fields?: object, of: BotFrameworkAdapter = adapter): TurnContext => new TurnContext(of, incoming(fields))
const paths = (): string[] => calls.map(({ method, path }) => `${method} ${path}`)

describe('sendActivities', () => {
  test.each<[string, object, string]>([
    ['a service', { serviceUrl: undefined }, 'BotFrameworkAdapter.sendActivity(): missing serviceUrl.'],
    ['a conversation', { conversation: undefined }, 'BotFrameworkAdapter.sendActivity(): missing conversation id.'],
    ['an id of it', { conversation: {} }, 'BotFrameworkAdapter.sendActivity(): missing conversation id.'],
  ])('refuses an activity without %s', async (_, without, text) => {
    await expect(adapter.sendActivities(turn(), [incoming(without)])).rejects.toThrow(new Error(text))
    expect(calls).toEqual([])
  })

  test('gives {} for what is not sent', async () => {
    const activities = [
      { type: 'delay', value: 1 },
      incoming({ type: 'trace' }),
      { type: 'invokeResponse', value: 1 },
    ] as Partial<Activity>[]
    expect(await adapter.sendActivities(turn(), activities)).toEqual([{}, {}, {}])
    expect(await adapter.sendActivities(turn(), [])).toEqual([])
    expect(calls).toEqual([])
  })

  test('sends the rest in order: replies as replies, traces to the Emulator', async () => {
    const activities = [
      incoming({ replyToId: 'r' }),
      incoming(),
      incoming({ type: 'trace', channelId: Channels.Emulator }),
    ]
    expect(await adapter.sendActivities(turn(), activities)).toMatchObject([
      { id: 'named' },
      { id: 'named' },
      { id: 'named' },
    ])
    const conversation = 'POST /v3/conversations/c/activities'
    expect(paths()).toEqual([`${conversation}/r`, conversation, conversation])
    expect(calls[0]?.headers['user-agent']).toContain(USER_AGENT)
    expect(calls[0]?.headers['authorization']).toBeUndefined()
  })

  test('takes the client of the turn where it is for the same service', async () => {
    const context = turn()
    const conversations = { sendToConversation: async () => ({ id: 'own' }) }
    context.turnState.set(adapter.ConnectorClientKey, { baseUri: url, conversations })
    expect(await adapter.sendActivities(context, [incoming()])).toEqual([{ id: 'own' }])
    await expect(adapter.sendActivities(null as never, [incoming()])).rejects.toThrow('invalid context parameter')
  })
})

describe('what is missing is told in v4’s words:', () => {
  const text = (method: string, what: string): Error => new Error(`BotFrameworkAdapter.${method}(): missing ${what}`)
  const conversation = 'conversation or conversation.id'
  type Act = (without: object) => Promise<unknown>
  const update: Act = (without) => adapter.updateActivity(turn(), incoming(without))
  const reference = (without: object): Partial<ConversationReference> =>
    ({ serviceUrl: url, conversation: { id: 'c' }, activityId: '1', ...without }) as Partial<ConversationReference>
  const remove: Act = (without) => adapter.deleteActivity(turn(), reference(without))
  const deleteMember: Act = (without) => adapter.deleteConversationMember(turn(without), 'm')
  const activityMembers: Act = (without) => adapter.getActivityMembers(turn(without))
  const members: Act = (without) => adapter.getConversationMembers(turn(without))
  const noService = { serviceUrl: undefined }

  test.each<[string, Act, object, string]>([
    ['updateActivity', update, noService, 'serviceUrl'],
    ['updateActivity', update, { conversation: undefined }, conversation],
    ['updateActivity', update, { conversation: {} }, conversation],
    ['updateActivity', update, { id: undefined }, 'activity.id'],
    ['deleteActivity', remove, noService, 'serviceUrl'],
    ['deleteActivity', remove, { conversation: {} }, conversation],
    ['deleteActivity', remove, { activityId: undefined }, 'activityId'],
    ['deleteConversationMember', deleteMember, noService, 'serviceUrl'],
    ['deleteConversationMember', deleteMember, { conversation: {} }, conversation],
    ['getActivityMembers', activityMembers, noService, 'serviceUrl'],
    ['getActivityMembers', activityMembers, { conversation: {} }, conversation],
    ['getActivityMembers', activityMembers, { id: undefined }, 'both activityId and context.activity.id'],
    ['getConversationMembers', members, noService, 'serviceUrl'],
    ['getConversationMembers', members, { conversation: {} }, conversation],
  ])('%s', async (method, act, without, what) => {
    await expect(act(without)).rejects.toThrow(text(method, what))
    expect(calls).toEqual([])
  })
})

test('activities are updated and deleted, and members read and removed', async () => {
  answers['/v3/conversations/c/members'] = [{ id: 'm', givenName: 'G' }]
  answers['/v3/conversations/c/activities/2/members'] = [{ id: 'm' }]
  answers['/v3/conversations'] = { conversations: [], continuationToken: 'next' }
  const context = turn()
  expect(await adapter.updateActivity(context, incoming({ text: 'new' }))).toMatchObject({ id: 'named' })
  await adapter.deleteActivity(context, { serviceUrl: url, conversation: { id: 'c' } as never, activityId: '1' })
  await adapter.deleteConversationMember(context, 'm')
  expect(await adapter.getConversationMembers(context)).toMatchObject([{ id: 'm', givenName: 'G' }])
  expect(await adapter.getActivityMembers(context, '2')).toMatchObject([{ id: 'm' }])
  expect(await adapter.getConversations(context)).toMatchObject({ continuationToken: 'next' })
  expect(await adapter.getConversations(url, 'next')).toMatchObject({ conversations: [] })
  expect(paths()).toEqual([
    'PUT /v3/conversations/c/activities/1',
    'DELETE /v3/conversations/c/activities/1',
    'DELETE /v3/conversations/c/members/m',
    'GET /v3/conversations/c/members',
    'GET /v3/conversations/c/activities/2/members',
    'GET /v3/conversations',
    'GET /v3/conversations',
  ])
  expect(calls.at(-1)?.query).toEqual({ continuationToken: 'next' })
})

describe('a bot that speaks first', () => {
  const reference = (fields: object = {}): Partial<ConversationReference> =>
    ({ ...TurnContext.getConversationReference(incoming()), ...fields }) as Partial<ConversationReference>

  test('continues a conversation', async () => {
    const seen: unknown[] = []
    await adapter.continueConversation(reference(), async (context) => {
      const { type, name, conversation, from, recipient, id } = context.activity
      seen.push({ type, name, conversation, from, recipient, id }, context.turnState.get(adapter.OAuthScopeKey))
      await context.sendActivity('hi')
    })
    const people = { from: { id: 'u' }, recipient: { id: 'b' }, conversation: { id: 'c' } }
    expect(seen).toEqual([
      { type: 'event', name: 'ContinueConversation', id: '1', ...people },
      'https://api.botframework.com',
    ])
    expect(calls).toMatchObject([
      { path: '/v3/conversations/c/activities/1', body: { text: 'hi', recipient: { id: 'u' } } },
    ])
  })

  test('continues a conversation with another bot, with tokens for that bot', async () => {
    const asked: unknown[][] = []
    class Own extends BotFrameworkAdapter {
      protected override buildCredentials(
        ...given: [string, string?]
      ): ReturnType<BotFrameworkAdapter['buildCredentials']> {
        asked.push(given)
        return super.buildCredentials(...given)
      }
    }
    const own = new Own({ appId: 'app', appPassword: 'secret' })
    const seen: unknown[] = []
    await own.continueConversation(reference(), 'the caller', async ({ turnState }) => {
      seen.push(turnState.get(own.OAuthScopeKey), turnState.get<ConnectorClient>(own.ConnectorClientKey).credentials)
    })
    expect(asked).toEqual([['app', 'the caller']])
    expect(seen).toMatchObject(['the caller', { appId: 'app', oAuthScope: 'the caller' }])
  })

  test.each<[string, object, Partial<ConversationParameters> | undefined, object, object]>([
    ['of the user and the bot', {}, undefined, { isGroup: false, bot: { id: 'b' }, members: [{ id: 'u' }] }, {}],
    [
      'as it says',
      {},
      { isGroup: true, members: [{ id: 'x' }] as never, topicName: 't', channelData: { q: 1 } },
      { isGroup: true, bot: { id: 'b' }, members: [{ id: 'x' }], topicName: 't', channelData: { q: 1 } },
      { conversation: { id: 'new', isGroup: true }, channelData: { q: 1 } },
    ],
    [
      'in the tenant of the reference, on Teams',
      { channelId: 'msteams', conversation: { id: 'c', tenantId: 'T' } },
      {},
      { isGroup: false, bot: { id: 'b' }, members: [{ id: 'u' }], tenantId: 'T', channelData: { tenant: { id: 'T' } } },
      { conversation: { id: 'new', isGroup: false, tenantId: 'T' }, channelData: { tenant: { id: 'T' } } },
    ],
    [
      'in the tenant of the reference, on any channel',
      { conversation: { id: 'c', tenantId: 'T' } },
      undefined,
      { isGroup: false, bot: { id: 'b' }, members: [{ id: 'u' }], tenantId: 'T', channelData: { tenant: { id: 'T' } } },
      { conversation: { id: 'new', isGroup: false, tenantId: 'T' } },
    ],
  ])('creates a conversation %s', async (_, fields, parameters, sent, expected) => {
    answers['/v3/conversations'] = { id: 'new' }
    const seen: object[] = []
    const logic = async (context: TurnContext): Promise<void> => {
      seen.push({ ...context.activity })
      await context.sendActivity('hi')
    }
    if (parameters) await adapter.createConversation(reference(fields), parameters, logic)
    else await adapter.createConversation(reference(fields), logic)
    expect(calls[0]?.body).toEqual(sent)
    expect(seen).toMatchObject([
      { type: 'event', name: 'CreateConversation', from: { id: 'u' }, recipient: { id: 'b' }, ...expected },
    ])
    expect(calls[1]).toMatchObject({ path: '/v3/conversations/new/activities/1' })
  })

  test('goes on at the service that the created conversation names', async () => {
    answers['/v3/conversations'] = { id: 'new', serviceUrl: 'http://127.0.0.1:4000/other' }
    const seen: string[] = []
    await adapter.createConversation(reference(), async ({ activity }) => void seen.push(activity.serviceUrl))
    expect(seen).toEqual(['http://127.0.0.1:4000/other'])
  })

  test('is told what is missing', async () => {
    const logic = async (): Promise<void> => {}
    const text = 'BotFrameworkAdapter.createConversation(): missing serviceUrl.'
    await expect(adapter.createConversation(reference({ serviceUrl: undefined }), logic)).rejects.toThrow(text)
    await expect(adapter.createConversation(reference(), undefined as never)).rejects.toThrow(TypeError)
    await expect(adapter.continueConversation(reference(), undefined as never)).rejects.toThrow(TypeError)
  })

  test('has to do it in the older way', async () => {
    const logic = async (): Promise<void> => {}
    await expect(adapter.continueConversationAsync('app', reference(), logic)).rejects.toThrow(
      new Error('NotImplemented'),
    )
    const created = adapter.createConversationAsync('app', 'test', url, 'aud', {}, logic)
    await expect(created).rejects.toThrow(new Error('NotImplemented'))
  })
})

describe('a client for a sender', () => {
  const own = new BotFrameworkAdapter({ appId: 'app', appPassword: 'secret', clientOptions: { userAgent: 'mine' } })
  const identityOf = (claims: Record<string, string>): ClaimsIdentity =>
    new ClaimsIdentity(
      Object.entries(claims).map(([type, value]) => ({ type, value })),
      true,
    )
  const credentialsOf = async (identity: ClaimsIdentity, audience?: string): Promise<object> => {
    const client = await own.createConnectorClientWithIdentity('http://service/', identity, audience as string)
    expect(client.baseUri).toBe('http://service/')
    return client.credentials
  }

  test.each<[string, Record<string, string>, string | undefined, object]>([
    ['a channel', { aud: 'app' }, undefined, { appId: 'app', oAuthScope: 'https://api.botframework.com' }],
    ['another bot', { aud: 'app', ver: '1.0', appid: 'caller' }, undefined, { appId: 'app', oAuthScope: 'caller' }],
    ['an audience', { aud: 'app' }, ' given ', { appId: 'app', oAuthScope: 'given' }],
    ['a blank audience', { aud: 'app' }, '  ', { oAuthScope: 'https://api.botframework.com' }],
    ['nobody', {}, undefined, { appId: null }],
    ['the anonymous skill', { appid: 'AnonymousSkill' }, undefined, { appId: 'AnonymousSkill' }],
  ])('has credentials for %s', async (_, claims, audience, expected) => {
    expect(await credentialsOf(identityOf(claims), audience)).toMatchObject(expected)
  })

  test('is refused without an identity', async () => {
    const text = 'BotFrameworkAdapter.createConnectorClientWithIdentity(): invalid identity parameter.'
    await expect(own.createConnectorClientWithIdentity('http://service/', undefined as never)).rejects.toThrow(text)
  })

  test('says who calls, and what the bot adds to it', async () => {
    const anonymous = new BotFrameworkAdapter({ clientOptions: { userAgent: 'mine' } })
    await anonymous.createConnectorClient(url).conversations.getConversations()
    expect(calls[0]?.headers['user-agent']).toContain(`${USER_AGENT} mine`)
  })
})

describe('user tokens', () => {
  const tokens = (): Open => new Open({ oAuthEndpoint: url })
  const decoded = (state: string | undefined): unknown => JSON.parse(Buffer.from(state ?? '', 'base64').toString())

  type Ask = (adapter: BotFrameworkAdapter, context: TurnContext) => Promise<unknown>
  const noUser = (method: string): Error => new Error(`BotFrameworkAdapter.${method}(): missing from or from.id`)

  test.each<[string, Ask]>([
    ['getUserToken', (it, context) => it.getUserToken(context, 'cn')],
    ['signOutUser', (it, context) => it.signOutUser(context, 'cn')],
    ['getTokenStatus', (it, context) => it.getTokenStatus(context)],
    ['getAadTokens', (it, context) => it.getAadTokens(context, 'cn', [])],
    ['getSignInResource', (it, context) => it.getSignInResource(context, 'cn')],
  ])('%s needs a user', async (method, ask) => {
    await expect(ask(tokens(), turn({ from: undefined }))).rejects.toThrow(noUser(method))
    await expect(ask(tokens(), turn({ from: {} }))).rejects.toThrow(noUser(method))
    expect(calls).toEqual([])
  })

  const noConnection = 'getUserToken() requires a connectionName but none was provided.'
  test.each<[string, Ask, string]>([
    ['getUserToken', (it, context) => it.getUserToken(context, ''), noConnection],
    ['getSignInResource', (it, context) => it.getSignInResource(context, ''), noConnection],
    [
      'getSignInResource',
      (it, context) => it.getSignInResource(context, 'cn', 'other'),
      'BotFrameworkAdapter.getSiginInResource(): cannot get signin resource for a user that is different from the conversation',
    ],
    [
      'getSignInLink',
      (it, context) => it.getSignInLink(context, 'cn', undefined, 'other'),
      "cannot retrieve OAuth signin link for a user that's different from the conversation",
    ],
    [
      'exchangeToken',
      (it, context) => it.exchangeToken(context, '', 'u', {}),
      'exchangeToken() requires a connectionName but none was provided.',
    ],
    [
      'exchangeToken',
      (it, context) => it.exchangeToken(context, 'cn', '', {}),
      'exchangeToken() requires an userId but none was provided.',
    ],
    [
      'exchangeToken',
      (it, context) => it.exchangeToken(context, 'cn', 'u', {}),
      'BotFrameworkAdapter.exchangeToken(): Either a Token or Uri property is required on the TokenExchangeRequest',
    ],
  ])('%s refuses in v4’s words', async (_, ask, text) => {
    await expect(ask(tokens(), turn())).rejects.toThrow(text)
    expect(calls).toEqual([])
  })

  const mine = { userId: 'u', connectionName: 'cn', channelId: 'test' }
  test.each<[string, Ask, Partial<Call>, unknown, unknown]>([
    [
      'a token',
      (it, context) => it.getUserToken(context, 'cn', '123'),
      { method: 'GET', path: '/api/usertoken/GetToken', query: { ...mine, code: '123' } },
      { token: 't', extra: 1 },
      { token: 't', extra: 1 },
    ],
    [
      'no token of who has not signed in',
      (it, context) => it.getUserToken(context, 'cn'),
      { method: 'GET', path: '/api/usertoken/GetToken', query: mine },
      404,
      undefined,
    ],
    [
      'no token when the answer has none',
      (it, context) => it.getUserToken(context, 'cn'),
      { method: 'GET', path: '/api/usertoken/GetToken', query: mine },
      { connectionName: 'cn' },
      undefined,
    ],
    [
      'a sign-out of another user',
      (it, context) => it.signOutUser(context, 'cn', 'other'),
      { method: 'DELETE', path: '/api/usertoken/SignOut', query: { ...mine, userId: 'other' } },
      {},
      undefined,
    ],
    [
      'the state of all connections',
      (it, context) => it.getTokenStatus(context, undefined, 'inc'),
      {
        method: 'GET',
        path: '/api/usertoken/GetTokenStatus',
        query: { userId: 'u', channelId: 'test', include: 'inc' },
      },
      [{ connectionName: 'cn', hasToken: true }],
      [{ connectionName: 'cn', hasToken: true }],
    ],
    [
      'tokens of Azure AD',
      (it, context) => it.getAadTokens(context, 'cn', ['r']),
      { method: 'POST', path: '/api/usertoken/GetAadTokens', query: mine, body: { resourceUrls: ['r'] } },
      { r: { token: 't' } },
      { r: { token: 't' } },
    ],
    [
      'an exchanged token',
      (it, context) => it.exchangeToken(context, 'cn', 'u', { token: 'sso' }),
      { method: 'POST', path: '/api/usertoken/exchange', query: mine, body: { token: 'sso' } },
      { token: 't' },
      { token: 't' },
    ],
  ])('the service is asked for %s', async (_, ask, call, answer, expected) => {
    answers[call.path ?? ''] = answer
    const it = tokens()
    const context = turn({}, it)
    expect(await ask(it, context)).toEqual(expected)
    expect(calls).toMatchObject([call])
    expect(calls[0]?.query).toEqual(call.query)
    expect(calls[0]?.headers['user-agent']).toContain(USER_AGENT)
    expect(context.turnState.get(it.TokenApiClientCredentialsKey)).toHaveProperty('userToken')
  })

  const conversation = {
    activityId: '1',
    user: { id: 'u' },
    bot: { id: 'b' },
    conversation: { id: 'c' },
    channelId: 'test',
  }

  test('the service is asked for a link, as the app whose credentials are given', async () => {
    answers['/api/botsignin/GetSignInUrl'] = 'https://link.example'
    const credentials = { appId: 'theirs', signRequest: async (request: unknown) => request } as CoreAppCredentials
    const link = await tokens().getSignInLink(turn(), 'cn', credentials, 'u', 'https://back.example')
    expect(link).toBe('"https://link.example"')
    const { state, ...query } = calls[0]?.query ?? {}
    expect(query).toEqual({ finalRedirect: 'https://back.example' })
    const Conversation = { ...conversation, serviceUrl: url }
    expect(decoded(state)).toEqual({ ConnectionName: 'cn', Conversation, MsAppId: 'theirs' })
  })

  test('the service is asked for a sign-in resource', async () => {
    answers['/api/botsignin/GetSignInResource'] = { signInLink: 'l', tokenExchangeResource: { id: 'i' } }
    const resource = await tokens().getSignInResource(turn({ relatesTo: { a: 1 } }), 'cn', 'u', 'https://back.example')
    expect(resource).toEqual({ signInLink: 'l', tokenExchangeResource: { id: 'i' } })
    const { state, ...query } = calls[0]?.query ?? {}
    expect(query).toEqual({ finalRedirect: 'https://back.example' })
    const Conversation = { ...conversation, serviceUrl: url }
    expect(decoded(state)).toEqual({ ConnectionName: 'cn', Conversation, relatesTo: { a: 1 }, MSAppId: '' })
  })

  test('credentials that are given sign the request', async () => {
    answers['/api/usertoken/GetToken'] = { token: 't' }
    const signRequest = async (request: { headers: Headers }): Promise<object> => {
      request.headers.set('authorization', 'Bearer theirs')
      return request
    }
    await tokens().getUserToken(turn(), 'cn', undefined, { signRequest } as unknown as CoreAppCredentials)
    expect(calls[0]?.headers['authorization']).toBe('Bearer theirs')
  })

  test('the Emulator plays the service for bots without an app id', async () => {
    const it = new Open()
    expect(it.opened.apiUrl(url)).toBe('https://api.botframework.com')
    await it.getUserToken(turn({ channelId: Channels.Emulator }, it), 'cn')
    expect(paths()).toEqual(['GET /api/usertoken/GetToken'])
    expect([it.opened.apiUrl('http://x'), it.opened.apiUrl(turn())]).toEqual(['http://x', url])
  })

  test('the Emulator is not asked by other channels, nor by bots with an app id', () => {
    const it = new Open()
    it.opened.check(turn({}, it))
    const own = new Open({ appId: 'app', appPassword: 'secret' })
    own.opened.check(turn({ channelId: Channels.Emulator }, own))
    expect([it.opened.apiUrl(url), own.opened.apiUrl(url)]).toEqual(Array(2).fill('https://api.botframework.com'))
  })

  test.each([true, false])('the Emulator is told that it plays: %s', async (emulate) => {
    const it = new Open({ oAuthEndpoint: url })
    await it.emulateOAuthCards(url, emulate)
    expect(calls).toMatchObject([
      { method: 'POST', path: '/api/usertoken/emulateOAuthCards', query: { emulate: String(emulate) } },
    ])
    expect(it.opened.apiUrl('http://x')).toBe(emulate ? 'http://x' : url)
  })
})
