import { UserTokenClient } from '@parley/core'
import { closeAfterEach } from '../test/closing.ts'
import { AUDIENCE, createTestFactory } from '../test/factory.ts'
import type { TestFactory } from '../test/factory.ts'
import { BEARER } from '../test/fakes.ts'
import { json, raw, refusal, startConnector } from '../test/fake-connector.ts'
import type { Answer, FakeConnector } from '../test/fake-connector.ts'
import type { UserTokenServiceClient } from './user-token-service-client.ts'

const closing = closeAfterEach()

interface Setup extends TestFactory {
  readonly client: UserTokenServiceClient
  readonly service: FakeConnector
}

async function setUp(...script: Answer[]): Promise<Setup> {
  const service = closing(await startConnector(...script))
  const parts = closing(createTestFactory())
  const options = { serviceUrl: service.serviceUrl, audience: AUDIENCE, appId: 'app' }
  return { ...parts, service, client: parts.factory.createUserTokenClient(options) }
}

const TOKEN = { channelId: 'test', connectionName: 'graph', token: 't1', expiration: '2030-01-01T00:00:00Z', more: 1 }
const STATUS = [{ channelId: 'test', connectionName: 'graph', hasToken: true, serviceProviderDisplayName: 'Graph' }]
const ACTIVITY = { id: 'a1', channelId: 'test', serviceUrl: 's', from: { id: 'u', name: '' } }
const IDS = 'userId=29%3A1%20%C3%BC&connectionName=graph&channelId=msteams'

type Operation = (client: UserTokenServiceClient) => Promise<unknown>

const operations: [name: string, method: string, path: string, body: string, answer: unknown, run: Operation][] = [
  [
    'getUserToken',
    'GET',
    `/api/usertoken/GetToken?${IDS}&code=123456`,
    '',
    TOKEN,
    (client) => client.getUserToken('29:1 ü', 'graph', 'msteams', '123456'),
  ],
  [
    'getTokenStatus',
    'GET',
    '/api/usertoken/GetTokenStatus?userId=u&channelId=test&include=graph%2Cgithub',
    '',
    STATUS,
    (client) => client.getTokenStatus('u', 'test', 'graph,github'),
  ],
  [
    'getAadTokens',
    'POST',
    `/api/usertoken/GetAadTokens?${IDS}`,
    '{"resourceUrls":["https://r.test/"]}',
    { 'https://r.test/': TOKEN },
    (client) => client.getAadTokens('29:1 ü', 'graph', ['https://r.test/'], 'msteams'),
  ],
  [
    'exchangeToken',
    'POST',
    `/api/usertoken/exchange?${IDS}`,
    '{"uri":"api://app"}',
    TOKEN,
    (client) => client.exchangeToken('29:1 ü', 'graph', 'msteams', { uri: 'api://app' }),
  ],
]

test.each(operations)('%s asks the service and gives its answer', async (_, method, path, body, answer, run) => {
  const { client, service } = await setUp(json(200, answer))
  expect(await run(client)).toEqual(answer)
  expect(service.received).toMatchObject([{ method, path, body, headers: { authorization: `Bearer ${BEARER}-1` } }])
})

test('a sign-in tells the service the way back to the conversation', async () => {
  const resource = { signInLink: 'https://link.test/', tokenExchangeResource: { id: '1' }, more: 1 }
  const { client, service } = await setUp(json(200, resource))
  expect(await client.getSignInResource('graph', ACTIVITY, 'https://end.test/?a=b')).toEqual(resource)
  const url = new URL(service.received[0]?.path ?? '', service.serviceUrl)
  expect(url.pathname).toBe('/api/botsignin/GetSignInResource')
  expect(url.searchParams.get('finalRedirect')).toBe('https://end.test/?a=b')
  const state = Buffer.from(url.searchParams.get('state') ?? '', 'base64').toString('utf8')
  const conversation = { activityId: 'a1', channelId: 'test', serviceUrl: 's', user: ACTIVITY.from }
  expect(JSON.parse(state)).toEqual({ connectionName: 'graph', conversation, msAppId: 'app' })
})

test.each([
  ['one connection', 'graph', '/api/usertoken/SignOut?userId=u&connectionName=graph&channelId=test', raw(204)],
  ['all connections', undefined, '/api/usertoken/SignOut?userId=u&channelId=test', json(200, {})],
])('a user is signed out of %s', async (_, connectionName, path, answer) => {
  const { client, service } = await setUp(answer)
  await expect(client.signOutUser('u', connectionName, 'test')).resolves.toBeUndefined()
  expect(service.received).toMatchObject([{ method: 'DELETE', path }])
})

const askForToken: [string, Operation][] = [
  ['getUserToken', (client) => client.getUserToken('u', 'graph', 'test')],
  ['exchangeToken', (client) => client.exchangeToken('u', 'graph', 'test', { token: 't' })],
]
const noToken: [string, Answer][] = [
  ['404 without a body', raw(404)],
  ['404 with an error', refusal(404, 'NotFound')],
  ['404 with {}', json(404, {})],
  ['200 with {}', json(200, {})],
  ['204', raw(204)],
]

describe.each(askForToken)('%s', (_, run) => {
  test.each(noToken)('gives undefined when the service answers %s', async (__, answer) => {
    const { client, service } = await setUp(answer)
    expect(await run(client)).toBeUndefined()
    expect(service.received).toHaveLength(1)
  })

  test.each([
    ['400', refusal(400, 'ConsentRequired'), 'SEND_REJECTED'],
    ['403', refusal(403), 'SEND_FORBIDDEN'],
    ['a redirect', raw(302, '', { location: 'https://other.test/' }), 'SEND_REDIRECTED'],
    ['no JSON', raw(200, 'token'), 'SEND_ANSWER_INVALID'],
  ])('rejects when the service answers %s', async (__, answer, code) => {
    const { client } = await setUp(answer)
    await expect(run(client)).rejects.toMatchObject({ code })
  })
})

test('a service that is busy is asked again, a refused token is fetched anew', async () => {
  const { client, service, tokens } = await setUp(refusal(429), refusal(401), json(200, TOKEN))
  expect(await client.getUserToken('u', 'graph', 'test')).toEqual(TOKEN)
  expect(service.received.map(({ headers }) => headers.authorization)).toEqual([
    `Bearer ${BEARER}-1`,
    `Bearer ${BEARER}-1`,
    `Bearer ${BEARER}-2`,
  ])
  expect(tokens.forgotten).toEqual([`${BEARER}-1`])
})

const nothing = undefined as unknown as string
test.each<[string, Operation]>([
  ['userId', (client) => client.getUserToken(nothing, 'graph', 'test')],
  ['connectionName', (client) => client.getUserToken('u', nothing, 'test')],
  ['channelId', (client) => client.getUserToken('u', 'graph', nothing)],
  ['connectionName', (client) => client.getSignInResource(nothing, ACTIVITY)],
  ['userId', (client) => client.signOutUser(nothing, 'graph', 'test')],
  ['channelId', (client) => client.signOutUser('u', undefined, nothing)],
  ['userId', (client) => client.getTokenStatus(nothing, 'test')],
  ['channelId', (client) => client.getAadTokens('u', 'graph', [], nothing)],
  ['connectionName', (client) => client.exchangeToken('u', nothing, 'test', {})],
])('a call without %s is refused before anything is sent', async (parameter, run) => {
  const { client, service } = await setUp()
  await expect(run(client)).rejects.toMatchObject({ code: 'CORE_USER_TOKEN_ARGUMENT', parameter })
  expect(service.received).toHaveLength(0)
})

test('it is the client that bots know, and its address is checked like that of a connector', async () => {
  const { client, factory } = await setUp()
  expect(client).toBeInstanceOf(UserTokenClient)
  const options = { serviceUrl: 'http://token.test/', audience: AUDIENCE, appId: 'app' }
  expect(() => factory.createUserTokenClient(options)).toThrow(expect.objectContaining({ code: 'URL_SCHEME' }))
})
