import { execFile } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describeWith } from 'test-support/parts'
import { startService } from '@parley/service'
import type { BotRegistration, Service, ServiceOptions } from '@parley/service'
import { DirectLineClient } from '../direct-line-client.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { ThirdPartyBot } from './third-party-bot.ts'

const run = promisify(execFile)
const INSTALL_TIMEOUT_MS = 240_000

/** The bots load hundreds of modules, and the machine may have much else to do. */
jest.setTimeout(120_000)

const APP_ID = '7c1f1c8a-6f0e-4f0c-9a53-2f8a4b1c0d11'
const SECRET = 'a secret both sides know'
const TENANT = '9b3e2f4c-0f5d-4a52-8a55-0f1f8b6c2a10'

/** What the guide tells users to add to their bots. */
const ROOT = join(__dirname, '..', '..', '..', '..')
const example = (file: string): string => join(ROOT, 'docs', 'examples', 'other-frameworks', file)

/** Installs what users install, in a folder of its own. */
async function install(...packages: string[]): Promise<string> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock', '--prefer-offline']
  await run('npm', ['install', ...flags, ...packages], { cwd: folder, timeout: INSTALL_TIMEOUT_MS })
  return folder
}

/** A bot and the service it talks with. */
interface Talk {
  readonly service: Service
  readonly bot: ThirdPartyBot
  readonly endpoint: string
  readonly conversationId: string
  /** Says something; resolves to all that was said. */
  say(text: string): Promise<string[]>
  texts(): Promise<string[]>
}

interface TalkOptions {
  readonly program: string
  readonly folder: string
  readonly environmentFor: (service: Service) => Readonly<Record<string, string>>
  readonly registration?: Partial<BotRegistration>
  readonly options?: ServiceOptions
}

const running: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop()
})

async function startTalk({ program, folder, environmentFor, registration, options }: TalkOptions): Promise<Talk> {
  const service = await startService({ port: 0, ...options })
  running.push({ stop: () => service.close() })
  const bot = new ThirdPartyBot(program, folder, environmentFor(service))
  running.push(bot)
  const endpoint = `${await bot.address()}/api/messages`
  service.registerBot({ endpoint, ...(registration ?? { appId: APP_ID, secret: SECRET }) })
  const directLine = new DirectLineClient(service.url, service.directLineSecret)
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  return {
    service,
    bot,
    endpoint,
    conversationId,
    texts: () => client.texts(conversationId),
    async say(text) {
      await client.say(conversationId, text)
      return client.texts(conversationId)
    },
  }
}

/** How the bot answers an activity that comes with `token`. */
async function post({ service, endpoint, conversationId }: Talk, token?: string): Promise<number> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({
      type: 'event',
      name: 'nothing',
      id: '1',
      channelId: 'directline',
      serviceUrl: service.serviceUrl,
      from: { id: 'dl_ada' },
      recipient: { id: 'bot' },
      conversation: { id: conversationId },
    }),
  })
  return response.status
}

/** All settings by which a bot on SDK v4 gets to know another cloud: one of them alone takes the values of the others away. */
function sevenSettings({ url, issuer }: Service): Record<string, string> {
  return {
    MicrosoftAppType: 'MultiTenant',
    ToChannelFromBotLoginUrl: `${url}/botframework.com`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: issuer,
    ToBotFromChannelOpenIdMetadataUrl: `${url}/v1/.well-known/openidconfiguration`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${url}/common/v2.0/.well-known/openid-configuration`,
    OAuthUrl: url,
    CallerId: 'urn:botframework:azure',
  }
}

const withCredentials = (service: Service): Record<string, string> => ({
  ...sevenSettings(service),
  MicrosoftAppId: APP_ID,
  MicrosoftAppPassword: SECRET,
})

/** What every bot on SDK v4 must do, whoever made its packages. */
function worksAsOnAzure(start: () => Promise<Talk>): void {
  test('answers, changes and takes back what it said, and speaks up by itself', async () => {
    const { bot, endpoint, say, texts } = await start()
    expect(await say('hello')).toEqual(['hello', 'Echo: hello'])
    expect((await say('change')).slice(2)).toEqual(['change', 'after'])
    expect((await say('take back')).slice(4)).toEqual(['take back'])
    expect((await fetch(new URL('/notify', endpoint))).status).toBe(200)
    expect((await texts()).at(-1)).toBe('News!')
    expect(bot.complaints).toBe('')
  })

  test('gets the token of a user who has signed in', async () => {
    const { service, say } = await start()
    expect((await say('token')).at(-1)).toBe('Who are you?')
    service.userTokens.signIn({ appId: APP_ID, userId: 'dl_ada' }, { upn: 'ada@example.com', name: 'Ada' })
    expect((await say('token')).at(-1)).toBe('You are ada@example.com')
  })

  test('refuses every token of a channel that is not in order', async () => {
    const talk = await start()
    const { identity, serviceUrl } = talk.service
    const mint = (overrides: object): string => identity.mintChannelToken(APP_ID, overrides)
    expect(await post(talk, mint({}))).toBe(200)
    const wrong = [
      undefined,
      mint({ audience: 'another-bot' }),
      mint({ lifetimeSeconds: -600 }),
      mint({ claims: { iss: 'https://evil.example' } }),
      mint({ claims: { serviceurl: `${serviceUrl}elsewhere` } }),
      identity.mintAccessToken(APP_ID, { audience: 'https://graph.microsoft.com' }),
    ]
    for (const token of wrong) expect(await post(talk, token)).toBe(401)
    identity.clockSkewSeconds = -7200
    expect(await post(talk, mint({}))).toBe(401)
  })
}

describeWith('registry', 'a bot on the published botbuilder 4.23.3', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await install('botbuilder@4.23.3', 'express@5.3.0')
  }, INSTALL_TIMEOUT_MS)

  const program = 'botbuilder-bot.cjs'
  const environmentFor = (service: Service): Record<string, string> => ({
    ...withCredentials(service),
    CREDENTIALS: example('local-credentials.cjs'),
  })
  worksAsOnAzure(() => startTalk({ program, folder, environmentFor }))

  test('takes what the old key has signed after a rotation, and looks for the new one an hour later at the earliest', async () => {
    const talk = await startTalk({ program, folder, environmentFor })
    expect(await talk.say('one')).toEqual(['one', 'Echo: one'])
    const { identity } = talk.service
    const old = identity.mintChannelToken(APP_ID)
    await identity.rotateKey('channel')
    expect([await post(talk, old), await post(talk, identity.mintChannelToken(APP_ID))]).toEqual([200, 401])
    await talk.bot.hasWritten(/Signing Key could not be retrieved/)
  })

  test('cannot get tokens by itself, and says why', async () => {
    const { bot, say } = await startTalk({ program, folder, environmentFor: withCredentials })
    expect(await say('hello')).toEqual([])
    await bot.hasWritten(/authority_uri_insecure/)
  })

  test('needs no token when it has no app id', async () => {
    const { bot, say } = await startTalk({
      program,
      folder,
      environmentFor: () => ({}),
      registration: {},
    })
    expect(await say('hello')).toEqual(['hello', 'Echo: hello'])
    expect(bot.complaints).toBe('')
  })
})

describeWith('registry', 'a bot on the published agents-hosting 1.8.1', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await install('@microsoft/agents-hosting@1.8.1', 'express@5.3.0')
  }, INSTALL_TIMEOUT_MS)

  const program = 'agents-bot.cjs'
  const environmentFor = ({ url }: Service): Record<string, string> => ({
    APP_ID,
    SECRET,
    TENANT,
    SERVICE: url,
    CONNECTIONS: example('local-connections.cjs'),
  })
  const start = (): Promise<Talk> =>
    startTalk({
      program,
      folder,
      environmentFor,
      registration: { appId: APP_ID, secret: SECRET, tenantId: TENANT },
      options: { issuer: `https://sts.windows.net/${TENANT}/` },
    })

  test('answers, when the service is an issuer of its tenant', async () => {
    const { bot, say } = await start()
    expect(await say('hello')).toEqual(['hello', 'Echo: hello'])
    expect(bot.complaints).toBe('')
  })

  test('refuses tokens that are not in order', async () => {
    const talk = await start()
    const { identity } = talk.service
    const mint = (overrides: object): string => identity.mintChannelToken(APP_ID, overrides)
    expect(await post(talk, mint({}))).toBe(200)
    for (const wrong of [{ audience: 'another-bot' }, { lifetimeSeconds: -600 }, { claims: { iss: 'https://a' } }]) {
      expect(await post(talk, mint(wrong))).toBe(401)
    }
    expect(await post(talk)).toBe(401)
  })

  test('needs no token when it has no app id', async () => {
    const { say } = await startTalk({ program, folder, environmentFor: () => ({}), registration: {} })
    expect(await say('hello')).toEqual(['hello', 'Echo: hello'])
  })
})

describe("the same bot on Parley's packages, without credentials of its own", () => {
  let folder = ''
  beforeAll(() => {
    folder = temporaryFolder()
    mkdirSync(join(folder, 'node_modules'))
    for (const [name, place] of [
      ['botbuilder', 'packages/dropin/botbuilder'],
      ['express', 'node_modules/express'],
    ] as const) {
      symlinkSync(join(ROOT, place), join(folder, 'node_modules', name), 'dir')
    }
  })

  const program = 'botbuilder-bot.cjs'
  worksAsOnAzure(() => startTalk({ program, folder, environmentFor: withCredentials }))

  test('goes on when the keys change', async () => {
    const { service, say } = await startTalk({ program, folder, environmentFor: withCredentials })
    await say('one')
    await service.identity.rotateKey('channel')
    expect((await say('two')).at(-1)).toBe('Echo: two')
  })
})
