import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer, request as send } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Activity, TurnContext } from '@parley/core'
import express from 'express'
import { AuthenticationConfiguration } from '../../../connector/auth/authentication-configuration.ts'
import { AuthenticationConstants } from '../../../connector/auth/authentication-constants.ts'
import { ChannelValidation } from '../../../connector/auth/channel-validation.ts'
import { GovernmentChannelValidation } from '../../../connector/auth/government-channel-validation.ts'
import { BotFrameworkAdapter } from '../bot-framework-adapter.ts'
import type { BotFrameworkAdapterSettings } from '../bot-framework-adapter.ts'

const TENANT = 'd6d49420-f39b-4df7-a1dc-d59a935871db'
const CALLER = '0c9a3c6e-1f0e-4c5c-8f0b-2d7c4f6f7a10'
const CHANNELS = 'https://api.botframework.com'
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })

interface Sent {
  /** Tenant and scope of the token. */
  readonly bearer: string
  readonly activity: Partial<Activity>
}

/** The bot, its channel and the identity service, on this machine. */
let server: Server
let url: string
let adapter: BotFrameworkAdapter
let logic: (context: TurnContext) => Promise<void>
let sent: Sent[]
let thrown: Error[]
let bodiesRead: number
/** Another one for each test, because credentials share their tokens. */
let appId: string

const original = { ...AuthenticationConstants }

beforeEach(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => {})
  sent = []
  thrown = []
  bodiesRead = 0
  appId = randomUUID()
  logic = async (context) => void (await context.sendActivity('hi'))
  const app = express()
  app.get('/metadata', (_, response) => void response.json({ issuer: url, jwks_uri: `${url}/keys` }))
  app.get('/keys', (_, response) => {
    response.json({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'key', use: 'sig' }] })
  })
  app.post('/:tenant/oauth2/v2.0/token', express.urlencoded(), (request, response) => {
    const { scope } = request.body as { scope: string }
    const access_token = Buffer.from(`${request.params['tenant']} ${scope}`).toString('base64url')
    response.json({ token_type: 'Bearer', expires_in: 3599, access_token })
  })
  app.post('/v3/*path', express.json(), ({ headers: { authorization }, body }, response) => {
    const bearer = Buffer.from(authorization?.replace('Bearer ', '') ?? '', 'base64url').toString()
    sent.push({ bearer, activity: body as Partial<Activity> })
    response.json({ id: 'named' })
  })
  app.post('/api/messages', (request, response) => {
    request.on('newListener', (event) => {
      // What is left of a body that was refused is read and thrown away.
      if (event === 'data' && response.statusCode === 200) bodiesRead += 1
    })
    adapter.processActivity(request, response, (context) => logic(context)).catch((error: Error) => thrown.push(error))
  })
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  Object.assign(AuthenticationConstants, {
    ToChannelFromBotLoginUrlPrefix: `${url}/`,
    ToBotFromChannelOpenIdMetadataUrl: `${url}/metadata`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${url}/metadata`,
  })
})

afterEach(async () => {
  jest.restoreAllMocks()
  Object.assign(AuthenticationConstants, original)
  ChannelValidation.OpenIdMetadataEndpoint = undefined
  GovernmentChannelValidation.OpenIdMetadataEndpoint = undefined
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function bot(settings: Partial<BotFrameworkAdapterSettings> = {}): BotFrameworkAdapter {
  return new BotFrameworkAdapter({ appId, appPassword: 'secret', ...settings })
}

function token(claims: object): string {
  const now = Math.floor(Date.now() / 1000)
  const parts = [
    { alg: 'RS256', typ: 'JWT', kid: 'key' },
    { iat: now, nbf: now, exp: now + 3600, ...claims },
  ]
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `Bearer ${text}.${sign('sha256', Buffer.from(text), keys.privateKey).toString('base64url')}`
}

const ofChannel = (claims: object = {}): string => token({ iss: CHANNELS, aud: appId, serviceurl: url, ...claims })
const ofBot = (): string =>
  token({ iss: `https://login.microsoftonline.com/${TENANT}/v2.0`, aud: appId, ver: '2.0', azp: CALLER, tid: TENANT })

const activity = (fields: object = {}): object => ({
  type: 'message',
  id: '1',
  channelId: 'test',
  serviceUrl: url,
  conversation: { id: 'c' },
  from: { id: 'u' },
  recipient: { id: 'b' },
  callerId: 'evil',
  ...fields,
})

async function post(authorization: string | undefined, body: unknown = activity()): Promise<number> {
  const response = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Connection: 'close', ...(authorization ? { authorization } : {}) },
    body: JSON.stringify(body),
  })
  await response.arrayBuffer()
  return response.status
}

test('a channel that proves who it is has its turn, and gets its reply with the bot’s token', async () => {
  adapter = bot()
  const callers: unknown[] = []
  logic = async (context) => {
    callers.push(context.activity.callerId)
    await context.sendActivity('hi')
  }
  expect(await post(ofChannel())).toBe(200)
  expect(thrown).toEqual([])
  expect(bodiesRead).toBe(1)
  expect(callers).toEqual(['urn:botframework:azure'])
  const bearer = `botframework.com ${CHANNELS}/.default`
  expect(sent).toMatchObject([{ bearer, activity: { text: 'hi' } }])
})

test('a bot of one tenant gets its tokens there', async () => {
  adapter = bot({ channelAuthTenant: TENANT })
  expect(await post(ofChannel())).toBe(200)
  expect(sent[0]?.bearer).toBe(`${TENANT} ${CHANNELS}/.default`)
})

const refusals: [string, () => string | undefined, string][] = [
  ['no token', () => undefined, 'Unauthorized Access. Request is not authorized'],
  ['no token that can be read', () => 'Bearer x.y.z', 'Unauthorized. Is not authenticated'],
  ['another scheme', () => 'Basic eDp5', 'Unauthorized. Is not authenticated'],
  ['an old token', () => ofChannel({ exp: 1_000_000_000 }), 'The token has expired'],
  [
    'a token for another bot',
    () => ofChannel({ aud: CALLER }),
    `Unauthorized. Invalid AppId passed on token: ${CALLER}`,
  ],
]

test.each(refusals)('a sender with %s is answered with 401 before the body is read', async (_, header, text) => {
  adapter = bot()
  expect(await post(header())).toBe(401)
  expect(bodiesRead).toBe(0)
  expect(thrown[0]?.message).toContain(`BotFrameworkAdapter.processActivity(): 401 ERROR\n Error: ${text}\n`)
})

test('a channel is refused at a service its token does not name', async () => {
  adapter = bot()
  expect(await post(ofChannel({ serviceurl: 'https://other.example' }))).toBe(401)
  expect(thrown[0]?.message).toContain('Error: Unauthorized. ServiceUrl claim do not match.\n')
})

describe('another bot', () => {
  test('is refused without a rule about callers', async () => {
    adapter = bot()
    expect(await post(ofBot())).toBe(401)
    const text = 'Unauthorized Access. Request is not authorized. Skill Claims require validation.'
    expect(thrown[0]?.message).toContain(`Error: ${text}\n`)
  })

  test('is refused by the bot’s rule with 401, in the rule’s words', async () => {
    const rule = async (): Promise<void> => {
      throw new Error('not you')
    }
    adapter = bot({ authConfig: new AuthenticationConfiguration([], rule) })
    expect(await post(ofBot())).toBe(401)
    expect(thrown[0]?.message).toContain('401 ERROR\n Error: not you\n')
  })

  test('whom the rule allows gets its reply with a token for it', async () => {
    adapter = bot({ authConfig: new AuthenticationConfiguration([], async () => {}) })
    const seen: unknown[] = []
    logic = async (context) => {
      seen.push(context.activity.callerId, context.turnState.get(adapter.OAuthScopeKey))
      await context.sendActivity('hi')
    }
    expect(await post(ofBot())).toBe(200)
    expect(seen).toEqual([`urn:botframework:aadappid:${CALLER}`, CALLER])
    expect(sent[0]?.bearer).toBe(`botframework.com ${CALLER}/.default`)
  })
})

describe('with openIdMetadata, v4’s way is taken:', () => {
  beforeEach(() => {
    AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl = `${url}/nowhere`
    adapter = bot({ openIdMetadata: `${url}/metadata` })
  })

  test('a channel whose keys are found there has its turn', async () => {
    expect(await post(ofChannel())).toBe(200)
    expect(sent).toHaveLength(1)
  })

  test.each(refusals)('a sender with %s is refused', async (_, header, text) => {
    expect(await post(header())).toBe(401)
    expect(thrown[0]?.message).toContain(`401 ERROR\n Error: ${text}\n`)
    expect(sent).toEqual([])
  })
})

test('a request with two Authorization headers is refused', async () => {
  adapter = bot()
  const status = await new Promise((resolve, reject) => {
    const headers = ['Content-Type', 'application/json', 'Authorization', ofChannel(), 'Authorization', 'Bearer x']
    const { host } = new URL(url)
    const request = send(`${url}/api/messages`, { method: 'POST', headers: [...headers, 'Host', host], agent: false })
    request.on('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    request.on('error', reject)
    request.end(JSON.stringify(activity()))
  })
  expect(status).toBe(401)
})

test('a header that the bot’s own middleware has put in counts', async () => {
  adapter = bot()
  const turned: string[] = []
  logic = async () => void turned.push('turn')
  const headers = { authorization: ofChannel() }
  const response = { status: () => {}, send: () => {}, end: () => {} }
  const raw = { headers, rawHeaders: ['Host', 'x'], body: activity() }
  await adapter.processActivity(raw, response, logic)
  expect(turned).toEqual(['turn'])
})

test('credentials that the bot replaces are asked', async () => {
  adapter = bot()
  Object.assign(adapter, {
    credentialsProvider: {
      isValidAppId: async (id: string) => id === CALLER,
      getAppPassword: async () => 'other secret',
      isAuthenticationDisabled: async () => false,
    },
  })
  expect(await post(ofChannel({ aud: CALLER }))).toBe(200)
  expect(await post(ofChannel())).toBe(401)
})
