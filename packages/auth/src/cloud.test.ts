import { InvalidCloudError, localCloud, publicCloud, resolveCloud, usGovCloud } from './cloud.ts'
import { InsecureIdentityUrlError } from './identity-url.ts'

const BOT_FRAMEWORK = 'd6d49420-f39b-4df7-a1dc-d59a935871db'
const SERVICES = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'
const US_GOV = 'cab8a31a-1906-4287-a0d8-4eef66b95f6e'

test("the public cloud has the Bot Framework's addresses", () => {
  expect(publicCloud).toEqual({
    name: 'public',
    loginUrl: 'https://login.microsoftonline.com/',
    defaultTenant: 'botframework.com',
    outboundAudience: 'https://api.botframework.com',
    channelIssuer: 'https://api.botframework.com',
    channelMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    tenantMetadataUrl: 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
    tenantIssuers: [
      `https://sts.windows.net/${BOT_FRAMEWORK}/`,
      `https://login.microsoftonline.com/${BOT_FRAMEWORK}/v2.0`,
      `https://sts.windows.net/${SERVICES}/`,
      `https://login.microsoftonline.com/${SERVICES}/v2.0`,
      'https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/',
    ],
    tenantIssuerTemplates: ['https://sts.windows.net/{tenant}/', 'https://login.microsoftonline.com/{tenant}/v2.0'],
    keyHosts: [],
    userTokenUrl: 'https://api.botframework.com',
    callerId: 'urn:botframework:azure',
    allowLoopback: false,
  })
})

test('the US Government cloud has its own addresses', () => {
  expect(usGovCloud).toEqual({
    name: 'usGov',
    loginUrl: 'https://login.microsoftonline.us/',
    defaultTenant: 'MicrosoftServices.onmicrosoft.us',
    outboundAudience: 'https://api.botframework.us',
    channelIssuer: 'https://api.botframework.us',
    channelMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    tenantMetadataUrl: `https://login.microsoftonline.us/${US_GOV}/v2.0/.well-known/openid-configuration`,
    tenantIssuers: [
      `https://sts.windows.net/${US_GOV}/`,
      `https://login.microsoftonline.us/${US_GOV}/v2.0`,
      `https://sts.windows.net/${SERVICES}/`,
      `https://login.microsoftonline.us/${SERVICES}/`,
      `https://login.microsoftonline.us/${SERVICES}/v2.0`,
    ],
    tenantIssuerTemplates: [
      'https://sts.windows.net/{tenant}/',
      'https://login.microsoftonline.us/{tenant}/',
      'https://login.microsoftonline.us/{tenant}/v2.0',
    ],
    keyHosts: [],
    userTokenUrl: 'https://api.botframework.azure.us',
    callerId: 'urn:botframework:azureusgov',
    allowLoopback: false,
  })
})

test('the local cloud is one service on this machine, which may name connectors here', () => {
  expect(localCloud('http://localhost:4000/')).toMatchObject({
    name: 'local',
    loginUrl: 'http://localhost:4000/',
    channelIssuer: 'http://localhost:4000',
    channelMetadataUrl: 'http://localhost:4000/v1/.well-known/openidconfiguration',
    tenantMetadataUrl: 'http://localhost:4000/common/v2.0/.well-known/openid-configuration',
    outboundAudience: 'https://api.botframework.com',
    userTokenUrl: 'http://localhost:4000',
    allowLoopback: true,
  })
  expect(localCloud().channelIssuer).toBe('http://127.0.0.1:3979')
  expect(localCloud().tenantIssuers).toContain(`http://127.0.0.1:3979/${BOT_FRAMEWORK}/v2.0`)
})

test.each([
  'http://10.0.0.1:3979',
  'https://service.test',
  'http://localhost.evil.test',
  'http://127.0.0.1@evil.test',
  'local',
])('the local cloud is not at %s', (serviceUrl) => {
  expect(() => localCloud(serviceUrl)).toThrow(InvalidCloudError)
})

test.each([
  ['', 'public'],
  ['public', 'public'],
  ['usGov', 'usGov'],
  ['https://botframework.azure.us', 'usGov'],
  ['local', 'local'],
  [undefined, 'public'],
])('the name %p means the %s cloud', (name, expected) => {
  expect(resolveCloud(name).name).toBe(expected)
})

test('an unknown name is refused with the names there are', () => {
  expect(() => resolveCloud('mars')).toThrow(/'public', 'usGov' or 'local'/)
})

test('one field is replaced without touching the others; undefined replaces nothing', () => {
  const cloud = resolveCloud('public', { channelIssuer: 'https://issuer.test', loginUrl: undefined })
  expect(cloud).toEqual({ ...publicCloud, channelIssuer: 'https://issuer.test' })
  expect(publicCloud.channelIssuer).toBe('https://api.botframework.com')
})

test.each(['loginUrl', 'channelMetadataUrl', 'tenantMetadataUrl', 'userTokenUrl'] as const)(
  'plain http for %s is refused, except on this machine',
  (field) => {
    expect(() => resolveCloud('public', { [field]: 'http://login.test/' })).toThrow(InsecureIdentityUrlError)
    expect(() => resolveCloud('public', { [field]: 'ftp://127.0.0.1/' })).toThrow(InsecureIdentityUrlError)
    expect(() => resolveCloud('public', { [field]: 'nowhere' })).toThrow(InsecureIdentityUrlError)
    expect(resolveCloud('public', { [field]: 'http://[::1]:4000/' })[field]).toBe('http://[::1]:4000/')
  },
)
