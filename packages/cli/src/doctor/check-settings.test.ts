import { temporaryTree } from 'test-support/temporary-tree'
import { readProjectEnvironment } from '../project/project-environment.ts'
import { checkSettings } from './check-settings.ts'

const appId = '2f1b9a55-7f0f-4c39-9c3b-0d4a8d0f6a11'
const good = { MicrosoftAppId: appId, MicrosoftAppPassword: 'a-password' }

/** `status: detail -> advice` by id. */
function examine(env: Record<string, string>, dotEnv?: string, isArchivedSdk = false): Record<string, string> {
  const folder = temporaryTree(dotEnv === undefined ? {} : { '.env': dotEnv })
  const results = checkSettings(readProjectEnvironment(folder, env), isArchivedSdk)
  return Object.fromEntries(results.map(({ id, status, detail, advice }) => [id, `${status}: ${detail} -> ${advice}`]))
}

test.each([
  ['app-id', {}, /^warning: The environment has no MicrosoftAppId, and this folder no \.env/],
  ['app-id', { MicrosoftAppPassword: 'x' }, /^failed: MicrosoftAppPassword is set without MicrosoftAppId/],
  ['app-id', { ...good, MicrosoftAppId: 'my-bot' }, /^warning: MicrosoftAppId is no GUID/],
  ['app-id', { ...good, MicrosoftAppId: `${appId} ` }, /^failed: MicrosoftAppId begins or ends with white space/],
  ['app-password', { ...good, MicrosoftAppPassword: '"a-password"' }, /^failed: MicrosoftAppPassword is in quotes/],
  [
    'app-password',
    { ...good, MicrosoftAppPassword: 'a-password\n' },
    /^failed: MicrosoftAppPassword begins or ends with/,
  ],
  [
    'app-password',
    { ...good, MicrosoftAppPassword: appId },
    /^warning: MicrosoftAppPassword is a GUID\. -> Is it the 'Secret ID'/,
  ],
  ['app-password', { ...good, MicrosoftAppPassword: '' }, /^failed: MicrosoftAppId is set without a credential/],
  [
    'app-password',
    { MicrosoftAppId: appId, CertificateThumbprint: 'x' },
    /^ok: None, but CertificateThumbprint is set/,
  ],
  ['app-password', { ...good, MicrosoftAppType: 'UserAssignedMsi' }, /^failed: A bot with a managed identity/],
  ['app-password', { MicrosoftAppId: appId, MicrosoftAppType: 'userassignedmsi' }, /^ok: None is needed/],
  [
    'app-type',
    { ...good, MicrosoftAppType: 'Single' },
    /^failed: There is no such MicrosoftAppType: Single\. -> Set it to Multi/,
  ],
  [
    'tenant',
    { ...good, MicrosoftAppType: 'SingleTenant' },
    /^failed: MicrosoftAppType is SingleTenant, and .* not set/,
  ],
  ['tenant', { ...good, MicrosoftAppTenantId: appId }, /^warning: MicrosoftAppTenantId is set, and a MultiTenant bot/],
  [
    'tenant',
    { ...good, MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: 'contoso' },
    /^failed: .* neither a GUID nor/,
  ],
  ['tenant', { ...good, MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: 'contoso.com' }, /^ok: contoso\.com/],
  ['channel-service', good, /^ok: public Azure/],
  [
    'channel-service',
    { ...good, ChannelService: 'https://botframework.azure.us/' },
    /^ok: Azure for the US Government/,
  ],
  [
    'channel-service',
    { ...good, ChannelService: 'http://localhost:3979' },
    /^ok: a local service, http:\/\/localhost:3979/,
  ],
  [
    'channel-service',
    { ...good, ChannelService: 'http://10.0.0.1:3979' },
    /^failed: ChannelService is the name of no cloud: http:\/\/10\.0\.0\.1/,
  ],
  [
    'v4-settings',
    { ...good, OAuthUrl: 'https://x', CallerId: 'y' },
    /^warning: .* set are OAuthUrl, CallerId; not set are To/,
  ],
])('%s of %j is judged', (id, env, expected) => {
  expect(examine(env as Record<string, string>)[id]).toMatch(expected)
})

test('a bot on the archived SDK cannot have a local service as its channel service, but all its addresses', () => {
  const local = { ...good, ChannelService: 'http://127.0.0.1:3979' }
  const judge = (env: Record<string, string>): string | undefined => examine(env, undefined, true)['channel-service']
  expect(judge(local)).toMatch(
    /^failed: .* the archived SDK does not start with that\. -> Start the bot with parley dev/,
  )
  expect(judge({ ...local, CallerId: 'x' })).toMatch(/^ok: a local service/)
  expect(judge(good)).toMatch(/^ok: public Azure/)
})

test('where a setting comes from is told', () => {
  const dotEnv = `MicrosoftAppId=${appId}\nMicrosoftAppPassword='one'\n`
  expect(examine({}, dotEnv)).toMatchObject({
    'app-id': `ok: ${appId} (.env) -> `,
    'app-password': 'ok: set (.env) -> ',
  })
  expect(examine({ MicrosoftAppPassword: 'two' }, dotEnv)['app-password']).toBe(
    'ok: set (the environment; .env has another one) -> ',
  )
})

test('no result shows a password, wherever it stands', () => {
  for (const secret of ['"s3cret~x"', ' s3cret~x', 's3cret~x']) {
    for (const name of ['Id', 'Password', 'Type', 'TenantId']) {
      const env = { ...good, MicrosoftAppType: 'SingleTenant', [`MicrosoftApp${name}`]: secret, ChannelService: secret }
      expect(JSON.stringify(examine(env))).not.toContain('s3cret')
    }
  }
})
