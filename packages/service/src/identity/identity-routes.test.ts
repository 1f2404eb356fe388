import { createPublicKey } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { requestToken } from '../../test/stand-in-bot.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { addBot, startTogether, useTogether } from '../../test/start-together.ts'

const together = useTogether()

const TENANT = '9b3e2f4c-0f5d-4a52-8a55-0f1f8b6c2a10'
const BOT_FRAMEWORK_TENANT = 'd6d49420-f39b-4df7-a1dc-d59a935871db'

async function get(url: string): Promise<Json> {
  const response = await fetch(url)
  return { status: response.status, ...((await response.json()) as object) }
}

async function verify(token: string, jwksUri: string): Promise<Json> {
  const { keys } = await get(jwksUri)
  const key = keys.find(({ kid }: Json) => kid === jwt.decode(token, { complete: true })?.header.kid)
  return jwt.verify(token, createPublicKey({ key, format: 'jwk' }), { algorithms: ['RS256'] })
}

test('a bot gets a version 1.0 access token for its secret, signed by the published keys of the tenant', async () => {
  const { service, bot } = together
  const { status, body } = await requestToken(service.url, bot.appId, bot.secret)
  expect(status).toBe(200)
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600 })
  const metadata = await get(`${service.url}/botframework.com/v2.0/.well-known/openid-configuration`)
  const claims = await verify(body.access_token, metadata.jwks_uri)
  expect(claims).toMatchObject({
    iss: `https://sts.windows.net/${BOT_FRAMEWORK_TENANT}/`,
    aud: 'https://api.botframework.com',
    appid: bot.appId,
    tid: BOT_FRAMEWORK_TENANT,
    ver: '1.0',
  })
  expect(claims.exp - claims.iat).toBe(3600)
  expect(claims.nbf).toBe(claims.iat)
  expect(claims.uti).toMatch(/^[\w-]{22}$/)
  expect(metadata.issuer).toBe(claims.iss)
})

test('a token for another service has that service as its audience', async () => {
  const { service, bot } = together
  const fields = { scope: 'another-bot/.default' }
  const { body } = await requestToken(service.url, bot.appId, bot.secret, { fields })
  expect(jwt.decode(body.access_token)).toMatchObject({ aud: 'another-bot' })
})

test('the older token endpoint names the audience in resource and writes numbers as text', async () => {
  const { service, bot } = together
  const response = await fetch(`${service.url}/botframework.com/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: bot.appId,
      client_secret: bot.secret,
      resource: 'https://api.botframework.com',
    }),
  })
  const body: Json = await response.json()
  expect(body).toMatchObject({ expires_in: '3600', resource: 'https://api.botframework.com' })
  expect(jwt.decode(body.access_token)).toMatchObject({ aud: 'https://api.botframework.com' })
})

test.each([
  ['a wrong secret', 'the-bots-secret!', {}, 401, 'invalid_client', 7000215],
  ['an unknown app', 'the-bots-secret', { client_id: 'nobody' }, 400, 'unauthorized_client', 700016],
  ['a scope for a user', 'the-bots-secret', { scope: 'openid' }, 400, 'invalid_scope', 1002012],
  ['another grant', 'the-bots-secret', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
  ['no app id', 'the-bots-secret', { client_id: '' }, 400, 'invalid_request', 900144],
])('a token request with %s is refused as Entra refuses it', async (_, secret, fields, status, error, number) => {
  const { service, bot } = together
  const answer = await requestToken(service.url, bot.appId, secret, { fields })
  expect(answer.status).toBe(status)
  expect(answer.body).toMatchObject({ error, error_codes: [number], trace_id: expect.any(String) })
  expect(answer.body.error_description).toContain(`AADSTS${number}: `)
  expect(answer.body.error_description).not.toContain(secret)
})

test('a token request that is not a form is refused', async () => {
  const { service } = together
  const response = await fetch(`${service.url}/common/oauth2/v2.0/token`, { method: 'POST', body: '{}' })
  expect(response.status).toBe(415)
})

test('a bot of one tenant gets tokens from that tenant only, and one of many from none but botframework.com', async () => {
  const { service, bot } = together
  const single = await addBot(service, () => {}, 'single-tenant-bot')
  service.registerBot({ ...single.registration, tenantId: TENANT })
  const ask = async (appId: string, secret: string, tenant: string): Promise<Json> =>
    requestToken(service.url, appId, secret, { tenant })
  const granted = await ask(single.appId, single.secret, TENANT)
  expect(jwt.decode(granted.body.access_token)).toMatchObject({
    iss: `https://sts.windows.net/${TENANT}/`,
    tid: TENANT,
  })
  expect(await ask(single.appId, single.secret, 'botframework.com')).toMatchObject({ status: 400 })
  expect(await ask(bot.appId, bot.secret, TENANT)).toMatchObject({ status: 400 })
  expect(await ask(bot.appId, bot.secret, 'common')).toMatchObject({ status: 200 })
})

test('a bot that asks in a tenant that is not its own is told which setting is wrong', async () => {
  const { service, bot, events } = together
  const single = await addBot(service, () => {}, 'bot-of-a-tenant')
  service.registerBot({ ...single.registration, tenantId: TENANT })
  await requestToken(service.url, single.appId, single.secret)
  await requestToken(service.url, bot.appId, bot.secret, { tenant: TENANT })
  const message = (part: string): string => expect.stringContaining(part)
  expect(events).toMatchObject([
    { kind: 'bot-wrong-tenant', appId: single.appId, message: message(`and MicrosoftAppTenantId to ${TENANT}, and`) },
    { kind: 'bot-wrong-tenant', appId: bot.appId, message: message('Set MicrosoftAppType to MultiTenant in the bot') },
  ])
  await requestToken(service.url, single.appId, single.secret, { tenant: TENANT })
  await requestToken(service.url, bot.appId, bot.secret)
  expect(events.slice(2).map(({ kind }) => kind)).toEqual(['bot-back', 'bot-back'])
})

test('channel and tenant publish different keys, and only those of the channel are endorsed', async () => {
  const { service } = together
  const channel = await get(`${service.url}/v1/.well-known/keys`)
  const tenant = await get(`${service.url}/common/discovery/v2.0/keys`)
  expect(channel.keys).toHaveLength(1)
  expect(tenant.keys).toHaveLength(1)
  expect(channel.keys[0]).toMatchObject({
    kty: 'RSA',
    use: 'sig',
    endorsements: ['directline', 'webchat', 'emulator', 'msteams'],
  })
  expect(tenant.keys[0].endorsements).toBeUndefined()
  expect(channel.keys[0].n).not.toBe(tenant.keys[0].n)
  expect(channel.keys[0].n).toHaveLength(342)
  expect(channel.keys[0].d).toBeUndefined()
})

test('the channel metadata names the issuer and keys at the address it was asked at', async () => {
  const { service } = await startTogether(undefined, { issuer: 'https://api.botframework.com' })
  const { port } = new URL(service.url)
  const metadata = await get(`http://localhost:${port}/v1/.well-known/openidconfiguration`)
  expect(metadata).toMatchObject({
    issuer: 'https://api.botframework.com',
    jwks_uri: `http://localhost:${port}/v1/.well-known/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
  })
})

test('there are no keys for a tenant that is neither an id nor a known name', async () => {
  const { service } = together
  expect(await get(`${service.url}/contoso/discovery/v2.0/keys`)).toMatchObject({ status: 404 })
})

test('client libraries find out that the service is an identity provider, and that nobody else is', async () => {
  const { url } = together.service
  const ask = (endpoint: string): Promise<Json> =>
    get(`${url}/common/discovery/instance?${new URLSearchParams({ authorization_endpoint: endpoint }).toString()}`)
  const answer = await ask(`${url}/${TENANT}/oauth2/v2.0/authorize`)
  const { host } = new URL(url)
  expect(answer.metadata).toEqual([{ preferred_network: host, preferred_cache: host, aliases: [host] }])
  const metadata = await get(answer.tenant_discovery_endpoint)
  expect(metadata).toMatchObject({
    issuer: `https://sts.windows.net/${TENANT}/`,
    token_endpoint: `${url}/${TENANT}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
  })
  for (const other of ['https://login.example/common', 'nonsense', url, '']) {
    expect((await ask(other)).status).toBe(400)
  }
})
