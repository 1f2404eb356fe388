import jwt from 'jsonwebtoken'
import {
  createFederatedTokenSource,
  createManagedIdentityTokenSource,
  localCloud,
  managedIdentityEndpointFrom,
} from '@parley/auth'
import type { Json } from '../../test/stand-in-bot.ts'
import { useTogether } from '../../test/start-together.ts'

const together = useTogether()

const HEADER = 'the-identity-header-of-this-app'
const AUDIENCE = 'https://api.botframework.com'
const TENANT = '9b3e2f4c-0f5d-4a52-8a55-0f1f8b6c2a10'
const endpoint = 'http://127.0.0.1:1/api/messages'

beforeAll(() => {
  const { service } = together
  service.registerBot({ appId: 'on-a-machine', tenantId: TENANT, managedIdentity: 'imds', endpoint })
  service.registerBot({ appId: 'on-app-service', managedIdentity: { header: HEADER }, endpoint })
})

type Headers = Record<string, string>

async function ask(path: string, query: Headers, headers: Headers): Promise<Json> {
  const response = await fetch(`${together.service.url}${path}?${new URLSearchParams(query).toString()}`, { headers })
  return { status: response.status, ...((await response.json()) as object) }
}

const imds = (query: Headers = {}, headers: Headers = { Metadata: 'true' }): Promise<Json> =>
  ask('/metadata/identity/oauth2/token', { 'api-version': '2018-02-01', resource: AUDIENCE, ...query }, headers)
const appService = (query: Headers = {}, headers: Headers = { 'X-IDENTITY-HEADER': HEADER }): Promise<Json> =>
  ask('/msi/token', { 'api-version': '2019-08-01', resource: AUDIENCE, ...query }, headers)

test.each<[string, () => Promise<Json>, string]>([
  ['of a machine, by its id', () => imds({ client_id: 'on-a-machine' }), 'on-a-machine'],
  ['of a machine, being the only one', () => imds(), 'on-a-machine'],
  ['of App Service', () => appService({ client_id: 'on-app-service' }), 'on-app-service'],
])('a bot with the identity %s is given a token without a secret', async (_, request, appId) => {
  const answer = await request()
  expect(answer).toMatchObject({ status: 200, token_type: 'Bearer', resource: AUDIENCE, client_id: appId })
  expect(Number(answer.expires_on) - Number(answer.not_before)).toBe(3600)
  expect(jwt.decode(answer.access_token)).toMatchObject({ aud: AUDIENCE, appid: appId, appidacr: '2' })
})

test.each<[string, () => Promise<Json>, object]>([
  ['without the header of the metadata service', () => imds({}, {}), { status: 400, error: 'invalid_request' }],
  ['without an audience', () => imds({ resource: '' }), { status: 400, error: 'invalid_resource' }],
  ['for an identity of another kind', () => imds({ client_id: 'on-app-service' }), { status: 400 }],
  ['for a bot without an identity', () => imds({ client_id: together.bot.appId }), { status: 400 }],
  ['without the header of App Service', () => appService({}, {}), { status: 401 }],
  ['with a wrong header', () => appService({}, { 'X-IDENTITY-HEADER': 'something else' }), { status: 401 }],
  ['for a machine at App Service', () => appService({ client_id: 'on-a-machine' }), { status: 400 }],
])('a request %s is refused', async (_, request, answer) => {
  const refusal = await request()
  expect(refusal).toMatchObject(answer)
  expect(refusal.access_token).toBeUndefined()
})

test("a bot on Parley's token source runs as on Azure", async () => {
  const { url } = together.service
  const variables = { IDENTITY_ENDPOINT: `${url}/msi/token`, IDENTITY_HEADER: HEADER }
  const sources = [
    createManagedIdentityTokenSource({
      appId: 'on-app-service',
      endpoint: managedIdentityEndpointFrom(variables),
    }),
    createManagedIdentityTokenSource({
      appId: 'on-a-machine',
      endpoint: { kind: 'imds', url: `${url}/metadata/identity/oauth2/token` },
    }),
  ]
  for (const source of sources) {
    const headers = { Authorization: `Bearer ${await source.getToken(AUDIENCE)}` }
    expect((await fetch(`${url}/v3/conversations`, { headers })).status).toBe(200)
  }
})

test('an app may trust a managed identity instead of a secret', async () => {
  const { service } = together
  const subject = service.identity.objectId('on-a-machine')
  const issuer = `https://sts.windows.net/${TENANT}/`
  const registration = { appId: 'federated', tenantId: TENANT, endpoint }
  const source = () =>
    createFederatedTokenSource({
      appId: 'federated',
      tenantId: TENANT,
      cloud: localCloud(service.url),
      assertion: createManagedIdentityTokenSource({
        appId: 'on-a-machine',
        endpoint: { kind: 'imds', url: `${service.url}/metadata/identity/oauth2/token` },
      }),
      delay: async () => {},
    })
  service.registerBot({ ...registration, federatedCredentials: [{ issuer, subject }] })
  expect(jwt.decode((await source().getToken(AUDIENCE)) ?? '')).toMatchObject({ appid: 'federated', tid: TENANT })
  service.registerBot({ ...registration, federatedCredentials: [{ issuer, subject: 'somebody else' }] })
  await expect(source().getToken(AUDIENCE)).rejects.toMatchObject({ code: 'AUTH_CREDENTIALS_REFUSED' })
})
