import { createPublicKey } from 'node:crypto'
import jwt from 'jsonwebtoken'
import type { Json } from '../../test/stand-in-bot.ts'
import { addBot, startTogether, useTogether } from '../../test/start-together.ts'
import { callUserTokens, signInLink, signInState } from '../../test/user-token-calls.ts'
import type { UserTokenAnswer } from '../../test/user-token-calls.ts'
import { Visitor, codeOn } from '../../test/visitor.ts'

const together = useTogether()

const ADA = 'userId=dl_ada&connectionName=local&channelId=directline'

const call = (path: string, options: Parameters<typeof callUserTokens>[3] = {}): Promise<UserTokenAnswer> =>
  callUserTokens(together.service, together.bot, path, options)

const owner = (): { appId: string; userId: string } => ({ appId: together.bot.appId, userId: 'dl_ada' })

afterEach(() => {
  together.service.userTokens.revoke(owner())
})

/** A code as the page shows it at the end of a sign-in. */
async function newCode(): Promise<string> {
  const link = await signInLink(together.service, together.bot)
  const visitor = new Visitor()
  const page = await visitor.open(link)
  return codeOn(await visitor.submit(page, { user: 'mei.tanaka@example.com', decision: 'allow' }))
}

/** A code that is not this one. */
const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

test('a user who is not signed in has no token, which is 404 with an empty object', async () => {
  expect(await call(`usertoken/GetToken?${ADA}`)).toEqual({ status: 404, body: {} })
})

test('a user who is signed in has a token, whatever the case of the parameters and also without a channel', async () => {
  const signedIn = together.service.userTokens.signIn(owner())
  const expected = { status: 200, body: signedIn }
  expect(Object.keys(signedIn)).toEqual(['channelId', 'connectionName', 'token', 'expiration'])
  expect(await call(`usertoken/GetToken?${ADA}`)).toEqual(expected)
  expect(await call('usertoken/GetToken?USERID=dl_ada&connectionname=local&ChannelId=directline')).toEqual(expected)
  expect(await call('usertoken/GetToken?userId=dl_ada&connectionName=local')).toEqual(expected)
  expect((await call('usertoken/GetToken?userId=dl_ada&connectionName=local&channelId=webchat')).status).toBe(404)
  expect((await call('usertoken/GetToken?userId=DL_ADA&connectionName=local')).status).toBe(404)
  expect((await call('usertoken/GetToken?userId=dl_ada&connectionName=other')).status).toBe(404)
})

test('a token is an RS256 JWT of the user that the published keys verify', async () => {
  const { service, bot } = together
  const { token, expiration } = service.userTokens.signIn(owner(), { name: 'Ada Example', upn: 'ada@example.com' })
  const metadata: Json = await (await fetch(`${service.url}/users/v2.0/.well-known/openid-configuration`)).json()
  const { keys }: Json = await (await fetch(metadata.jwks_uri)).json()
  const key = keys.find(({ kid }: Json) => kid === jwt.decode(token, { complete: true })?.header.kid)
  const publicKey = createPublicKey({ key, format: 'jwk' })
  const claims: Json = jwt.verify(token, publicKey, { algorithms: ['RS256'], issuer: metadata.issuer })
  expect(claims).toMatchObject({
    iss: `${service.url}/users/v2.0`,
    aud: `${service.url}/users/v2.0`,
    azp: bot.appId,
    name: 'Ada Example',
    upn: 'ada@example.com',
    preferred_username: 'ada@example.com',
    scp: 'openid profile email',
    ver: '2.0',
  })
  for (const id of [claims.tid, claims.oid]) expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
  expect(claims.exp - claims.iat).toBe(3600)
  expect(Math.floor(Date.parse(expiration) / 1000)).toBe(claims.exp)
})

test('the token stays the same until it runs out, and is then gone', async () => {
  const { service, bot, clock } = await startTogether()
  const { token } = service.userTokens.signIn({ appId: bot.appId, userId: 'dl_ada' })
  const ask = (): Promise<UserTokenAnswer> => callUserTokens(service, bot, `usertoken/GetToken?${ADA}`)
  clock.advance(3_590_000)
  expect((await ask()).body.token).toBe(token)
  clock.advance(10_001)
  expect((await ask()).status).toBe(404)
})

test.each([
  ['usertoken/GetToken', 'GET'],
  ['usertoken/GetTokenOrSignInResource', 'GET'],
  ['usertoken/SignOut', 'DELETE'],
  ['usertoken/GetTokenStatus', 'GET'],
  ['usertoken/GetAadTokens', 'POST'],
  ['usertoken/exchange', 'POST'],
  ['usertoken/emulateOAuthCards', 'POST'],
  ['botsignin/GetSignInUrl', 'GET'],
  ['botsignin/GetSignInResource', 'GET'],
])('%s wants the bearer of a bot, and that of a user or of the channel is none', async (path, method) => {
  const { service, bot } = together
  const userToken = service.userTokens.signIn(owner()).token
  const bearers = ['', 'junk', service.directLineSecret, userToken, service.identity.mintChannelToken(bot.appId)]
  for (const bearer of bearers) {
    const { status, body } = await call(`${path}?${ADA}&state=${signInState(bot)}`, { method, bearer })
    expect([bearer.length, status, body.error.code]).toEqual([bearer.length, 401, 'Unauthorized'])
  }
})

test('what a parameter or a body lacks is named', async () => {
  const code = async (path: string, method = 'GET', body?: unknown): Promise<unknown> => {
    const answer = await call(path, { method, body })
    return [answer.status, answer.body.error.code]
  }
  expect(await code('usertoken/GetToken?connectionName=local')).toEqual([400, 'MissingProperty'])
  expect(await code('usertoken/GetToken?userId=dl_ada')).toEqual([400, 'MissingProperty'])
  expect(await code('usertoken/SignOut', 'DELETE')).toEqual([400, 'MissingProperty'])
  expect(await code('usertoken/GetTokenStatus')).toEqual([400, 'MissingProperty'])
  expect(await code(`usertoken/GetAadTokens?${ADA}`, 'POST', {})).toEqual([400, 'MissingProperty'])
  expect(await code(`usertoken/GetAadTokens?${ADA}`, 'POST', { resourceUrls: [1] })).toEqual([400, 'BadArgument'])
  expect(await code(`usertoken/GetAadTokens?${ADA}`, 'POST', [])).toEqual([400, 'BadSyntax'])
  expect(await code(`usertoken/exchange?${ADA}`, 'POST', {})).toEqual([400, 'MissingProperty'])
  expect(await code('usertoken/exchange?userId=a&connectionName=local', 'POST', { token: 't' })).toEqual([
    400,
    'MissingProperty',
  ])
  expect(await code('botsignin/GetSignInUrl')).toEqual([400, 'MissingProperty'])
})

test('signing out of one connection, or of all, is answered with 200 and an empty object', async () => {
  const { service, bot } = await startTogether()
  service.registerBot({ ...bot.registration, connections: [{ name: 'graph' }, { name: 'mail' }] })
  const user = { appId: bot.appId, userId: 'dl_ada' }
  const signedIn = async (): Promise<string[]> =>
    (await callUserTokens(service, bot, 'usertoken/GetTokenStatus?userId=dl_ada')).body
      .filter(({ hasToken }: Json) => hasToken)
      .map(({ connectionName }: Json) => connectionName)
  const signOut = (query: string): Promise<UserTokenAnswer> =>
    callUserTokens(service, bot, `usertoken/SignOut?userId=dl_ada&channelId=directline${query}`, { method: 'DELETE' })
  for (const connectionName of ['graph', 'mail']) service.userTokens.signIn({ ...user, connectionName })
  expect(await signOut('&connectionName=graph')).toEqual({ status: 200, body: {} })
  expect(await signedIn()).toEqual(['mail'])
  service.userTokens.signIn({ ...user, connectionName: 'mail', channelId: 'webchat' })
  expect(await signOut('')).toEqual({ status: 200, body: {} })
  expect(await signedIn()).toEqual(['mail'])
  const everywhere = { method: 'DELETE' }
  expect((await callUserTokens(service, bot, 'usertoken/SignOut?userId=dl_ada', everywhere)).status).toBe(200)
  expect(await signedIn()).toEqual([])
})

test('the status names every connection of the bot, or those included', async () => {
  const { service, bot } = await startTogether()
  const connections = [{ name: 'graph', displayName: 'Company directory' }, { name: 'mail' }]
  service.registerBot({ ...bot.registration, connections })
  service.userTokens.signIn({ appId: bot.appId, userId: 'dl_ada', connectionName: 'mail' })
  const graph = { connectionName: 'graph', hasToken: false, serviceProviderDisplayName: 'Company directory' }
  const mail = { connectionName: 'mail', hasToken: true, serviceProviderDisplayName: 'mail' }
  const ask = async (query: string): Promise<Json> =>
    (await callUserTokens(service, bot, `usertoken/GetTokenStatus?userId=dl_ada${query}`)).body
  expect(await ask('&channelId=directline')).toEqual([
    { ...graph, channelId: 'directline' },
    { ...mail, channelId: 'directline' },
  ])
  expect(await ask('&include=mail,unknown')).toEqual([{ ...mail, channelId: 'directline' }])
  expect(await ask('&include=unknown')).toEqual([])
  expect(await ask('&channelId=webchat&include=mail')).toEqual([{ ...mail, channelId: 'webchat', hasToken: false }])
})

test('a signed-in user has a token for each resource that is asked for, and one who is not has none', async () => {
  const resourceUrls = ['https://graph.example.com', 'https://mail.example.com']
  const ask = (): Promise<UserTokenAnswer> =>
    call(`usertoken/GetAadTokens?${ADA}`, { method: 'POST', body: { resourceUrls } })
  expect(await ask()).toEqual({ status: 200, body: {} })
  together.service.userTokens.signIn(owner())
  const { status, body } = await ask()
  expect([status, Object.keys(body)]).toEqual([200, resourceUrls])
  for (const url of resourceUrls) {
    expect(body[url]).toMatchObject({ connectionName: 'local', channelId: 'directline' })
    expect(jwt.decode(body[url].token)).toMatchObject({ aud: url })
  }
})

test('a sign-in resource has a link and what single sign-on needs, and the older call has the link as text', async () => {
  const { service, bot } = together
  const state = signInState(bot)
  const query = new URLSearchParams({ state }).toString()
  const link = new RegExp(`^${service.url}/sign-in\\?signin=[\\w-]{43}$`)
  const { status, body } = await call(`botsignin/GetSignInResource?${query}`)
  expect(status).toBe(200)
  expect(body).toEqual({
    signInLink: expect.stringMatching(link),
    tokenExchangeResource: { id: expect.any(String), uri: `api://botid-${bot.appId}`, providerId: '' },
  })
  expect(await call(`botsignin/GetSignInUrl?${query}`)).toEqual({ status: 200, body: expect.stringMatching(link) })
})

test('the newer call gives the token, or else the sign-in resource', async () => {
  const { service, bot } = together
  const query = `${ADA}&${new URLSearchParams({ state: signInState(bot) }).toString()}`
  const before = await call(`usertoken/GetTokenOrSignInResource?${query}`)
  expect(before).toEqual({
    status: 200,
    body: { signInResource: expect.objectContaining({ signInLink: expect.any(String) }) },
  })
  const tokenResponse = service.userTokens.signIn(owner())
  expect(await call(`usertoken/GetTokenOrSignInResource?${query}`)).toEqual({ status: 200, body: { tokenResponse } })
})

test('a state is understood in PascalCase too', async () => {
  const { bot } = together
  const value = {
    ConnectionName: 'local',
    Conversation: { User: { Id: 'dl_ada' }, Conversation: { Id: 'c' }, ChannelId: 'emulator' },
    MsAppId: bot.appId,
  }
  const state = Buffer.from(JSON.stringify(value)).toString('base64')
  expect((await call(`botsignin/GetSignInUrl?${new URLSearchParams({ state }).toString()}`)).status).toBe(200)
})

test.each<[string, (() => string) | string, number, string]>([
  ['that is no base64', '***', 400, 'BadArgument'],
  ['that is no JSON', Buffer.from('{').toString('base64'), 400, 'BadArgument'],
  ['that is a list', Buffer.from('[]').toString('base64'), 400, 'BadArgument'],
  ['without a connection', () => signInState(together.bot, { connectionName: '' }), 400, 'MissingProperty'],
  ['without a user', () => signInState(together.bot, { userId: '' }), 400, 'MissingProperty'],
  ['without a conversation', () => signInState(together.bot, { conversationId: '' }), 400, 'MissingProperty'],
  ['without a channel', () => signInState(together.bot, { channelId: '' }), 400, 'MissingProperty'],
  [
    'with a connection the bot does not have',
    () => signInState(together.bot, { connectionName: 'no' }),
    404,
    'ConnectionNotFound',
  ],
  ['of another bot', () => signInState(together.bot, { msAppId: 'another' }), 403, 'Forbidden'],
])('a state %s is refused', async (_, state, status, code) => {
  const query = new URLSearchParams({ state: typeof state === 'string' ? state : state() }).toString()
  for (const path of ['GetSignInUrl', 'GetSignInResource']) {
    const answer = await call(`botsignin/${path}?${query}`)
    expect([answer.status, answer.body.error.code]).toEqual([status, code])
  }
})

test('a final redirect must be an address of the web', async () => {
  for (const finalRedirect of ['javascript:alert(1)', 'data:text/html,x', '/relative', 'x']) {
    const query = new URLSearchParams({ state: signInState(together.bot), finalRedirect }).toString()
    expect([finalRedirect, (await call(`botsignin/GetSignInUrl?${query}`)).status]).toEqual([finalRedirect, 400])
  }
})

describe('two bots', () => {
  test('one cannot read, end, exchange or begin what is of the users of the other', async () => {
    const { service, bot, directLine } = await startTogether()
    const other = await addBot(service, () => {}, 'another-bot')
    service.userTokens.signIn({ appId: bot.appId, userId: 'dl_ada' })
    const ask = (path: string, method = 'GET'): Promise<UserTokenAnswer> =>
      callUserTokens(service, other, path, { method })
    expect((await ask(`usertoken/GetToken?${ADA}`)).status).toBe(404)
    expect((await ask('usertoken/GetTokenStatus?userId=dl_ada')).body[0].hasToken).toBe(false)
    expect((await ask(`usertoken/SignOut?${ADA}`, 'DELETE')).status).toBe(200)
    expect((await callUserTokens(service, bot, `usertoken/GetToken?${ADA}`)).status).toBe(200)
    const sso = { token: service.userTokens.mintSsoToken({ appId: bot.appId }) }
    const exchanged = await callUserTokens(service, other, `usertoken/exchange?${ADA}`, { method: 'POST', body: sso })
    expect([exchanged.status, exchanged.body.error.code]).toEqual([400, 'InvalidExchangeToken'])
    const { conversationId } = await directLine.start({ user: { id: 'dl_ada' } })
    const query = new URLSearchParams({ state: signInState(other, { conversationId }) }).toString()
    const begun = await ask(`botsignin/GetSignInUrl?${query}`)
    expect([begun.status, begun.body.error.code]).toEqual([403, 'CONV_FORBIDDEN'])
  })

  test('a code of the one is no code of the other, and a guess there costs the one nothing', async () => {
    const { service } = together
    const other = await addBot(service, () => {}, 'another-bot')
    const code = await newCode()
    for (let guess = 0; guess < 6; guess += 1) {
      expect((await callUserTokens(service, other, `usertoken/GetToken?${ADA}&code=${code}`)).status).toBe(404)
    }
    expect((await call(`usertoken/GetToken?${ADA}&code=${code}`)).status).toBe(200)
  })
})

describe('a magic code', () => {
  test('signs in who types it, once', async () => {
    const code = await newCode()
    expect((await call(`usertoken/GetToken?${ADA}`)).status).toBe(404)
    const { status, body } = await call(`usertoken/GetToken?${ADA}&code=${code}`)
    expect(status).toBe(200)
    expect(jwt.decode(body.token)).toMatchObject({ upn: 'mei.tanaka@example.com' })
    expect(await call(`usertoken/GetToken?${ADA}&code=${code}`)).toEqual({ status: 404, body: {} })
    expect((await call(`usertoken/GetToken?${ADA}`)).body.token).toBe(body.token)
  })

  test.each([
    ['another user', 'userId=dl_eve&connectionName=local&channelId=directline'],
    ['another channel', 'userId=dl_ada&connectionName=local&channelId=webchat'],
    ['another connection', 'userId=dl_ada&connectionName=other&channelId=directline'],
  ])('is no code of %s', async (_, query) => {
    const code = await newCode()
    expect((await call(`usertoken/GetToken?${query}&code=${code}`)).status).toBe(404)
    expect((await call(`usertoken/GetToken?${ADA}&code=${code}`)).status).toBe(200)
  })

  test('forgives four wrong guesses and not a fifth', async () => {
    const first = await newCode()
    const guess = async (code: string): Promise<number> => (await call(`usertoken/GetToken?${ADA}&code=${code}`)).status
    for (let count = 0; count < 4; count += 1) expect(await guess(otherThan(first))).toBe(404)
    expect(await guess(first)).toBe(200)
    const second = await newCode()
    for (let count = 0; count < 5; count += 1) expect(await guess(otherThan(second))).toBe(404)
    expect(await guess(second)).toBe(404)
  })

  test('is void when another sign-in has given a newer one, or the user signs out', async () => {
    const guess = async (code: string): Promise<number> => (await call(`usertoken/GetToken?${ADA}&code=${code}`)).status
    const older = await newCode()
    let newer = await newCode()
    while (newer === older) newer = await newCode()
    expect(await guess(older)).toBe(404)
    await call('usertoken/SignOut?userId=dl_ada', { method: 'DELETE' })
    expect(await guess(newer)).toBe(404)
  })

  test('is void after 15 minutes', async () => {
    const { service, bot, clock } = await startTogether()
    const link = await signInLink(service, bot)
    const visitor = new Visitor()
    const page = await visitor.open(link)
    const code = codeOn(await visitor.submit(page, { user: 'mei.tanaka@example.com', decision: 'allow' }))
    clock.advance(15 * 60_000)
    expect((await callUserTokens(service, bot, `usertoken/GetToken?${ADA}&code=${code}`)).status).toBe(404)
  })
})

test('a user token opens nothing but the resource it is for', async () => {
  const { service, bot } = together
  service.registerBot({
    ...bot.registration,
    connections: [{ name: 'local', resource: bot.appId, exchangeUri: false }],
  })
  const { token } = service.userTokens.signIn(owner())
  service.registerBot(bot.registration)
  const headers = { Authorization: `Bearer ${token}` }
  const { keys }: Json = await (await fetch(`${service.url}/common/discovery/v2.0/keys`)).json()
  expect(keys.map(({ kid }: Json) => kid)).not.toContain(jwt.decode(token, { complete: true })?.header.kid)
  expect((await fetch(`${service.url}/v3/conversations`, { headers })).status).toBe(401)
  expect((await fetch(`${service.url}/v3/directline/conversations`, { method: 'POST', headers })).status).toBe(403)
  expect((await fetch(`${service.url}/users/v2.0/userinfo`, { headers })).status).toBe(401)
})

test('the issuer says who the user of its own token is', async () => {
  const { service } = together
  const { token } = service.userTokens.signIn(owner(), { name: 'Ada Example', upn: 'ada@example.com' })
  const ask = (bearer?: string): Promise<Response> =>
    fetch(
      `${service.url}/users/v2.0/userinfo`,
      bearer === undefined ? {} : { headers: { Authorization: `Bearer ${bearer}` } },
    )
  expect(await (await ask(token)).json()).toEqual({
    sub: expect.any(String),
    oid: expect.any(String),
    name: 'Ada Example',
    email: 'ada@example.com',
    preferred_username: 'ada@example.com',
  })
  const sso = service.userTokens.mintSsoToken(owner())
  for (const bearer of [undefined, 'junk', `${token}x`, sso, service.identity.mintAccessToken(together.bot.appId)]) {
    expect((await ask(bearer)).status).toBe(401)
  }
})
