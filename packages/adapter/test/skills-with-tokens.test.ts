import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClientSecretTokenSource, createInboundAuthenticator, localCloud } from '@parley/auth'
import type { Cloud } from '@parley/auth'
import { SkillClient } from '@parley/connector'
import { InboundRefusedError } from '@parley/core'
import type { ClaimsIdentity, TurnContext } from '@parley/core'
import { StatusCodeError } from '@parley/adapter'
import jwt from 'jsonwebtoken'
import { FakeChannel } from './fake-channel.ts'
import { Conversations, startBot } from './skill-bots.ts'
import type { AuthenticateSkill, RunningBot } from './skill-bots.ts'

const TENANT = 'd6d49420-f39b-4df7-a1dc-d59a935871db'
const SKILL = '0c9a3c6e-1f0e-4c5c-8f0b-2d7c4f6f7a10'
const STRANGER = '5e0f8f6b-6b0a-4b52-9d7d-0f2a4b7f9c33'

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** Gives every app tokens for every other, as Entra ID does; who accepts whom is for the bots to decide. */
async function startIdentity(): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify(answer(request.url ?? '', Buffer.concat(chunks).toString())))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const answer = (path: string, body: string): object => {
    if (path.endsWith('/openid-configuration')) return { issuer: url, jwks_uri: `${url}/keys` }
    if (path === '/keys') return { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'key', use: 'sig' }] }
    const form = new URLSearchParams(body)
    const claims = {
      ver: '2.0',
      tid: TENANT,
      azp: form.get('client_id'),
      aud: form.get('scope')?.replace('/.default', ''),
    }
    const signing = {
      algorithm: 'RS256',
      keyid: 'key',
      expiresIn: '1h',
      notBefore: 0,
      issuer: `${url}/${TENANT}/v2.0`,
    } as const
    return { token_type: 'Bearer', expires_in: 3599, access_token: jwt.sign(claims, keys.privateKey, signing) }
  }
  return { url, server }
}

let channel: FakeChannel
let identity: { url: string; server: Server }
let cloud: Cloud
let conversations: Conversations
let client: SkillClient
let root: RunningBot
let skill: RunningBot
let callers: (string | undefined)[]
let statuses: number[]

/** What `allowedCallers` lets in, of the skills that call back. */
function authenticateBot(appId: string): AuthenticateSkill {
  const { authenticate } = createInboundAuthenticator({ appId, cloud, allowedCallers: [SKILL] })
  return async (authHeader): Promise<ClaimsIdentity> => {
    try {
      return await authenticate({ authorization: authHeader || undefined })
    } catch (error) {
      if (!(error instanceof InboundRefusedError)) throw error
      throw new StatusCodeError(error.status as 401, error.message, { cause: error })
    }
  }
}

function tokenOf(appId: string, audience: string): Promise<string | undefined> {
  return createClientSecretTokenSource({ appId, secret: 'any', cloud }).getToken(audience)
}

async function rootLogic(context: TurnContext): Promise<void> {
  if (context.activity.type !== 'message') return
  const id = conversations.create(context.activity)
  const toUrl = `${skill.url}/api/messages`
  const answer = await client.postActivity(channel.appId, SKILL, toUrl, `${root.url}/api/skills`, id, context.activity)
  statuses.push(answer.status)
}

function start(skillAppId: string): Promise<RunningBot> {
  const options = { cloud, appId: skillAppId, appPassword: 'any', allowedCallers: [channel.appId] }
  return startBot(options, async (context) => {
    callers.push(context.activity.callerId)
    await context.sendActivity('from the skill')
  })
}

async function say(): Promise<void> {
  await fetch(`${root.url}/api/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${channel.token()}`, 'content-type': 'application/json' },
    body: JSON.stringify(channel.message()),
  })
}

beforeEach(async () => {
  callers = []
  statuses = []
  channel = await FakeChannel.start()
  identity = await startIdentity()
  const channelMetadataUrl = `${channel.url}/v1/.well-known/openidconfiguration`
  cloud = localCloud(identity.url, { channelIssuer: channel.url, channelMetadataUrl })
  conversations = new Conversations()
  client = new SkillClient({ allowLoopback: true, getToken: tokenOf })
  const options = { cloud, appId: channel.appId, appPassword: 'any' }
  root = await startBot(options, rootLogic, { conversations, authenticate: authenticateBot(channel.appId) })
  skill = await start(SKILL)
})

afterEach(async () => {
  client.close()
  await root.stop()
  await skill.stop()
  await channel.stop()
  identity.server.closeAllConnections()
  await new Promise((resolve) => identity.server.close(resolve))
})

test('a root bot and its skill prove to each other who they are', async () => {
  await say()
  expect(statuses).toEqual([200])
  expect(callers).toEqual([`urn:botframework:aadappid:${channel.appId}`])
  expect(channel.texts).toEqual(['from the skill'])
})

test('a skill does not take what a bot sends that it does not list', async () => {
  await skill.stop()
  skill = await startBot({ cloud, appId: SKILL, appPassword: 'any' }, async () => {})
  await say()
  expect(statuses).toEqual([403])
  expect(channel.calls).toEqual([])
})

test.each([
  ['no token', async () => undefined, 401],
  ['a token of a bot that is not listed', () => tokenOf(STRANGER, channel.appId), 403],
  ['a token for another bot', () => tokenOf(SKILL, STRANGER), 401],
])('with %s nothing is sent in a conversation of a skill', async (_, token, status) => {
  await say()
  channel.calls.length = 0
  const reading = jest.spyOn(conversations, 'getSkillConversationReference')
  const [id] = conversations.known.keys()
  const bearer = await token()
  const response = await fetch(`${root.url}/api/skills/v3/conversations/${id}/activities`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) },
    body: JSON.stringify({ type: 'message', text: 'psst' }),
  })
  expect(response.status).toBe(status)
  expect(reading).not.toHaveBeenCalled()
  expect(channel.calls).toEqual([])
})
