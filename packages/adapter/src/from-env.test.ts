import { CloudAdapter } from './cloud-adapter.ts'
import { optionsFromEnv } from './from-env.ts'

test('the names of SDK v4 are read', () => {
  const env = {
    MicrosoftAppId: 'id',
    MicrosoftAppPassword: 'secret',
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: 't',
  }
  expect(optionsFromEnv(env)).toMatchObject({
    appId: 'id',
    appPassword: 'secret',
    tenantId: 't',
    cloud: { name: 'public' },
  })
})

test.each([
  ['', 'public'],
  ['https://botframework.azure.us', 'usGov'],
  ['http://127.0.0.1:4000', 'local'],
])('ChannelService "%s" is the cloud %s', (ChannelService, name) => {
  expect(optionsFromEnv({ ChannelService }).cloud).toMatchObject({ name })
})

test.each([
  ['an unknown ChannelService', { ChannelService: 'https://evil.example' }, 'AUTH_CLOUD_INVALID'],
  ['a local service on another machine', { ChannelService: 'http://192.0.2.1' }, 'AUTH_CLOUD_INVALID'],
  ['an app id without a password', { MicrosoftAppId: 'id' }, 'ADAPTER_OPTIONS_INVALID'],
  ['a single tenant without its id', { MicrosoftAppType: 'SingleTenant' }, 'ADAPTER_OPTIONS_INVALID'],
  ['an unknown app type', { MicrosoftAppType: 'Maybe' }, 'ADAPTER_OPTIONS_INVALID'],
  ['no app id in production', { NODE_ENV: 'production' }, 'ADAPTER_OPTIONS_INVALID'],
])('%s is refused at start', (_, env, code) => {
  expect(() => CloudAdapter.fromEnv({}, env)).toThrow(expect.objectContaining({ code }))
})
