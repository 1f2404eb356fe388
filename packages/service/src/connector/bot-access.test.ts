import jwt from 'jsonwebtoken'
import { echo } from '../../test/stand-in-bot.ts'
import type { StandInBot } from '../../test/stand-in-bot.ts'
import { addBot, startTogether, useTogether } from '../../test/start-together.ts'
import type { Together } from '../../test/start-together.ts'

const shared = useTogether(echo)

async function members({ service }: Together, conversationId: string, token?: string): Promise<Response> {
  const headers = token === undefined ? {} : { Authorization: token }
  return fetch(`${service.url}/v3/conversations/${conversationId}/members`, { headers })
}

function tamper(token: string): string {
  const [header, payload = '', signature] = token.split('.')
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), exp: 4_000_000_000 }
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
}

type MakeToken = (together: Together) => string | undefined

test.each<[string, MakeToken]>([
  ['no token', () => undefined],
  ['another scheme', () => 'Basic dXNlcjpwYXNz'],
  ['junk', () => 'Bearer a.b.c'],
  [
    'a token that has expired',
    ({ service, bot }) => bearer(service.identity.mintAccessToken(bot.appId, { lifetimeSeconds: -1 })),
  ],
  [
    'a token for another service',
    ({ service, bot }) =>
      bearer(service.identity.mintAccessToken(bot.appId, { audience: 'https://graph.microsoft.com' })),
  ],
  [
    'a token without appid',
    ({ service, bot }) => bearer(service.identity.mintAccessToken(bot.appId, { claims: { appid: undefined } })),
  ],
  [
    'a token without exp',
    ({ service, bot }) => bearer(service.identity.mintAccessToken(bot.appId, { claims: { exp: undefined } })),
  ],
  [
    'a token of an app nobody registered',
    ({ service, bot }) => bearer(service.identity.mintAccessToken(bot.appId, { claims: { appid: 'nobody' } })),
  ],
  [
    'a token of another tenant',
    ({ service, bot }) =>
      bearer(service.identity.mintAccessToken(bot.appId, { claims: { iss: 'https://sts.windows.net/other/' } })),
  ],
  ['a token changed after signing', ({ service, bot }) => bearer(tamper(service.identity.mintAccessToken(bot.appId)))],
  ["the service's own token to the bot", ({ service, bot }) => bearer(service.identity.mintChannelToken(bot.appId))],
  [
    "the service's own token to the bot, with the claims of an access token",
    ({ service, bot }) => {
      const claims = jwt.decode(service.identity.mintAccessToken(bot.appId)) as object
      return bearer(service.identity.mintChannelToken(bot.appId, { claims: { ...claims } }))
    },
  ],
  ['the Direct Line secret', ({ service }) => bearer(service.directLineSecret)],
  ['a token of algorithm none', ({ service, bot }) => bearer(unsigned(service.identity.mintAccessToken(bot.appId)))],
  [
    'a token signed with the public key as a secret',
    ({ service, bot }) => bearer(confused(service.identity.mintAccessToken(bot.appId))),
  ],
])('with %s the Connector API answers 401', async (_, makeToken) => {
  const { conversationId } = await shared.directLine.start()
  const answer = await members(shared, conversationId, makeToken(shared))
  expect(answer.status).toBe(401)
  expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  expect(await answer.json()).toEqual({ error: { code: 'Unauthorized', message: expect.any(String) } })
})

test('a token that expires is refused from then on', async () => {
  const together = await startTogether()
  const { conversationId } = await together.directLine.start()
  const token = bearer(together.service.identity.mintAccessToken(together.bot.appId))
  expect((await members(together, conversationId, token)).status).toBe(200)
  together.clock.advance(3_601_000)
  expect((await members(together, conversationId, token)).status).toBe(401)
})

test("a bot cannot read, write or change anything in another bot's conversation", async () => {
  const { service, directLine } = shared
  const stranger: StandInBot = await addBot(service, () => {}, 'another-bot')
  const { conversationId, client } = await directLine.start()
  await client.say(conversationId, 'private')
  const activity = encodeURIComponent(`${conversationId}|0000001`)
  const calls: [string, string, object?][] = [
    ['POST', '/activities', { type: 'message', text: 'forged' }],
    ['POST', `/activities/${activity}`, { type: 'message', text: 'forged' }],
    ['POST', '/activities/history', { activities: [{ type: 'message', text: 'forged' }] }],
    ['PUT', `/activities/${activity}`, { type: 'message', text: 'forged' }],
    ['DELETE', `/activities/${activity}`],
    ['GET', `/activities/${activity}/members`],
    ['GET', '/members'],
    ['GET', '/members/dl_ada'],
    ['DELETE', '/members/dl_ada'],
    ['GET', '/pagedmembers'],
  ]
  for (const [method, path, body] of calls) {
    const answer = await stranger.call(method, `/${conversationId}${path}`, body)
    expect([method, path, answer.status, answer.body?.error?.code]).toEqual([method, path, 403, 'CONV_FORBIDDEN'])
    const unknown = await stranger.call(method, `/0000000000000000000000${path}`, body)
    expect([method, path, unknown.status, unknown.body?.error?.code]).toEqual([
      method,
      path,
      404,
      'ConversationNotFound',
    ])
  }
  expect(await client.texts(conversationId)).toEqual(['Welcome!', 'private', 'Echo: private'])
  expect((await stranger.call('GET', '')).body).toEqual({ conversations: [] })
})

function bearer(token: string): string {
  return `Bearer ${token}`
}

function unsigned(token: string): string {
  const header = { ...jwt.decode(token, { complete: true })?.header, alg: 'none' }
  return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${token.split('.')[1]}.`
}

function confused(token: string): string {
  const { header, payload } = jwt.decode(token, { complete: true }) as jwt.Jwt
  return jwt.sign(payload, 'public key', { header: { ...header, alg: 'HS256' } })
}
