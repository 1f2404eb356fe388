import { ConfigurationBotFrameworkAuthentication } from './configuration-bot-framework-authentication.ts'
import { ConfigurationServiceClientCredentialFactory } from './configuration-service-client-credential-factory.ts'

const id = { MicrosoftAppId: 'id' }

describe('the settings of a bot', () => {
  test.each<[string, object, string]>([
    [
      'a single tenant without an id',
      { MicrosoftAppType: 'SingleTenant' },
      'MicrosoftAppId is required for SingleTenant in configuration.',
    ],
    [
      'a single tenant without a tenant',
      { ...id, MicrosoftAppType: 'singletenant' },
      'MicrosoftAppTenantId is required for SingleTenant in configuration.',
    ],
    [
      'a managed identity without an id',
      { MicrosoftAppType: 'UserAssignedMSI' },
      'MicrosoftAppId is required for MSI in configuration.',
    ],
    [
      'a managed identity without a tenant',
      { ...id, MicrosoftAppType: 'UserAssignedMSI' },
      'MicrosoftAppTenantId is required for MSI in configuration.',
    ],
    [
      'a certificate without its key',
      { ...id, CertificateThumbprint: 'x' },
      'CertificatePrivateKey is required when using a Certificate in configuration.',
    ],
    ['an id that is no string', { MicrosoftAppId: 5 }, 'MicrosoftAppId is a number; a string is expected.'],
  ])('%s are refused by name', (_, settings, text) => {
    expect(() => new ConfigurationServiceClientCredentialFactory(settings)).toThrow(text)
  })

  test.each<[string, object, boolean, boolean]>([
    ['without an id', {}, true, false],
    ['with an id and a password', { ...id, MicrosoftAppPassword: 'p' }, false, true],
    ['of a managed identity', { ...id, MicrosoftAppTenantId: 't', MicrosoftAppType: 'USERASSIGNEDMSI' }, false, true],
    ['with a certificate', { ...id, CertificateThumbprint: 'x', CertificatePrivateKey: 'k' }, false, true],
  ])('%s make credentials', async (_, settings, isDisabled, isValid) => {
    const factory = new ConfigurationServiceClientCredentialFactory(settings)
    await expect(factory.isAuthenticationDisabled()).resolves.toBe(isDisabled)
    await expect(factory.isValidAppId('id')).resolves.toBe(isValid)
  })

  test('say nothing of the password', () => {
    const settings = { ...id, MicrosoftAppPassword: 'a secret' }
    const authentication = new ConfigurationBotFrameworkAuthentication(settings)
    expect(JSON.stringify(authentication)).not.toContain('a secret')
  })

  test('name a cloud that is known', () => {
    expect(() => new ConfigurationBotFrameworkAuthentication({ ChannelService: 'foo' })).toThrow(
      'The provided ChannelService value is not supported.',
    )
    expect(() => new ConfigurationBotFrameworkAuthentication({ ValidateAuthority: 5 as never })).toThrow(
      'ValidateAuthority',
    )
  })
})

describe('warnings', () => {
  const warned: [string, string][] = []
  beforeEach(() => {
    warned.splice(0)
    const note = (message: string, { code }: { code: string }): number => warned.push([code, message])
    jest.spyOn(process, 'emitWarning').mockImplementation(note as never)
  })
  afterEach(() => void jest.restoreAllMocks())

  test('a name that is almost known is told once, with the known one; others are the environment’s', () => {
    const settings = { MicrosoftApId: 'id', MicrosoftAppTennantId: 't', PATH: '/bin', HOME: '/root' }
    for (let time = 0; time < 2; time += 1) expect(new ConfigurationBotFrameworkAuthentication(settings)).toBeDefined()
    expect(warned).toEqual([
      ['DROPIN_OPTION_UNKNOWN', "The option 'MicrosoftApId' is not known; is 'MicrosoftAppId' meant?"],
      ['DROPIN_OPTION_UNKNOWN', "The option 'MicrosoftAppTennantId' is not known; is 'MicrosoftAppTenantId' meant?"],
    ])
  })

  test('an id without a password is told, by the name of the variable', () => {
    expect(new ConfigurationServiceClientCredentialFactory(id)).toBeDefined()
    expect(warned).toEqual([['DROPIN_CREDENTIAL_MISSING', expect.stringContaining('MicrosoftAppPassword')]])
  })
})
