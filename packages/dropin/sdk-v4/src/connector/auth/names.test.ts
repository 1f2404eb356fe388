import { VerifiedIdentity } from '@parley/auth'
import { ClaimsIdentity as CoreClaimsIdentity } from '@parley/core'
import {
  AseChannelValidation,
  AuthenticationConfiguration,
  AuthenticationConstants,
  AuthenticationError,
  BotFrameworkAuthentication,
  BotFrameworkAuthenticationFactory,
  ChannelValidation,
  ClaimsIdentity,
  EmulatorValidation,
  EndorsementsValidator,
  EnterpriseChannelValidation,
  GovernmentChannelValidation,
  GovernmentConstants,
  JwtTokenValidation,
  PasswordServiceClientCredentialFactory,
  SimpleCredentialProvider,
  SkillValidation,
  allowedCallersClaimsValidator,
} from '../index.ts'
import type { AuthenticateRequestResult, Claim, ServiceClientCredentialsFactory } from '../index.ts'

const claimsOf = (values: object): Claim[] => Object.entries(values).map(([type, value]) => ({ type, value }))
const skill = claimsOf({ ver: '1.0', aud: 'me', appid: 'other' })
const credentials = new SimpleCredentialProvider('me', 'secret')

describe('ClaimsIdentity', () => {
  test.each([
    [undefined, false],
    [null, false],
    ['', true],
    ['Bearer', true],
    [false, false],
    [true, true],
  ])('of the type %p is authenticated: %p', (type, expected) => {
    expect(new ClaimsIdentity([], type as string).isAuthenticated).toBe(expected)
  })

  test('gives the value of a claim, or null', () => {
    const identity = new ClaimsIdentity(skill, true)
    expect([identity.getClaimValue('aud'), identity.getClaimValue('nope')]).toEqual(['me', null])
  })

  test('is what Parley proved, and what a subclass is', () => {
    class Own extends ClaimsIdentity {}
    expect(new VerifiedIdentity({ kind: 'anonymous', claims: {} })).toBeInstanceOf(ClaimsIdentity)
    expect(new Own([])).toBeInstanceOf(CoreClaimsIdentity)
    expect(new Own([])).toBeInstanceOf(Own)
    expect(new ClaimsIdentity([])).not.toBeInstanceOf(Own)
  })
})

describe('AuthenticationError', () => {
  test('carries a status', () => {
    const error = new AuthenticationError('no', 401)
    expect(error).toMatchObject({ message: 'no', statusCode: 401 })
    expect(AuthenticationError.isStatusCodeError(error)).toBe(true)
    expect(AuthenticationError.isStatusCodeError(new Error('x'))).toBe(false)
    expect(AuthenticationError.isStatusCodeError(null)).toBe(false)
  })

  test.each([
    [new Error('Unauthorized. x'), "HTTP/1.1 401 UNAUTHORIZED\r\nUnauthorized. x\r\nConnection: 'close'\r\n\r\n"],
    [
      new Error("'authHeader' required."),
      "HTTP/1.1 400 BAD_REQUEST\r\n'authHeader' required.\r\nConnection: 'close'\r\n\r\n",
    ],
    [new Error('boo'), "HTTP/1.1 500 INTERNAL_SERVER_ERROR\r\nboo\r\nConnection: 'close'\r\n\r\n"],
    [undefined, "HTTP/1.1 500 INTERNAL_SERVER_ERROR\r\nInternal Server Error\r\nConnection: 'close'\r\n\r\n"],
  ])('%p is answered as raw HTTP', (error, expected) => {
    expect(AuthenticationError.determineStatusCodeAndBuildMessage(error)).toBe(expected)
  })
})

describe('claims', () => {
  test.each<[object, string | undefined]>([
    [{}, undefined],
    [{ appid: 'a' }, 'a'],
    [{ ver: '', appid: 'a' }, 'a'],
    [{ ver: '1.0', appid: 'a' }, 'a'],
    [{ ver: '2.0', azp: 'z' }, 'z'],
    [{ ver: '2.0', appid: 'a' }, undefined],
    [{ ver: '3.0', azp: 'z' }, undefined],
  ])('%j names the app %p', (values, expected) => {
    expect(JwtTokenValidation.getAppIdFromClaims(claimsOf(values))).toBe(expected)
  })

  test.each<[object, boolean]>([
    [{}, false],
    [{ ver: '1.0', aud: 'me', appid: 'other' }, true],
    [{ ver: '2.0', aud: 'me', azp: 'other' }, true],
    [{ ver: '1.0', aud: 'me', appid: 'me' }, false],
    [{ ver: '1.0', aud: 'https://api.botframework.com', appid: 'x' }, false],
    [{ ver: '1.0', aud: 'https://api.botframework.us', appid: 'x' }, false],
    [{ ver: '', aud: 'me', appid: 'x' }, false],
    [{ ver: '3.0', aud: 'me', appid: 'x' }, false],
    [{ ver: '1.0', appid: 'x' }, false],
    [{ ver: '1.0', aud: 'me' }, false],
    [{ appid: 'AnonymousSkill' }, true],
  ])('%j are those of a skill: %p', (values, expected) => {
    expect(SkillValidation.isSkillClaim(claimsOf(values))).toBe(expected)
  })

  test('are required', () => {
    const none = undefined as never
    expect(() => JwtTokenValidation.getAppIdFromClaims(none)).toThrow(
      new TypeError('JwtTokenValidation.getAppIdFromClaims(): missing claims.'),
    )
    expect(() => SkillValidation.isSkillClaim(none)).toThrow(
      new TypeError('SkillValidation.isSkillClaim(): missing claims.'),
    )
  })
})

describe('allowedCallersClaimsValidator', () => {
  test.each([undefined, null, []])('refuses to be made of %p', (list) => {
    expect(() => allowedCallersClaimsValidator(list as never)).toThrow(
      expect.objectContaining({ code: 'ERR_ASSERTION' }),
    )
  })

  test.each<[string[], Claim[]]>([
    [['other'], skill],
    [['*'], skill],
    [['a', '*'], skill],
    [['a'], []],
  ])('%j lets in', async (list, claims) => {
    await expect(allowedCallersClaimsValidator(list)(claims)).resolves.toBeUndefined()
  })

  test('names the caller that it refuses', async () => {
    await expect(allowedCallersClaimsValidator(['a'])(skill)).rejects.toThrow(
      'Received a request from an application with an appID of "other". To enable requests from this skill, add the skill to your configuration file.',
    )
  })
})

describe('EndorsementsValidator', () => {
  test.each<[string | null, string[] | undefined, boolean]>([
    ['x', ['x'], true],
    ['x', ['y'], false],
    ['X', ['x'], false],
    ['a', ['abc'], false],
    ['x', [], false],
    ['x', undefined, false],
    ['', ['x'], true],
    [' ', ['x'], true],
    [null, ['x'], true],
  ])('the channel %p with %j: %p', (channelId, endorsements, expected) => {
    expect(EndorsementsValidator.validate(channelId as string, endorsements as string[])).toBe(expected)
  })

  test('needs endorsements', () => {
    expect(() => EndorsementsValidator.validate('x', null as never)).toThrow(
      new AuthenticationError('endorsements required', 401),
    )
  })
})

describe('SimpleCredentialProvider', () => {
  test('knows one app', async () => {
    await expect(credentials.isValidAppId('me')).resolves.toBe(true)
    await expect(credentials.isValidAppId('you')).resolves.toBe(false)
    await expect(credentials.getAppPassword('me')).resolves.toBe('secret')
    await expect(credentials.getAppPassword('you')).resolves.toBeNull()
    await expect(credentials.isAuthenticationDisabled()).resolves.toBe(false)
    await expect(new SimpleCredentialProvider('', '').isAuthenticationDisabled()).resolves.toBe(true)
  })
})

describe('validateIdentity', () => {
  const identity = (values: object, isAuthenticated = true): ClaimsIdentity =>
    new ClaimsIdentity(claimsOf(values), isAuthenticated)
  const channel = 'https://api.botframework.com'
  const government = 'https://api.botframework.us'

  test.each<[string, () => Promise<unknown>, string]>([
    [
      'channel, nobody',
      () => ChannelValidation.validateIdentity(null as never, credentials),
      'Unauthorized. Is not authenticated',
    ],
    [
      'channel, unproven',
      () => ChannelValidation.validateIdentity(identity({}, false), credentials),
      'Unauthorized. Is not authenticated',
    ],
    [
      'channel, issuer',
      () => ChannelValidation.validateIdentity(identity({ iss: 'x' }), credentials),
      'Unauthorized. Issuer Claim MUST be present.',
    ],
    [
      'channel, audience',
      () => ChannelValidation.validateIdentity(identity({ iss: channel }), credentials),
      'Unauthorized. Invalid AppId passed on token: null',
    ],
    [
      'government, nobody',
      () => GovernmentChannelValidation.validateIdentity(null as never, credentials),
      'Unauthorized. No valid identity.',
    ],
    [
      'government, issuer',
      () => GovernmentChannelValidation.validateIdentity(identity({ iss: channel }), credentials),
      'Unauthorized. Issuer Claim MUST be present.',
    ],
    [
      'government, audience',
      () => GovernmentChannelValidation.validateIdentity(identity({ iss: government, aud: 'you' }), credentials),
      'Unauthorized. Invalid AppId passed on token: you',
    ],
    [
      'enterprise, nobody',
      () => EnterpriseChannelValidation.validateIdentity(null as never, credentials),
      'Unauthorized. No valid identity.',
    ],
    [
      'enterprise, audience',
      () => EnterpriseChannelValidation.validateIdentity(identity({ iss: channel, aud: 'you' }), credentials),
      'Unauthorized. Invalid AppId passed on token: you',
    ],
    [
      'skill, nobody',
      () => SkillValidation.validateIdentity(undefined as never, credentials),
      'SkillValidation.validateIdentity(): Invalid identity',
    ],
    [
      'skill, unproven',
      () => SkillValidation.validateIdentity(identity({}, false), credentials),
      'SkillValidation.validateIdentity(): Token not authenticated',
    ],
    [
      'skill, version',
      () => SkillValidation.validateIdentity(identity({}), credentials),
      "SkillValidation.validateIdentity(): 'ver' claim is required on skill Tokens.",
    ],
    [
      'skill, no audience',
      () => SkillValidation.validateIdentity(identity({ ver: '1.0' }), credentials),
      "SkillValidation.validateIdentity(): 'aud' claim is required on skill Tokens.",
    ],
    [
      'skill, audience',
      () => SkillValidation.validateIdentity(identity({ ver: '1.0', aud: 'you' }), credentials),
      'SkillValidation.validateIdentity(): Invalid audience.',
    ],
    [
      'skill, caller',
      () => SkillValidation.validateIdentity(identity({ ver: '1.0', aud: 'me' }), credentials),
      'SkillValidation.validateIdentity(): Invalid appId.',
    ],
  ])('%s', async (_, validate, message) => {
    await expect(validate()).rejects.toMatchObject({ message, statusCode: 401 })
  })

  test('lets the right ones pass', async () => {
    const proven = identity({ iss: channel, aud: 'me' })
    await expect(ChannelValidation.validateIdentity(proven, credentials)).resolves.toBe(proven)
    await expect(EnterpriseChannelValidation.validateIdentity(proven, credentials)).resolves.toBe(proven)
    await expect(
      SkillValidation.validateIdentity(new ClaimsIdentity(skill, true), credentials),
    ).resolves.toBeUndefined()
  })

  test('a skill needs a configuration', async () => {
    const call = SkillValidation.authenticateChannelToken('Bearer a.b.c', credentials, '', 'test', undefined as never)
    await expect(call).rejects.toMatchObject({
      message: 'SkillValidation.authenticateChannelToken(): invalid authConfig parameter',
      statusCode: 500,
    })
  })
})

describe('token format', () => {
  test.each<[string | undefined, boolean]>([
    [undefined, false],
    ['', false],
    ['Bearer', false],
    ['Bearer x', true],
    [' Bearer x', true],
    ['bearer x', false],
    ['Bearer x y', false],
    ['Bearer  x', false],
    ['Basic x', false],
  ])('%p: %p', (header, expected) => {
    expect(JwtTokenValidation.isValidTokenFormat(header as string)).toBe(expected)
  })

  test('headers without a token are neither a skill’s nor the Emulator’s', () => {
    for (const header of ['', 'Bearer a.b.c', undefined as never]) {
      expect(SkillValidation.isSkillToken(header)).toBe(false)
      expect(EmulatorValidation.isTokenFromEmulator(header)).toBe(false)
    }
  })

  test('the extension is a channel', () => {
    expect(AseChannelValidation.isTokenFromAseChannel('AseChannel')).toBe(true)
    expect(AseChannelValidation.isTokenFromAseChannel('test')).toBe(false)
  })

  test('governments are recognised whatever the case', () => {
    expect(JwtTokenValidation.isGovernment('https://BOTFRAMEWORK.azure.us')).toBe(true)
    expect(JwtTokenValidation.isGovernment('https://other.test')).toBe(false)
  })
})

describe('BotFrameworkAuthenticationFactory', () => {
  const create = (...parts: unknown[]): BotFrameworkAuthentication =>
    (BotFrameworkAuthenticationFactory.create as (...all: unknown[]) => BotFrameworkAuthentication)(...parts)

  test.each([
    [[], AuthenticationConstants.ToChannelFromBotOAuthScope],
    [[''], AuthenticationConstants.ToChannelFromBotOAuthScope],
    [['https://botframework.azure.us'], GovernmentConstants.ToChannelFromBotOAuthScope],
    [['anything', true, undefined, undefined, 'issuer'], undefined],
    [['anything', true, undefined, 'scope'], 'scope'],
  ])('%j makes tokens for %p', (parts, audience) => {
    expect(create(...parts).getOriginatingAudience()).toBe(audience)
  })

  test.each([
    'https://botFramework.azure.us',
    'http://10.0.0.1:3979',
    'https://example.com',
    'localhost:3979',
    'local',
  ])('does not know the cloud %s', (channelService) => {
    expect(() => create(channelService)).toThrow('The provided ChannelService value is not supported.')
  })

  test('knows a service on this machine by its address', () => {
    expect(create('http://127.0.0.1:3979/')).toMatchObject({
      toChannelFromBotLoginUrl: 'http://127.0.0.1:3979/botframework.com',
      toChannelFromBotOAuthScope: 'https://api.botframework.com',
      toBotFromChannelTokenIssuer: 'http://127.0.0.1:3979',
      oAuthUrl: 'http://127.0.0.1:3979',
      toBotFromChannelOpenIdMetadataUrl: 'http://127.0.0.1:3979/v1/.well-known/openidconfiguration',
      toBotFromEmulatorOpenIdMetadataUrl: 'http://127.0.0.1:3979/common/v2.0/.well-known/openid-configuration',
    })
  })

  test('shows no secret', () => {
    const factory = new PasswordServiceClientCredentialFactory('me', 'S3cret')
    const parts = Array.from({ length: 9 }, () => undefined)
    expect(JSON.stringify(create(...parts, factory, new AuthenticationConfiguration()))).not.toContain('S3cret')
  })
})

describe('an authentication of the bot’s own', () => {
  class Own extends BotFrameworkAuthentication {
    authenticateRequest = (): Promise<AuthenticateRequestResult> => Promise.reject(new Error('own'))
    authenticateStreamingRequest = this.authenticateRequest
    createConnectorFactory = (): never => {
      throw new Error('own')
    }
    createUserTokenClient = (): Promise<never> => Promise.reject(new Error('own'))
    callerOf(factory: ServiceClientCredentialsFactory, claims: Claim[]): Promise<string | null> {
      return this.generateCallerId(factory, new ClaimsIdentity(claims, true), 'urn:x')
    }
  }

  test('has nothing it does not bring', async () => {
    expect(() => new Own().getOriginatingAudience()).toThrow('NotImplemented')
    expect(() => new Own().createBotFrameworkClient()).toThrow('NotImplemented')
    await expect(new Own().authenticateChannelRequest('')).rejects.toThrow('NotImplemented')
  })

  test.each<[string, Claim[], string | null]>([
    ['', [], null],
    ['me', [], 'urn:x'],
    ['me', skill, 'urn:botframework:aadappid:other'],
  ])('for the app %p and its caller makes the caller id', async (appId, claims, expected) => {
    const factory = new PasswordServiceClientCredentialFactory(appId, 'secret')
    await expect(new Own().callerOf(factory, claims)).resolves.toBe(expected)
  })
})
