import jwt from 'jsonwebtoken'
import { addBot, startTogether, useTogether } from '../../test/start-together.ts'
import type { Together } from '../../test/start-together.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { callUserTokens, signInLink } from '../../test/user-token-calls.ts'
import type { UserTokenAnswer } from '../../test/user-token-calls.ts'
import { Visitor } from '../../test/visitor.ts'

const ADA = { name: 'Ada Example', upn: 'ada@example.com' }
const QUERY = 'userId=dl_ada&connectionName=local&channelId=directline'

const shared = useTogether()

function exchange({ service, bot }: Together, body: unknown, query = QUERY): Promise<UserTokenAnswer> {
  return callUserTokens(service, bot, `usertoken/exchange?${query}`, { method: 'POST', body })
}

test('a single sign-on token is exchanged for the token of its person, who is then signed in', async () => {
  const { service, bot } = shared
  const token = service.userTokens.mintSsoToken({ appId: bot.appId }, ADA)
  expect(jwt.decode(token)).toMatchObject({ aud: `api://botid-${bot.appId}`, upn: ADA.upn, scp: 'access_as_user' })
  const { status, body } = await exchange(shared, { token })
  expect(status).toBe(200)
  expect(jwt.decode(body.token)).toMatchObject({ aud: `${service.url}/users/v2.0`, upn: ADA.upn })
  expect(await callUserTokens(service, bot, `usertoken/GetToken?${QUERY}`)).toEqual({ status: 200, body })
})

test('the same exchange from several devices gives one token, and that of another person a new one', async () => {
  const { service, bot } = shared
  const token = service.userTokens.mintSsoToken({ appId: bot.appId }, ADA)
  const answers = await Promise.all([
    exchange(shared, { token }),
    exchange(shared, { token }),
    exchange(shared, { token }),
  ])
  expect(new Set(answers.map(({ body }) => body.token)).size).toBe(1)
  const other = service.userTokens.mintSsoToken({ appId: bot.appId }, { name: 'Eve', upn: 'eve@example.com' })
  expect(jwt.decode((await exchange(shared, { token: other })).body.token)).toMatchObject({ upn: 'eve@example.com' })
})

test.each<[string, (together: Together) => string]>([
  ['junk', () => 'a.b.c'],
  [
    'a token that has expired',
    ({ service, bot }) => service.userTokens.mintSsoToken(bot, ADA, { lifetimeSeconds: -1 }),
  ],
  [
    'a token of the connection itself',
    ({ service, bot }) => service.userTokens.signIn({ ...bot, appId: bot.appId, userId: 'x' }).token,
  ],
  [
    'a token of the bot',
    ({ service, bot }) => service.identity.mintAccessToken(bot.appId, { audience: `api://botid-${bot.appId}` }),
  ],
  [
    'a token of the channel',
    ({ service, bot }) => service.identity.mintChannelToken(bot.appId, { audience: `api://botid-${bot.appId}` }),
  ],
])('%s is not exchanged', async (_, makeToken) => {
  const { status, body } = await exchange(shared, { token: makeToken(shared) })
  expect([status, body.error.code]).toEqual([400, 'InvalidExchangeToken'])
  expect(body.error.message).not.toContain('ey')
})

test('nothing is exchanged for a connection the bot does not have, or one without single sign-on', async () => {
  const together = await startTogether()
  const { service, bot } = together
  const token = service.userTokens.mintSsoToken({ appId: bot.appId }, ADA)
  expect(await exchange(together, { token }, QUERY.replace('local', 'unknown'))).toEqual({ status: 404, body: {} })
  service.registerBot({ ...bot.registration, connections: [{ name: 'local', exchangeUri: false }] })
  expect((await exchange(together, { token })).body.error.code).toBe('BadArgument')
  expect(() => service.userTokens.mintSsoToken({ appId: bot.appId })).toThrow(RangeError)
})

test('a connection that wants consent exchanges nothing before the person gave it on the page, nor after it was revoked', async () => {
  const together = await startTogether()
  const { service, bot } = together
  service.registerBot({ ...bot.registration, connections: [{ name: 'local', requiresConsent: true }] })
  const token = service.userTokens.mintSsoToken({ appId: bot.appId }, ADA)
  const before = await exchange(together, { token })
  expect([before.status, before.body.error.code]).toEqual([400, 'ConsentRequired'])
  const link = await signInLink(service, bot)
  const visitor = new Visitor()
  await visitor.submit(await visitor.open(link), { user: 'other', upn: ADA.upn, decision: 'allow' })
  expect((await exchange(together, { token })).status).toBe(200)
  expect(service.userTokens.revoke({ appId: bot.appId, userId: 'dl_ada' })).toBe(1)
  expect((await exchange(together, { token })).body.error.code).toBe('ConsentRequired')
})

test('a bot gets a token of its signed-in user for the card of another bot, which exchanges it', async () => {
  const { service, bot } = shared
  const skill = await addBot(service, () => {}, 'a-skill')
  service.userTokens.signIn({ appId: bot.appId, userId: 'dl_ada' }, ADA)
  const uri = 'api://botid-a-skill'
  const { body: given } = await exchange(shared, { uri })
  expect(jwt.decode(given.token)).toMatchObject({ aud: uri, upn: ADA.upn })
  const taken = await callUserTokens(service, skill, `usertoken/exchange?${QUERY}`, {
    method: 'POST',
    body: { token: given.token },
  })
  expect(jwt.decode(taken.body.token)).toMatchObject({ azp: 'a-skill', upn: ADA.upn })
})

test('a user who is not signed in has nothing to exchange, and nobody gets tokens for any address', async () => {
  const { bot } = shared
  expect(await exchange(shared, { uri: `api://botid-${bot.appId}` }, QUERY.replace('dl_ada', 'dl_bob'))).toEqual({
    status: 404,
    body: {},
  })
  expect((await exchange(shared, { uri: 'https://graph.microsoft.com' })).body.error.code).toBe('BadArgument')
})

test('a page that has a Direct Line token gets a single sign-on token, and sends it to the bot as an invoke', async () => {
  const { service, bot, directLine } = shared
  const statuses: number[] = []
  bot.turn = async ({ type, name, value }: Json) => {
    if (type !== 'invoke' || name !== 'signin/tokenExchange') return 200
    statuses.push((await exchange(shared, { token: value.token })).status)
    return statuses.at(-1) === 200 ? 200 : 412
  }
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  const response = await fetch(`${service.url}/dev/sso-token`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${client.credential}`,
      'Content-Type': 'application/json',
      Origin: 'http://localhost:3000',
    },
    body: JSON.stringify({ connectionName: 'local', user: ADA }),
  })
  expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
  const { token } = (await response.json()) as { token: string }
  const post = (value: unknown): Promise<{ status: number }> =>
    client.call('POST', `/conversations/${conversationId}/activities`, {
      type: 'invoke',
      name: 'signin/tokenExchange',
      value,
      from: { id: 'dl_ada' },
    })
  expect((await post({ id: '1', connectionName: 'local', token })).status).toBe(200)
  expect((await post({ id: '2', connectionName: 'local', token: 'junk' })).status).toBe(502)
  expect(statuses).toEqual([200, 400])
  expect(service.bots[0]?.problem).toBeUndefined()
  expect(JSON.stringify(await client.poll(conversationId))).not.toContain(token)
})
