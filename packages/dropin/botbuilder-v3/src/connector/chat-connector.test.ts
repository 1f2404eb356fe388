import { ChatConnector } from '../index.ts'
import type { IBotStorageContext, IChatConnectorAddress, IMessage } from '../index.ts'
import { resolveSettings } from './connector-settings.ts'

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => jest.restoreAllMocks())

const BOT = { appId: 'a', appPassword: 'p' }
const ADDRESS: IChatConnectorAddress = {
  channelId: 'skype',
  serviceUrl: 'https://example.com/',
  user: { id: 'u' },
  bot: { id: 'b' },
  conversation: { id: 'c' },
}

test.each([
  ['an app id without a password', { appId: 'a' }, {}],
  ['no app id in production', {}, { NODE_ENV: 'production' }],
  [
    'a token endpoint that is none',
    { ...BOT, endpoint: { refreshEndpoint: 'https://example.com/token' } as never },
    {},
  ],
])('%s is refused', (_what, settings, env) => {
  expect(() => resolveSettings(settings, env)).toThrow(expect.objectContaining({ code: 'DROPIN_SETTINGS_INVALID' }))
})

test('ChannelService names a service on this machine, which then is the cloud', () => {
  const { cloud, endpoint, tenantId } = resolveSettings(BOT, {
    ChannelService: 'http://127.0.0.1:3979',
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: 't',
  })
  expect(cloud.channelMetadataUrl).toBe('http://127.0.0.1:3979/v1/.well-known/openidconfiguration')
  expect(endpoint.refreshEndpoint).toBe('http://127.0.0.1:3979/botframework.com/oauth2/v2.0/token')
  expect(tenantId).toBe('t')
})

test('the addresses of the settings win', () => {
  const { cloud } = resolveSettings(
    {
      ...BOT,
      openIdMetadata: 'https://keys.example.com/openid',
      endpoint: {
        refreshEndpoint: 'https://login.example.com/my-tenant/oauth2/v2.0/token',
        refreshScope: 'https://api.example.com/.default',
      } as never,
    },
    {},
  )
  expect(cloud).toMatchObject({
    loginUrl: 'https://login.example.com/',
    defaultTenant: 'my-tenant',
    outboundAudience: 'https://api.example.com',
    channelMetadataUrl: 'https://keys.example.com/openid',
    allowLoopback: false,
  })
})

test('the token of the bot goes nowhere that no channel has spoken from', async () => {
  const message = { type: 'message', text: 'x', address: ADDRESS } as IMessage
  const err = await new Promise<Error>((resolve) => new ChatConnector(BOT).send([message], resolve))
  expect(err).toMatchObject({ code: 'ADAPTER_SERVICE_URL_UNTRUSTED' })
})

test('a channel that keeps no data says what to do', async () => {
  const context: IBotStorageContext = {
    userId: 'u',
    address: ADDRESS,
    persistUserData: true,
    persistConversationData: true,
  }
  const err = await new Promise<Error>((resolve) => new ChatConnector(BOT).getData(context, resolve))
  expect(err).toMatchObject({ code: 'DROPIN_STATE_MISSING' })
  expect(err.message).toContain("bot.set('storage', …)")
})

test('an address without a service says so', async () => {
  const { serviceUrl: _serviceUrl, ...address } = ADDRESS
  const err = await new Promise<Error>((resolve) => new ChatConnector({}).delete(address, resolve))
  expect(err.message).toContain('serviceUrl')
})

test('what cannot be done any more is refused by name', () => {
  const done = jest.fn()
  new ChatConnector({}).exportBotStateData('https://example.com', 'skype', undefined, done)
  expect(done.mock.calls[0][0]).toMatchObject({ code: 'DROPIN_UNSUPPORTED' })
})

test('a class built on the connector may dispatch events', async () => {
  class Own extends ChatConnector {
    take(type: string): Promise<number | undefined> {
      return new Promise((resolve) => {
        this.onDispatchEvents([{ type } as never], (_err, _body, status) => resolve(status))
      })
    }
  }
  const own = new Own({})
  expect(await own.take('invoke')).toBe(501)
})
