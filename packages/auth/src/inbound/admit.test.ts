import { localCloud } from '../cloud.ts'
import { createInboundAuthenticator } from './inbound-authenticator.ts'
import { VerifiedIdentity } from './verified-identity.ts'
import type { VerifiedFacts } from './verified-identity.ts'

const SERVICE_URL = 'https://smba.trafficmanager.net/teams/'
const APP = '11111111-1111-4111-8111-111111111111'

const publicBot = createInboundAuthenticator({ appId: APP })
const localBot = createInboundAuthenticator({ appId: APP, cloud: localCloud() })

const identity = (change: Partial<VerifiedFacts> = {}): VerifiedIdentity =>
  new VerifiedIdentity({ kind: 'channel', claims: {}, appId: APP, serviceUrl: SERVICE_URL, ...change })

test('an activity that says what its token vouches for is admitted', () => {
  publicBot.admit(identity({ endorsements: ['msteams'] }), { channelId: 'msteams', serviceUrl: SERVICE_URL })
})

test.each([
  ['without its trailing slash', 'https://smba.trafficmanager.net/teams'],
  ['with the default port', 'https://smba.trafficmanager.net:443/teams/'],
  ['with its host in other letters', 'https://SMBA.trafficmanager.net/teams/'],
])('a serviceUrl %s is the same', (_, serviceUrl) => {
  publicBot.admit(identity(), { channelId: 'msteams', serviceUrl })
})

test.each([
  ['another host', 'https://evil.test/teams/'],
  ['another path', 'https://smba.trafficmanager.net/other/'],
  ['a path in other letters', 'https://smba.trafficmanager.net/Teams/'],
  ['another port', 'https://smba.trafficmanager.net:8443/teams/'],
  ['another scheme', 'http://smba.trafficmanager.net/teams/'],
  ['a query', 'https://smba.trafficmanager.net/teams/?x=1'],
  ['user information', 'https://smba.trafficmanager.net@evil.test/teams/'],
])('J48: a serviceUrl with %s is not the one the token vouches for', (_, serviceUrl) => {
  const activity = { channelId: 'msteams', serviceUrl }
  expect(() => publicBot.admit(identity(), activity)).toThrow(
    expect.objectContaining({ code: 'AUTH_SERVICEURL', status: 401 }),
  )
})

test('a channel token that vouches for no connector admits nothing', () => {
  const { serviceUrl, ...facts } = { kind: 'channel', claims: {}, serviceUrl: SERVICE_URL } as const
  const bare = new VerifiedIdentity(facts)
  expect(() => publicBot.admit(bare, { channelId: 'msteams', serviceUrl })).toThrow(
    expect.objectContaining({ code: 'AUTH_SERVICEURL' }),
  )
})

test.each([
  ['a channel the key is not endorsed for', ['webchat']],
  ['any channel, when other keys are endorsed and this one is not', []],
  ['a channel with a longer name', ['msteam', 'msteams2']],
])('an activity of %s is refused', (_, endorsements) => {
  const activity = { channelId: 'msteams', serviceUrl: SERVICE_URL }
  expect(() => publicBot.admit(identity({ endorsements }), activity)).toThrow(
    expect.objectContaining({ code: 'AUTH_ENDORSEMENT', status: 403 }),
  )
})

test.each([
  ['J51 the metadata service', 'http://169.254.169.254/', 'URL_FORBIDDEN'],
  ['a private address', 'https://10.0.0.1/', 'URL_FORBIDDEN'],
  ['this machine', 'https://127.0.0.1/', 'URL_FORBIDDEN'],
  ['J52 plain http', 'http://connector.test:80', 'URL_SCHEME'],
])('%s is no connector, even if the token says so', (_, serviceUrl, code) => {
  const activity = { channelId: 'msteams', serviceUrl }
  expect(() => publicBot.admit(identity({ serviceUrl }), activity)).toThrow(
    expect.objectContaining({ code, status: 400 }),
  )
})

test('a connector on this machine is admitted in the local cloud alone', () => {
  const serviceUrl = 'http://127.0.0.1:3979/'
  localBot.admit(identity({ serviceUrl }), { channelId: 'emulator', serviceUrl })
  expect(() => publicBot.admit(identity({ serviceUrl }), { channelId: 'emulator', serviceUrl })).toThrow(
    expect.objectContaining({ status: 400 }),
  )
})

test.each(['bot', 'emulator', 'anonymous'] as const)(
  '%s senders may name any connector that may be called at all',
  (kind) => {
    const sender = new VerifiedIdentity({ kind, claims: {} })
    publicBot.admit(sender, { channelId: 'test', serviceUrl: 'https://skill.example.com/api/' })
    expect(() => publicBot.admit(sender, { channelId: 'test', serviceUrl: 'https://192.168.0.1/' })).toThrow(
      expect.objectContaining({ code: 'URL_FORBIDDEN' }),
    )
  },
)
