import jwt from 'jsonwebtoken'
import { localCloud, resolveCloud } from '@parley/auth'
import type { Cloud } from '@parley/auth'
import { startService } from '@parley/service'
import type { ServiceOptions } from '@parley/service'
import { DirectLineClient } from './direct-line-client.ts'
import { EchoBotHost } from './echo-bot.ts'
import { requestToken } from './stand-in-bot.ts'
import type { Json } from './stand-in-bot.ts'
import { stopAll, whenDone } from './start-together.ts'

afterEach(stopAll)

/** A cloud as it is but for its addresses. */
function pointedAt(url: string, name: 'public' | 'usGov'): Cloud {
  const { tenantMetadataUrl } = resolveCloud(name)
  return resolveCloud(name, {
    loginUrl: `${url}/`,
    channelMetadataUrl: `${url}/v1/.well-known/openidconfiguration`,
    tenantMetadataUrl: `${url}${new URL(tenantMetadataUrl).pathname}`,
    userTokenUrl: url,
    allowLoopback: true,
  })
}

async function talk(options: ServiceOptions, cloudOf: (url: string) => Cloud): Promise<Json> {
  const bot = new EchoBotHost()
  await bot.reservePort()
  const service = await startService({
    port: 0,
    bots: [{ appId: bot.appId, secret: bot.secret, endpoint: bot.endpoint }],
    ...options,
  })
  whenDone(() => service.close())
  await bot.start(service.url, bot.secret, cloudOf(service.url))
  whenDone(() => bot.stop())
  const directLine = new DirectLineClient(service.url, service.directLineSecret)
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  await client.say(conversationId, 'hello')
  return { service, bot, texts: await client.texts(conversationId) }
}

test.each([
  ['public', 'https://api.botframework.com', 'botframework.com', 'd6d49420-f39b-4df7-a1dc-d59a935871db'],
  ['usGov', 'https://api.botframework.us', 'MicrosoftServices.onmicrosoft.us', 'cab8a31a-1906-4287-a0d8-4eef66b95f6e'],
] as const)(
  'a bot configured for the %s cloud works with a service that plays it',
  async (name, audience, tenant, id) => {
    const { service, bot, texts } = await talk({ cloud: name }, (url) => pointedAt(url, name))
    expect(texts).toContain('Echo: hello')
    expect(bot.warnings).toEqual([])
    expect(service.issuer).toBe(audience)
    expect(bot.received[0].callerId).toBe(resolveCloud(name).callerId)
    expect(jwt.decode(service.identity.mintAccessToken(bot.appId))).toMatchObject({ aud: audience, tid: id })
    for (const segment of [tenant, id, 'common']) {
      expect(await requestToken(service.url, bot.appId, bot.secret, { tenant: segment })).toMatchObject({ status: 200 })
    }
  },
)

test.each<[string, ServiceOptions, (url: string) => Cloud]>([
  ['the public one at a service that plays the government’s', { cloud: 'usGov' }, (url) => pointedAt(url, 'public')],
  ['the government’s at a service that plays the public one', { cloud: 'public' }, (url) => pointedAt(url, 'usGov')],
  ['the government’s at a service that plays none', {}, (url) => pointedAt(url, 'usGov')],
])('a bot configured for %s refuses its token', async (_, options, cloudOf) => {
  const { bot, texts } = await talk(options, cloudOf)
  expect(texts).toEqual([])
  expect(bot.received).toEqual([])
})

test('without a cloud to play, the issuer is the service itself', async () => {
  const { service, texts } = await talk({}, (url) => localCloud(url))
  expect(service.issuer).toBe(service.url)
  expect(texts).toContain('Echo: hello')
})

test('a service that is an issuer of a tenant signs with the keys of the tenant, and otherwise with others', async () => {
  const keysOf = async (options: ServiceOptions): Promise<Json[]> => {
    const service = await startService({ port: 0, ...options })
    whenDone(() => service.close())
    return [service.identity.currentKey('channel'), service.identity.currentKey('tenant')]
  }
  const tenant = 'https://sts.windows.net/9b3e2f4c-0f5d-4a52-8a55-0f1f8b6c2a10/'
  const [channel, ofTenant] = await keysOf({ issuer: tenant })
  expect(channel).toBe(ofTenant)
  for (const issuer of ['https://sts.windows.net/', 'https://api.botframework.com', `${tenant}v2.0`]) {
    const [one, other] = await keysOf({ issuer })
    expect(one).not.toBe(other)
  }
})

test('an issuer of one’s own goes before that of the cloud', async () => {
  const { service } = await talk({ cloud: 'usGov', issuer: 'https://mine' }, (url) => pointedAt(url, 'usGov'))
  expect(service.issuer).toBe('https://mine')
})

test.each(['other', 'constructor', '__proto__'])('a cloud named %s is refused', async (name) => {
  const options = { port: 0, cloud: name } as unknown as ServiceOptions
  await expect(startService(options)).rejects.toMatchObject({ code: 'SERVICE_OPTION' })
})
