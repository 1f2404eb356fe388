import { UserTokenClient as CoreUserTokenClient } from '@parley/core'
import type { Activity } from '@parley/core'
import { TestServer } from '../../../test/test-server.ts'
import type { TestAnswer } from '../../../test/test-server.ts'
import {
  AuthenticationConfiguration,
  BotFrameworkAuthenticationFactory,
  ClaimsIdentity,
  TeamsConnectorMappers,
  TokenCredentials,
  UserTokenClient,
} from '../index.ts'
import type { BotFrameworkAuthentication } from '../index.ts'

let server: TestServer

beforeAll(async () => {
  server = await TestServer.start()
})

beforeEach(() => server.reset())

afterAll(() => server.close())

const message = { type: 'message', text: 'hi' } as Activity

describe('what an authentication makes', () => {
  const identity = new ClaimsIdentity([{ type: 'aud', value: 'me' }], true)
  const asked: unknown[][] = []

  beforeEach(() => asked.splice(0))

  const authentication = (): BotFrameworkAuthentication =>
    BotFrameworkAuthenticationFactory.create(
      '',
      true,
      'https://login.test/x',
      'scope',
      undefined,
      server.url,
      undefined,
      undefined,
      undefined,
      {
        isValidAppId: async () => true,
        isAuthenticationDisabled: async () => false,
        createCredentials: async (...parts) => {
          asked.push(parts)
          return new TokenCredentials('tok')
        },
      },
      new AuthenticationConfiguration(),
    )

  test('connector clients have the credentials of the bot', async () => {
    const factory = authentication().createConnectorFactory(identity)
    const client = await factory.create(server.url, 'audience')
    await factory.create(server.url)
    expect(asked).toEqual([
      ['me', 'audience', 'https://login.test/x', true],
      ['me', 'scope', 'https://login.test/x', true],
    ])
    await client.conversations.getConversations()
    expect(server.last.headers['user-agent']).toContain('Microsoft-BotFramework/3.1')
  })

  test('clients for other bots hand activities on', async () => {
    server.reset({ status: 202, body: { id: '1' } })
    const activity = { ...message, conversation: { id: 'old' }, recipient: { id: 'r' } } as Activity
    const client = authentication().createBotFrameworkClient()
    const answer = await client.postActivity('from', 'to', `${server.url}/api`, 'https://host.test', 'c', activity)
    expect(answer).toEqual({ status: 202, body: { id: '1' } })
    expect(asked.at(-1)).toEqual(['from', 'to', 'https://login.test/x', true])
    expect(JSON.parse(server.last.body)).toMatchObject({ conversation: { id: 'c' }, recipient: { role: 'skill' } })
    expect(server.last.headers).toMatchObject({ authorization: 'Bearer tok', 'x-ms-conversation-id': 'c' })
  })

  describe('clients of user tokens', () => {
    const TOKEN = { token: 't', connectionName: 'c' }
    const sender = { ...message, id: 'a1', channelId: 'ch', from: { id: 'u' }, conversation: { id: 'cv' } } as Activity
    type Call = (client: UserTokenClient) => Promise<unknown>

    test('are Parley’s', async () => {
      const client = await authentication().createUserTokenClient(identity)
      expect(client).toBeInstanceOf(UserTokenClient)
      expect(client).toBeInstanceOf(CoreUserTokenClient)
    })

    test.each<[string, Call, TestAnswer, unknown]>([
      ['getUserToken', (client) => client.getUserToken('u', 'c', 'ch', '123'), { body: TOKEN }, TOKEN],
      ['getUserToken, none', (client) => client.getUserToken('u', 'c', 'ch'), { status: 404, body: '' }, undefined],
      ['getUserToken, none as {}', (client) => client.getUserToken('u', 'c', 'ch'), { status: 404 }, undefined],
      ['getTokenStatus', (client) => client.getTokenStatus('u', 'ch'), { body: [] }, []],
      ['getAadTokens', (client) => client.getAadTokens('u', 'c', ['r'], 'ch'), { body: { r: TOKEN } }, { r: TOKEN }],
      ['exchangeToken', (client) => client.exchangeToken('u', 'c', 'ch', { uri: 'x' }), { body: TOKEN }, TOKEN],
      [
        'exchangeToken, none',
        (client) => client.exchangeToken('u', 'c', 'ch', { uri: 'x' }),
        { status: 404, body: '' },
        undefined,
      ],
      [
        'exchangeToken, refused',
        (client) => client.exchangeToken('u', 'c', 'ch', { uri: 'x' }),
        { status: 400, body: { error: { code: 'x' } } },
        { error: { code: 'x' } },
      ],
      ['signOutUser', (client) => client.signOutUser('u', 'c', 'ch'), { body: '' }, undefined],
    ])('%s', async (_, call, answer, expected) => {
      server.reset(answer)
      expect(await call(await authentication().createUserTokenClient(identity))).toEqual(expected)
      expect(server.last.url).toContain('/api/usertoken/')
    })

    test('tell the way back to the conversation', async () => {
      server.reset({ body: { signInLink: 'l' } })
      const client = await authentication().createUserTokenClient(identity)
      expect(await client.getSignInResource('c', sender, 'https://end.test')).toEqual({ signInLink: 'l' })
      const { searchParams } = new URL(server.last.url, server.url)
      expect(searchParams.get('finalRedirect')).toBe('https://end.test')
      expect(JSON.parse(Buffer.from(searchParams.get('state') ?? '', 'base64').toString())).toMatchObject({
        connectionName: 'c',
        msAppId: 'me',
        conversation: { activityId: 'a1', user: { id: 'u' }, conversation: { id: 'cv' } },
      })
    })

    test.each<[string, Call]>([
      ['a user', (client) => client.getUserToken(undefined as never, 'c', 'ch')],
      ['a connection', (client) => client.signOutUser('u', undefined as never, 'ch')],
      ['a channel', (client) => client.getTokenStatus('u', undefined as never)],
      ['an activity', (client) => client.getSignInResource('c', undefined as never)],
    ])('need %s', async (_, call) => {
      await expect(call(await authentication().createUserTokenClient(identity))).rejects.toBeInstanceOf(Error)
      expect(server.seen).toEqual([])
    })
  })
})

test('the models of Teams have names', () => {
  expect(Object.keys(TeamsConnectorMappers)).toHaveLength(77)
  expect(TeamsConnectorMappers['TeamDetails']?.['type']).toMatchObject({ className: 'TeamDetails' })
})
