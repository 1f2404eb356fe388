import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ActivityHandler } from '@parley/core'
import type { Activity, TurnContext } from '@parley/core'
import { MemoryStorage } from '@parley/state'
import express from 'express'
import { allowedCallersClaimsValidator, AuthenticationConfiguration } from '../../connector/index.ts'
import { ConfigurationBotFrameworkAuthentication, SkillConversationIdFactory } from '../../core/index.ts'
import { ChannelServiceRoutes, CloudAdapter, CloudSkillHandler } from '../index.ts'

const TENANT = 'd6d49420-f39b-4df7-a1dc-d59a935871db'
const ROOT = '7d6f6f4e-5a0a-4f7e-9d0e-2f6d1f3b8c11'
const SKILL = '0c9a3c6e-1f0e-4c5c-8f0b-2d7c4f6f7a10'
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** The channel, and the identity service of both bots. */
class World {
  readonly sent: Partial<Activity>[] = []
  url = ''
  private server: Server | undefined

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        response.setHeader('Content-Type', 'application/json')
        const body = Buffer.concat(chunks).toString()
        response.end(JSON.stringify(this.answer(request.url ?? '', body)))
      })
    })
    this.url = await listen(this.server)
  }

  stop(): Promise<void> {
    return this.server ? close(this.server) : Promise.resolve()
  }

  token(claims: object, issuer: string): string {
    const now = Math.floor(Date.now() / 1000)
    const parts = [
      { alg: 'RS256', typ: 'JWT', kid: 'key' },
      { ...claims, iss: issuer, iat: now, nbf: now, exp: now + 3600 },
    ]
    const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    return `${text}.${sign('sha256', Buffer.from(text), keys.privateKey).toString('base64url')}`
  }

  private answer(path: string, body: string): object {
    if (path.startsWith('/metadata')) return { issuer: this.url, jwks_uri: `${this.url}/keys` }
    if (path === '/keys') return { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'key', use: 'sig' }] }
    if (path.endsWith('/token')) return this.giveToken(new URLSearchParams(body))
    this.sent.push(JSON.parse(body) as Partial<Activity>)
    return { id: `sent-${this.sent.length}` }
  }

  private giveToken(form: URLSearchParams): object {
    const audience = form.get('scope')?.replace('/.default', '')
    const claims = { ver: '2.0', tid: TENANT, azp: form.get('client_id'), aud: audience }
    return { token_type: 'Bearer', expires_in: 3599, access_token: this.token(claims, `${this.url}/${TENANT}/v2.0`) }
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

/** As the template of a bot sets it up; `appId` empty: without credentials. */
function authenticationOf(appId: string, allowed: string): ConfigurationBotFrameworkAuthentication {
  const config = new AuthenticationConfiguration([], allowedCallersClaimsValidator([allowed]), [
    `${world.url}/${TENANT}/v2.0`,
  ])
  if (!appId) return new ConfigurationBotFrameworkAuthentication({}, undefined, config)
  const settings = {
    MicrosoftAppId: appId,
    MicrosoftAppPassword: 'secret',
    MicrosoftAppType: 'MultiTenant',
    ToChannelFromBotLoginUrl: `${world.url}/botframework.com`,
    ToBotFromChannelTokenIssuer: world.url,
    ToBotFromChannelOpenIdMetadataUrl: `${world.url}/metadata/channel`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${world.url}/metadata/tenants`,
  }
  return new ConfigurationBotFrameworkAuthentication(settings, undefined, config)
}

let world: World
let servers: Server[]
let adapters: CloudAdapter[]
let rootUrl: string
let skillUrl: string
let rootTurns: Partial<Activity>[]
let statuses: number[]
let skillSays: (context: TurnContext) => Promise<void>

async function serve(
  adapter: CloudAdapter,
  bot: ActivityHandler,
  extend: (app: express.Express) => void,
): Promise<string> {
  const app = express()
  app.use(express.json())
  app.post('/api/messages', (request, response) => void adapter.process(request, response, (turn) => bot.run(turn)))
  extend(app)
  const server = createServer(app)
  servers.push(server)
  adapters.push(adapter)
  return listen(server)
}

async function startRoot(appId: string, skillAppId: string): Promise<void> {
  const auth = authenticationOf(appId, skillAppId)
  const factory = new SkillConversationIdFactory(new MemoryStorage())
  const client = auth.createBotFrameworkClient()
  const bot = new ActivityHandler()
  bot.onTurn(async (context, next) => {
    rootTurns.push({ ...context.activity })
    await next()
  })
  bot.onMessage(async (context, next) => {
    const botFrameworkSkill = { id: 'skill', appId: skillAppId, skillEndpoint: `${skillUrl}/api/messages` }
    const conversationId = await factory.createSkillConversationIdWithOptions({
      fromBotOAuthScope: context.turnState.get(context.adapter.OAuthScopeKey),
      fromBotId: appId,
      activity: context.activity,
      botFrameworkSkill,
    })
    const { skillEndpoint } = botFrameworkSkill
    const hostEndpoint = `${rootUrl}/api/skills`
    const answer = await client.postActivity(
      appId,
      skillAppId,
      skillEndpoint,
      hostEndpoint,
      conversationId,
      context.activity,
    )
    statuses.push(answer.status)
    await next()
  })
  bot.onEndOfConversation(async (context, next) => {
    await context.sendActivity('the skill is done')
    await next()
  })
  const adapter = new CloudAdapter(auth)
  const handler = new CloudSkillHandler(adapter, (context) => bot.run(context), factory, auth)
  rootUrl = await serve(adapter, bot, (app) => new ChannelServiceRoutes(handler).register(app, '/api/skills'))
}

async function startSkill(appId: string, rootAppId: string): Promise<void> {
  const bot = new ActivityHandler()
  bot.onMessage(async (context, next) => {
    await skillSays(context)
    await next()
  })
  skillUrl = await serve(new CloudAdapter(authenticationOf(appId, rootAppId)), bot, () => {})
}

function say(text: string, appId: string): Promise<Response> {
  const token = world.token({ aud: appId, serviceurl: world.url }, world.url)
  return fetch(`${rootUrl}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(appId ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({
      type: 'message',
      id: randomUUID(),
      text,
      channelId: 'test',
      serviceUrl: world.url,
      conversation: { id: 'user-conversation' },
      from: { id: 'user' },
      recipient: { id: 'root' },
    }),
  })
}

// One for all tests: credentials keep their tokens for the life of the process.
beforeAll(async () => {
  world = new World()
  await world.start()
})

afterAll(() => world.stop())

beforeEach(() => {
  world.sent.length = 0
  servers = []
  adapters = []
  rootTurns = []
  statuses = []
  skillSays = async (context) => {
    await context.sendActivity(`you said ${context.activity.text}`)
    await context.sendActivity({ type: 'endOfConversation', code: 'completedSuccessfully', value: { answer: 42 } })
  }
})

afterEach(async () => {
  for (const adapter of adapters) await adapter.close()
  for (const server of servers) await close(server)
})

describe.each([
  ['without credentials', '', '', 'AnonymousSkill'],
  ['with tokens', ROOT, SKILL, SKILL],
])('%s', (_, rootAppId, skillAppId, caller) => {
  beforeEach(async () => {
    await startRoot(rootAppId, skillAppId)
    await startSkill(skillAppId, rootAppId)
  })

  test('a root bot hands messages to its skill, which answers the user and ends, again and again', async () => {
    for (const text of ['one', 'two', 'three']) expect((await say(text, rootAppId)).status).toBe(200)
    expect(statuses).toEqual([200, 200, 200])
    expect(world.sent.map(({ text }) => text)).toEqual([
      'you said one',
      'the skill is done',
      'you said two',
      'the skill is done',
      'you said three',
      'the skill is done',
    ])
    for (const activity of world.sent) {
      expect(activity).toMatchObject({ conversation: { id: 'user-conversation' }, recipient: { id: 'user' } })
    }
    expect(rootTurns.map(({ type }) => type)).toEqual([
      'message',
      'endOfConversation',
      'message',
      'endOfConversation',
      'message',
      'endOfConversation',
    ])
    expect(rootTurns[1]).toMatchObject({
      callerId: `urn:botframework:aadappid:${caller}`,
      code: 'completedSuccessfully',
      value: { answer: 42 },
    })
  })

  test('five messages at once reach the skill and the user', async () => {
    const texts = ['a', 'b', 'c', 'd', 'e']
    await Promise.all(texts.map((text) => say(text, rootAppId)))
    expect(statuses).toEqual([200, 200, 200, 200, 200])
    const answers = world.sent.map(({ text }) => text).filter((text) => text?.startsWith('you said'))
    expect(answers).toHaveLength(5)
    expect(new Set(answers)).toEqual(new Set(texts.map((text) => `you said ${text}`)))
  })
})

describe('a bot with credentials', () => {
  beforeEach(async () => {
    await startRoot(ROOT, SKILL)
    await startSkill(SKILL, ROOT)
  })

  const tokenOf = (caller: string): string =>
    world.token({ ver: '2.0', tid: TENANT, azp: caller, aud: ROOT }, `${world.url}/${TENANT}/v2.0`)

  test.each([
    ['no token', () => undefined, 401],
    ['nonsense', () => 'Bearer nonsense', 401],
    ['the token of a bot that is not listed', () => `Bearer ${tokenOf('stranger')}`, 403],
  ])('answers its skills, and not what comes with %s', async (_, authorizationOf, status) => {
    const authorization = authorizationOf()
    const response = await fetch(`${rootUrl}/api/skills/v3/conversations/${randomUUID()}/activities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: JSON.stringify({ type: 'message', text: 'psst' }),
    })
    expect(response.status).toBe(status)
    expect(world.sent).toEqual([])
  })
})
