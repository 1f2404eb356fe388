/* oxlint-disable no-underscore-dangle -- names of v4 */
import { closeServices, startService } from '../../../test/fake-service.ts'
import type { Answer, FakeService } from '../../../test/fake-service.ts'
import type { ServiceClientCredentials } from '../../stdlib/index.ts'
import type { AppCredentials } from '../credentials/app-credentials.ts'
import { EmulatorApiClient } from './emulator-api-client.ts'
import { TokenApiClient } from './token-api-client.ts'

afterEach(closeServices)

const credentials: ServiceClientCredentials = {
  signRequest: async (request) => {
    request.headers.set('Authorization', 'Bearer t')
    return request
  },
}

async function setUp(...script: Answer[]): Promise<{ client: TokenApiClient; service: FakeService }> {
  const service = await startService(...script)
  return { service, client: new TokenApiClient(credentials, { baseUri: service.url }) }
}

type Operation = (client: TokenApiClient) => Promise<unknown>

const TOKEN = { token: 'T', connectionName: 'c', expiration: '2030-01-01', mine: 1 }

const operations: [name: string, run: Operation, request: string, body: unknown, answer: unknown][] = [
  [
    'userToken.getToken',
    ({ userToken }) => userToken.getToken('29:1', 'c', { channelId: 'msteams', code: '123456' }),
    'GET /api/usertoken/GetToken?userId=29%3A1&connectionName=c&channelId=msteams&code=123456',
    undefined,
    TOKEN,
  ],
  [
    'userToken.getAadTokens',
    ({ userToken }) => userToken.getAadTokens('u', 'c', { resourceUrls: ['r'] }, { channelId: 'x' }),
    'POST /api/usertoken/GetAadTokens?userId=u&connectionName=c&channelId=x',
    { resourceUrls: ['r'] },
    { r: TOKEN },
  ],
  [
    'userToken.signOut',
    ({ userToken }) => userToken.signOut('u', { connectionName: 'c', channelId: 'x' }),
    'DELETE /api/usertoken/SignOut?userId=u&connectionName=c&channelId=x',
    undefined,
    { mine: 1 },
  ],
  [
    'userToken.getTokenStatus',
    ({ userToken }) => userToken.getTokenStatus('u', { channelId: 'x', include: 'c' }),
    'GET /api/usertoken/GetTokenStatus?userId=u&channelId=x&include=c',
    undefined,
    [{ connectionName: 'c', hasToken: true, mine: 1 }],
  ],
  [
    'userToken.exchangeAsync',
    ({ userToken }) => userToken.exchangeAsync('u', 'c', 'x', { uri: 'api://a' }),
    'POST /api/usertoken/exchange?userId=u&connectionName=c&channelId=x',
    { uri: 'api://a' },
    TOKEN,
  ],
  [
    'botSignIn.getSignInResource',
    ({ botSignIn }) => botSignIn.getSignInResource('s='),
    'GET /api/botsignin/GetSignInResource?state=s%3D',
    undefined,
    { signInLink: 'l', tokenExchangeResource: { id: '1' }, mine: 1 },
  ],
]

describe.each(operations)('%s', (_, run, request, body, answer) => {
  test('is the request the service expects, and gives its answer with a hidden _response', async () => {
    const { client, service } = await setUp({ status: 200, body: answer })
    const result = (await run(client)) as { _response: unknown }
    expect(result).toEqual(answer)
    expect(result._response).toMatchObject({ status: 200, parsedBody: answer })
    const [received] = service.received
    expect(`${received?.method} ${received?.path}`).toBe(request)
    expect(received?.body ? JSON.parse(received.body) : undefined).toEqual(body)
    expect(received?.headers).toMatchObject({ authorization: 'Bearer t' })
  })

  test('fails with the words of the service', async () => {
    const { client } = await setUp({ status: 403, body: { error: { code: 'Forbidden', message: 'no' } } })
    await expect(run(client)).rejects.toMatchObject({ statusCode: 403, code: 'Forbidden', message: 'no' })
  })
})

test.each<[string, number, Operation]>([
  ['getToken', 404, ({ userToken }) => userToken.getToken('u', 'c')],
  ['exchangeAsync', 404, ({ userToken }) => userToken.exchangeAsync('u', 'c', 'x', {})],
  ['exchangeAsync', 400, ({ userToken }) => userToken.exchangeAsync('u', 'c', 'x', {})],
])('%s does not fail with %i: the result is what the service says', async (_, status, run) => {
  const body = { error: { code: 'X', message: 'm' } }
  const { client, service } = await setUp({ status }, { status, body })
  expect(await run(client)).toEqual({})
  const second = await run(client)
  expect(second).toEqual(body)
  expect(second).toMatchObject({ _response: { status } })
  expect(service.received).toHaveLength(2)
})

test.each<[string, Operation]>([
  ['signOut', ({ userToken }) => userToken.signOut('u')],
  ['getTokenStatus', ({ userToken }) => userToken.getTokenStatus('u')],
  ['getAadTokens', ({ userToken }) => userToken.getAadTokens('u', 'c', {})],
  ['getSignInResource', ({ botSignIn }) => botSignIn.getSignInResource('s')],
])('%s fails with 404', async (_, run) => {
  const { client } = await setUp({ status: 404 })
  await expect(run(client)).rejects.toMatchObject({ name: 'RestError', statusCode: 404 })
})

test.each([
  ['text', 'https://link.test/', 'text/plain'],
  ['JSON', '"https://link.test/"', 'application/json'],
])('a sign-in link comes as body when the service sends it as %s', async (_, body, type) => {
  const { client, service } = await setUp({ status: 200, body, headers: { 'content-type': type } })
  const options = { codeChallenge: 'a', emulatorUrl: 'e', finalRedirect: 'f' }
  expect((await client.botSignIn.getSignInUrl('s', options)).body).toBe('https://link.test/')
  expect(service.received[0]?.path).toBe(
    '/api/botsignin/GetSignInUrl?state=s&code_challenge=a&emulatorUrl=e&finalRedirect=f',
  )
})

test('a callback is told the answer', async () => {
  const { client } = await setUp({ status: 200, body: TOKEN })
  const [error, result] = await new Promise<unknown[]>((resolve) => {
    void client.userToken.getToken('u', 'c', (...told: unknown[]) => resolve(told))
  })
  expect([error, result]).toEqual([null, TOKEN])
})

test.each<[string, Operation]>([
  ['userId cannot be null or undefined.', ({ userToken }) => userToken.getToken(undefined as never, 'c')],
  ['connectionName cannot be null or undefined.', ({ userToken }) => userToken.getToken('u', undefined as never)],
  ['state cannot be null or undefined.', ({ botSignIn }) => botSignIn.getSignInUrl(undefined as never)],
  [
    'Error "exchangeRequest cannot be null or undefined." occurred in serializing the payload - "TokenExchangeRequest".',
    ({ userToken }) => userToken.exchangeAsync('u', 'c', 'x', undefined as never),
  ],
])('%s', async (message, run) => {
  const { client } = await setUp()
  await expect(run(client)).rejects.toThrow(new Error(message))
})

test.each([
  [true, (url: string) => url],
  [false, (url: string) => url.slice(0, -1)],
])('the Emulator is told whether to play OAuth cards: %p', async (emulate, address) => {
  const service = await startService({ status: 200 })
  const emulatorUrl = address(service.url)
  expect(await EmulatorApiClient.emulateOAuthCards(credentials as AppCredentials, emulatorUrl, emulate)).toBe(true)
  expect(service.received).toMatchObject([
    {
      method: 'POST',
      path: `/api/usertoken/emulateOAuthCards?emulate=${emulate}`,
      headers: { authorization: 'Bearer t' },
    },
  ])
})

test('an Emulator that refuses is an error with its status', async () => {
  const { url } = await startService({ status: 400, body: 'x' })
  await expect(EmulatorApiClient.emulateOAuthCards(credentials as AppCredentials, url, true)).rejects.toThrow(
    new Error('EmulateOAuthCards failed with status code: 400'),
  )
})
