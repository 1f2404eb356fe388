import { InboundRefusedError } from '@parley/core'
import type { Activity } from '@parley/core'
import {
  APP_ID,
  SERVICE_URL,
  TENANT_ISSUER,
  TestIdentity,
  channelHeader,
  tenantHeader,
} from '../../../test/test-identity.ts'
import {
  AseChannelValidation,
  AuthenticationConfiguration,
  AuthenticationError,
  BotFrameworkAuthentication,
  BotFrameworkAuthenticationFactory,
  ChannelValidation,
  ClaimsIdentity,
  EmulatorValidation,
  JwtTokenValidation,
  PasswordServiceClientCredentialFactory,
  SimpleCredentialProvider,
  SkillValidation,
  allowedCallersClaimsValidator,
} from '../index.ts'
import type { AuthenticateRequestResult } from '../index.ts'
import { parleyAuthenticationOf } from './parley-authentication.ts'
import type { ParleyAuthentication } from './parley-authentication.ts'

const OTHER_BOT = '22222222-2222-4222-8222-222222222222'
const NOT_AUTHORIZED = 'Unauthorized Access. Request is not authorized'
const NO_IDENTITY = 'Unauthorized. No valid identity.'

let identity: TestIdentity

beforeAll(async () => {
  identity = await TestIdentity.start()
})

afterAll(() => identity.close())

function authentication(config = new AuthenticationConfiguration(), appId = APP_ID): BotFrameworkAuthentication {
  return BotFrameworkAuthenticationFactory.create(
    '',
    true,
    'https://login.microsoftonline.com/botframework.com',
    'https://api.botframework.com',
    'https://api.botframework.com',
    'https://api.botframework.com',
    identity.channelMetadataUrl,
    identity.tenantMetadataUrl,
    'urn:botframework:azure',
    new PasswordServiceClientCredentialFactory(appId, 'secret'),
    config,
  )
}

const skillsAllowed = (...appIds: string[]): AuthenticationConfiguration =>
  new AuthenticationConfiguration([], allowedCallersClaimsValidator(appIds))

function activity(change: Partial<Activity> = {}): Activity {
  return { type: 'message', channelId: 'test', serviceUrl: SERVICE_URL, ...change } as Activity
}

describe('a request is let in', () => {
  const channel = { audience: 'https://api.botframework.com', callerId: 'urn:botframework:azure' }
  const skill = { audience: OTHER_BOT, callerId: `urn:botframework:aadappid:${OTHER_BOT}` }

  test.each<[string, () => string, Partial<Activity>, AuthenticationConfiguration, object]>([
    ['with a token of the channel', () => channelHeader(), {}, skillsAllowed('none'), channel],
    [
      'with another spelling of its serviceUrl',
      () => channelHeader(),
      { serviceUrl: SERVICE_URL.slice(0, -1) },
      skillsAllowed('none'),
      channel,
    ],
    [
      'with the endorsement that is required',
      () => channelHeader(),
      {},
      new AuthenticationConfiguration(['msteams']),
      channel,
    ],
    ['with the bot’s own token, version 1.0', () => tenantHeader(), {}, skillsAllowed('none'), channel],
    [
      'with the bot’s own token, version 2.0',
      () => tenantHeader({ ver: '2.0', appid: undefined, azp: APP_ID }),
      {},
      skillsAllowed('none'),
      channel,
    ],
    [
      'from the Emulator on this machine',
      () => tenantHeader(),
      { serviceUrl: 'http://localhost:4000' },
      skillsAllowed('none'),
      channel,
    ],
    ['from a bot that is listed', () => tenantHeader({ appid: OTHER_BOT }), {}, skillsAllowed(OTHER_BOT), skill],
    ['from any bot when all are', () => tenantHeader({ appid: OTHER_BOT }), {}, skillsAllowed('*'), skill],
  ])('%s', async (_, header, change, config, expected) => {
    const result = await authentication(config).authenticateRequest(activity(change), header())
    expect(result).toMatchObject(expected)
    expect(result.claimsIdentity).toBeInstanceOf(ClaimsIdentity)
    expect(result.claimsIdentity.isAuthenticated).toBe(true)
    expect(result.connectorFactory).toBeDefined()
  })

  test('of a tenant that the configuration lists', async () => {
    const tenant = '33333333-3333-4333-8333-333333333333'
    const issuer = `https://sts.windows.net/${tenant}/`
    const config = new AuthenticationConfiguration([], undefined, [issuer])
    const header = tenantHeader({ iss: issuer, tid: tenant })
    await expect(authentication(config).authenticateRequest(activity(), header)).resolves.toBeDefined()
    await expect(authentication().authenticateRequest(activity(), header)).rejects.toMatchObject({
      message: NO_IDENTITY,
    })
  })
})

describe('a request is refused with 401 and the text of v4', () => {
  const forged = (): string => `${channelHeader().slice(0, -6)}AAAAAA`

  test.each<[string, () => string | undefined, string, Partial<Activity>?, AuthenticationConfiguration?]>([
    ['no header', () => '', NOT_AUTHORIZED],
    ['an absent header', () => undefined, NOT_AUTHORIZED],
    ['another scheme', () => 'Basic x', NO_IDENTITY],
    ['no token', () => 'Bearer x', NO_IDENTITY],
    ['another bot’s app id', () => channelHeader({ aud: 'you' }), 'Unauthorized. Invalid AppId passed on token: you'],
    ['another issuer', () => channelHeader({ iss: 'you' }), NO_IDENTITY],
    [
      'another connector',
      () => channelHeader(),
      'Unauthorized. ServiceUrl claim do not match.',
      { serviceUrl: 'https://evil.test/' },
    ],
    [
      'no connector in the token',
      () => channelHeader({ serviceurl: undefined }),
      'Unauthorized. ServiceUrl claim do not match.',
    ],
    [
      'no connector in the activity',
      () => channelHeader(),
      'Unauthorized. ServiceUrl claim do not match.',
      { serviceUrl: undefined as never },
    ],
    [
      'a channel the key may not speak for',
      () => channelHeader(),
      'Could not validate endorsement for key: c1 with endorsements: msteams,test',
      { channelId: 'slack' },
    ],
    [
      'an endorsement that is missing',
      () => channelHeader(),
      'Could not validate additional endorsement for key: c1 with endorsements: zzz. Expected endorsements: zzz',
      {},
      new AuthenticationConfiguration(['zzz']),
    ],
    ['an unknown key', () => channelHeader({}, 'zz'), 'Signing Key could not be retrieved.'],
    ['an old token', () => channelHeader({ nbf: 1, exp: 2 }), 'The token has expired'],
    ['a forged signature', forged, 'invalid signature'],
    [
      'the bot’s own token for the channels',
      () => tenantHeader({ aud: 'https://api.botframework.com' }),
      'Unauthorized. Invalid AppId passed on token: https://api.botframework.com',
    ],
    [
      'its own token without a version',
      () => tenantHeader({ ver: undefined }),
      'Unauthorized. "ver" claim is required on Emulator Tokens.',
    ],
    [
      'its own token of another version',
      () => tenantHeader({ ver: '3.0' }),
      'Unauthorized. Unknown Emulator Token version "3.0".',
    ],
    [
      'its own token, 1.0, without a caller',
      () => tenantHeader({ appid: undefined }),
      'Unauthorized. "appid" claim is required on Emulator Token version "1.0".',
    ],
    [
      'its own token, 2.0, without a caller',
      () => tenantHeader({ ver: '2.0' }),
      'Unauthorized. "azp" claim is required on Emulator Token version "2.0".',
    ],
    [
      'another bot, when nobody says which may call',
      () => tenantHeader({ appid: OTHER_BOT }),
      `${NOT_AUTHORIZED}. Skill Claims require validation.`,
    ],
    [
      'another bot’s token for somebody else',
      () => tenantHeader({ appid: OTHER_BOT, aud: 'x' }),
      'SkillValidation.validateIdentity(): Invalid audience.',
    ],
    [
      'another bot of a foreign tenant',
      () => tenantHeader({ appid: OTHER_BOT, iss: 'https://sts.windows.net/zz/', tid: 'zz' }),
      'SkillValidation.validateIdentity(): Invalid identity',
    ],
    ['the extension, before it is set up', () => tenantHeader(), NO_IDENTITY, { channelId: 'AseChannel' }],
  ])('%s', async (_, header, message, change = {}, config = new AuthenticationConfiguration()) => {
    const refused = authentication(config).authenticateRequest(activity(change), header() as string)
    await expect(refused).rejects.toMatchObject({ message, statusCode: 401 })
    await expect(refused).rejects.toBeInstanceOf(AuthenticationError)
  })

  test('a bot that is not listed is told so with 403', async () => {
    const header = tenantHeader({ appid: OTHER_BOT })
    await expect(authentication(skillsAllowed('q')).authenticateRequest(activity(), header)).rejects.toMatchObject({
      statusCode: 403,
      message: `Received a request from an application with an appID of "${OTHER_BOT}". To enable requests from this skill, add the skill to your configuration file.`,
    })
  })

  test('a garbage token naming a tenant does not make that tenant known', async () => {
    const tenant = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'
    const header = tenantHeader({ iss: `https://sts.windows.net/${tenant}/`, tid: tenant, appid: OTHER_BOT })
    const bot = authentication(skillsAllowed('*'))
    await expect(bot.authenticateRequest(activity(), `${header.slice(0, -4)}AAAA`)).rejects.toBeDefined()
    await expect(bot.authenticateRequest(activity(), header)).rejects.toMatchObject({ statusCode: 401 })
  })
})

describe('a bot without an app id', () => {
  const anonymous = (): BotFrameworkAuthentication => authentication(undefined, '')

  test('lets everybody in, unproven', async () => {
    const { claimsIdentity, callerId } = await anonymous().authenticateRequest(activity(), '')
    expect(claimsIdentity).toMatchObject({ claims: [], authenticationType: 'anonymous' })
    expect(callerId).toBeNull()
  })

  test('takes a skill that is tested in the Emulator for one', async () => {
    const skill = activity({ channelId: 'emulator', recipient: { id: 'b', name: '', role: 'skill' } })
    const { claimsIdentity, audience } = await anonymous().authenticateRequest(skill, '')
    expect(claimsIdentity.claims).toEqual([{ type: 'appid', value: 'AnonymousSkill' }])
    expect(audience).toBe('AnonymousSkill')
  })

  test('takes whoever calls as a channel for the anonymous skill', async () => {
    const { claims } = await anonymous().authenticateChannelRequest('')
    expect(claims).toEqual([{ type: 'appid', value: 'AnonymousSkill' }])
  })
})

describe('other ways to call', () => {
  test.each<[string, (auth: BotFrameworkAuthentication) => Promise<unknown>, string]>([
    ['a channel request without a header', (auth) => auth.authenticateChannelRequest(''), NOT_AUTHORIZED],
    ['a streaming request without a header', (auth) => auth.authenticateStreamingRequest('', 'test'), NO_IDENTITY],
    [
      'a streaming request without a channel',
      (auth) => auth.authenticateStreamingRequest('Bearer a.b.c', ''),
      "'channelIdHeader' required.",
    ],
    [
      'a streaming request of a channel the key may not speak for',
      (auth) => auth.authenticateStreamingRequest(channelHeader(), 'slack'),
      'Could not validate endorsement for key: c1 with endorsements: msteams,test',
    ],
  ])('%s is refused', async (_, call, message) => {
    await expect(call(authentication())).rejects.toMatchObject({ message, statusCode: 401 })
  })

  test('a streaming request with a token of its channel is let in', async () => {
    const { audience } = await authentication().authenticateStreamingRequest(channelHeader(), 'msteams')
    expect(audience).toBe('https://api.botframework.com')
  })

  test('a skill that calls as a channel is let in when it is listed', async () => {
    const header = tenantHeader({ appid: OTHER_BOT })
    const proven = await authentication(skillsAllowed(OTHER_BOT)).authenticateChannelRequest(header)
    expect(proven.getClaimValue('appid')).toBe(OTHER_BOT)
  })
})

describe('the namespaces of v4', () => {
  const credentials = new SimpleCredentialProvider(APP_ID, 'secret')

  afterEach(() => {
    ChannelValidation.OpenIdMetadataEndpoint = undefined
  })

  test('the address of the keys can be set', async () => {
    ChannelValidation.OpenIdMetadataEndpoint = identity.channelMetadataUrl
    const proven = await JwtTokenValidation.authenticateRequest(activity(), channelHeader(), credentials, '')
    expect(proven.getClaimValue('aud')).toBe(APP_ID)
  })

  test.each<[string, () => string, string, Partial<Activity>?]>([
    ['another issuer', () => channelHeader({ iss: 'you' }), 'Unauthorized. Is not authenticated'],
    ['another audience', () => channelHeader({ aud: 'you' }), 'Unauthorized. Invalid AppId passed on token: you'],
    [
      'another connector',
      () => channelHeader(),
      'Unauthorized. ServiceUrl claim do not match.',
      { serviceUrl: 'https://o.test/' },
    ],
    [
      'another channel',
      () => channelHeader(),
      'Could not validate endorsement for key: c1 with endorsements: msteams,test',
      { channelId: 'slack' },
    ],
    ['no header', () => '', NOT_AUTHORIZED],
    ['no token', () => 'Bearer x', 'Unauthorized. Is not authenticated'],
  ])('refuse %s', async (_, header, message, change = {}) => {
    ChannelValidation.OpenIdMetadataEndpoint = identity.channelMetadataUrl
    const refused = JwtTokenValidation.authenticateRequest(activity(change), header(), credentials, '')
    await expect(refused).rejects.toMatchObject({ message, statusCode: 401 })
  })

  test('a header is required', async () => {
    await expect(JwtTokenValidation.validateAuthHeader('', credentials, '', 'test')).rejects.toMatchObject({
      message: "'authHeader' required.",
      statusCode: 400,
    })
  })

  test.each<[string, string, () => string]>([
    ['AseChannel', 'AseChannelValidation.authenticateAseChannelToken', () => tenantHeader()],
    ['test', 'SkillValidation.authenticateChannelToken', () => tenantHeader({ appid: OTHER_BOT })],
    ['test', 'EmulatorValidation.authenticateEmulatorToken', () => tenantHeader()],
    ['test', 'ChannelValidation.authenticateChannelTokenWithServiceUrl', () => channelHeader()],
  ])('a stub is called: channel %s reaches %s', async (channelId, name, header) => {
    const [namespace, method] = name.split('.') as [string, string]
    const namespaces = { AseChannelValidation, SkillValidation, EmulatorValidation, ChannelValidation }
    const target = namespaces[namespace as keyof typeof namespaces] as unknown as Record<string, unknown>
    const original = target[method]
    const proven = new ClaimsIdentity([], true)
    target[method] = async () => proven
    try {
      const call = JwtTokenValidation.authenticateRequest(activity({ channelId }), header(), credentials, '')
      await expect(call).resolves.toBe(proven)
    } finally {
      target[method] = original
    }
  })
})

describe('the extension', () => {
  test('lets the bot’s own token in once it is set up, also of its tenant', async () => {
    const tenant = '44444444-4444-4444-8444-444444444444'
    AseChannelValidation.init({ MicrosoftAppId: APP_ID, MicrosoftAppTenantId: tenant, ChannelService: '' })
    AseChannelValidation.MetadataUrl = identity.tenantMetadataUrl
    const own = tenantHeader({ iss: `https://sts.windows.net/${tenant}/`, tid: tenant })
    const { claimsIdentity } = await authentication().authenticateRequest(activity({ channelId: 'AseChannel' }), own)
    expect(claimsIdentity.getClaimValue('tid')).toBe(tenant)
  })
})

describe("Parley's road", () => {
  const roadOf = (auth: BotFrameworkAuthentication): ParleyAuthentication => {
    const road = parleyAuthenticationOf(auth)
    if (!road) throw new Error('There is no road.')
    return road
  }

  test('proves the sender from the headers and admits the activity', async () => {
    const { authenticator, resultOf, appId } = roadOf(authentication())
    const sender = await authenticator.authenticate({ rawHeaders: ['authorization', channelHeader()] })
    await authenticator.admit(sender, activity())
    expect(appId).toBe(APP_ID)
    expect(sender.callerId).toBe('urn:botframework:azure')
    await expect(resultOf(sender, activity())).resolves.toMatchObject({ callerId: 'urn:botframework:azure' })
  })

  test.each<[string, () => string[], Partial<Activity>, string]>([
    ['no header', () => [], {}, 'AUTH_MISSING'],
    ['two headers', () => ['authorization', channelHeader(), 'Authorization', channelHeader()], {}, 'AUTH_DUPLICATE'],
    ['a token for somebody else', () => ['authorization', channelHeader({ aud: 'you' })], {}, 'AUTH_AUD'],
    ['a bot that is not allowed', () => ['authorization', tenantHeader({ appid: OTHER_BOT })], {}, 'AUTH_CALLER'],
    [
      'another connector',
      () => ['authorization', channelHeader()],
      { serviceUrl: 'https://o.test/' },
      'AUTH_SERVICEURL',
    ],
    ['another channel', () => ['authorization', channelHeader()], { channelId: 'slack' }, 'AUTH_ENDORSEMENT'],
  ])('refuses %s', async (_, rawHeaders, change, code) => {
    const { authenticator } = roadOf(authentication())
    const call = authenticator
      .authenticate({ rawHeaders: rawHeaders() })
      .then((sender) => authenticator.admit(sender, activity(change)))
    await expect(call).rejects.toMatchObject({ code })
    await expect(call).rejects.toBeInstanceOf(InboundRefusedError)
  })

  test('lets everybody in where the bot has no app id', async () => {
    const { authenticator, tokens } = roadOf(authentication(undefined, ''))
    const sender = await authenticator.authenticate({ rawHeaders: [] })
    await authenticator.admit(sender, activity({ serviceUrl: 'http://localhost:3978' }))
    expect(sender.kind).toBe('anonymous')
    await expect(tokens.getToken('x')).resolves.toBeUndefined()
  })

  test('is not taken by an authentication of the bot’s own', () => {
    class Own extends BotFrameworkAuthentication {
      authenticateRequest = (): Promise<AuthenticateRequestResult> => Promise.reject(new Error('own'))
      authenticateStreamingRequest = this.authenticateRequest
      createConnectorFactory = (): never => {
        throw new Error('own')
      }
      createUserTokenClient = (): Promise<never> => Promise.reject(new Error('own'))
    }
    expect(parleyAuthenticationOf(new Own())).toBeUndefined()
  })

  test('is not taken while a method is replaced', () => {
    const stubbed = Object.assign(authentication(), { authenticateRequest: async () => undefined })
    expect(parleyAuthenticationOf(stubbed)).toBeUndefined()
  })

  test('is not taken while a namespace is changed', () => {
    const auth = authentication()
    ChannelValidation.OpenIdMetadataEndpoint = 'https://keys.test/'
    try {
      expect(parleyAuthenticationOf(auth)).toBeUndefined()
    } finally {
      ChannelValidation.OpenIdMetadataEndpoint = undefined
    }
    expect(parleyAuthenticationOf(auth)).toBeDefined()
  })
})

test('an issuer of the Emulator is recognised without looking at the signature', () => {
  expect(EmulatorValidation.isTokenFromEmulator(tenantHeader())).toBe(true)
  expect(EmulatorValidation.isTokenFromEmulator(channelHeader())).toBe(false)
  expect(TENANT_ISSUER).toContain('sts.windows.net')
})
