import jwt from 'jsonwebtoken'
import type { DirectLineClient } from '../../test/direct-line-client.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { addBot, startTogether, useTogether } from '../../test/start-together.ts'
import type { Together } from '../../test/start-together.ts'
import { callUserTokens, signInLink } from '../../test/user-token-calls.ts'
import { Visitor, codeOn, hiddenFields } from '../../test/visitor.ts'

const MEI = { user: 'mei.tanaka@example.com', decision: 'allow' }
const ADA = 'userId=dl_ada&connectionName=local&channelId=directline'

const shared = useTogether()

interface Chat {
  readonly conversationId: string
  readonly client: DirectLineClient
  readonly visitor: Visitor
  /** The sign-in link as Web Chat opens it, with the session of the visitor's browser behind it. */
  readonly link: string
  /** The same without the session. */
  readonly bareLink: string
}

/** A chat of the user in a browser, and a link to sign in. */
async function startChat(
  { service, bot, directLine }: Together,
  extra: Record<string, string> = {},
  pageUrl: string = service.url,
): Promise<Chat> {
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  const visitor = new Visitor()
  const headers = { Authorization: `Bearer ${client.credential}` }
  const session = await visitor.fetch(`${pageUrl}/v3/directline/session/getsessionid`, { headers })
  const { sessionId } = (await session.json()) as { sessionId: string }
  const bareLink = await signInLink(service, bot, { conversationId }, extra)
  const link = `${bareLink}${encodeURIComponent(`&code_challenge=${sessionId}`)}`
  return { conversationId, client, visitor, link, bareLink }
}

const signInEvents = ({ bot }: Together): Json[] => bot.received.filter(({ name }) => name === 'tokens/response')

test('who signs in in the browser of the chat is signed in at once, and the bot gets the token as an event', async () => {
  const { visitor, link, conversationId, client } = await startChat(shared)
  const page = await visitor.open(link)
  expect([page.status, page.title]).toEqual([200, 'Sign in for Echo'])
  const done = await visitor.submit(page, MEI)
  expect([done.status, done.title, codeOn(done)]).toEqual([200, 'You are signed in', ''])
  const [event, ...more] = signInEvents(shared)
  expect(more).toEqual([])
  const { status, body } = await callUserTokens(shared.service, shared.bot, `usertoken/GetToken?${ADA}`)
  expect(status).toBe(200)
  expect(event).toMatchObject({
    type: 'event',
    from: { id: 'dl_ada', role: 'user' },
    conversation: { id: conversationId },
    channelId: 'directline',
    value: body,
  })
  expect(jwt.decode(body.token)).toMatchObject({ upn: 'mei.tanaka@example.com', name: 'Mei Tanaka' })
  expect(JSON.stringify(await client.poll(conversationId))).not.toContain('tokens/response')
  shared.service.userTokens.revoke({ appId: shared.bot.appId, userId: 'dl_ada' })
})

test('a browser that knows this machine by another name is recognised under it, and asked for it once', async () => {
  const { service, bot } = shared
  const hosts = ({ visited }: Visitor): string[] =>
    visited.filter((url) => url.includes('/sign-in?')).map((url) => new URL(url).hostname)
  const atLocalhost = service.url.replace('127.0.0.1', 'localhost')
  const { visitor, link } = await startChat(shared, {}, atLocalhost)
  const page = await visitor.open(link)
  expect(hosts(visitor)).toEqual(['127.0.0.1', 'localhost'])
  expect((await visitor.submit(page, MEI)).title).toBe('You are signed in')
  const stranger = new Visitor()
  const other = await startChat(shared)
  expect((await stranger.open(other.link.replace('127.0.0.1', 'localhost'))).status).toBe(200)
  expect(hosts(stranger)).toEqual(['localhost', '127.0.0.1'])
  service.userTokens.revoke({ appId: bot.appId, userId: 'dl_ada' })
})

const browsers: [string, (chat: Chat) => [Visitor, string]][] = [
  ['has no session', ({ link }) => [new Visitor(), link]],
  ['has another session', ({ link }) => [sessionOf('x'.repeat(43)), link]],
  ['comes with a link without a session', ({ visitor, bareLink }) => [visitor, bareLink]],
  [
    'comes with a made-up session',
    ({ visitor, bareLink }) => [visitor, `${bareLink}%26code_challenge%3D${'x'.repeat(43)}`],
  ],
  ['comes with an empty session', ({ bareLink }) => [new Visitor(), `${bareLink}%26code_challenge%3D`]],
]

test.each(browsers)('a browser that %s gets a code, and the bot hears nothing', async (_, choose) => {
  const [visitor, link] = choose(await startChat(shared))
  const page = await visitor.open(link)
  const done = await visitor.submit(page, MEI)
  expect(codeOn(done)).toMatch(/^\d{6}$/)
  expect(signInEvents(shared)).toEqual([])
  expect((await callUserTokens(shared.service, shared.bot, `usertoken/GetToken?${ADA}`)).status).toBe(404)
})

/** A browser that has been given a session by somebody else. */
function sessionOf(sessionId: string): Visitor {
  const visitor = new Visitor()
  visitor.setCookie({ name: 'webchat_session_v2', value: sessionId, host: '127.0.0.1', path: '/' })
  return visitor
}

test('a session the bot named has to be that of the browser too', async () => {
  const { visitor, link } = await startChat(shared, { code_challenge: 'y'.repeat(43) })
  expect(codeOn(await visitor.submit(await visitor.open(link), MEI))).not.toBe('')
})

test('a user of a conversation that is none of this service, or has ended, gets a code', async () => {
  const chat = await startChat(shared)
  await chat.client.call('POST', `/conversations/${chat.conversationId}/activities`, {
    type: 'endOfConversation',
    from: { id: 'dl_ada' },
  })
  const elsewhere = await signInLink(shared.service, shared.bot, { conversationId: 'x', channelId: 'msteams' })
  for (const link of [chat.link, elsewhere]) {
    expect(codeOn(await chat.visitor.submit(await chat.visitor.open(link), MEI))).toMatch(/^\d{6}$/)
  }
})

test('a link to sign in somebody who is not in the conversation ends with a code', async () => {
  const { conversationId, visitor, link } = await startChat(shared)
  const query = link.slice(link.indexOf('%26'))
  const other = `${await signInLink(shared.service, shared.bot, { conversationId, userId: 'dl_eve' })}${query}`
  expect(codeOn(await visitor.submit(await visitor.open(other), MEI))).toMatch(/^\d{6}$/)
})

test('a bot that cannot be told is named on the page, and finds the user signed in later', async () => {
  const together = await startTogether()
  const { visitor, link } = await startChat(together)
  const page = await visitor.open(link)
  together.bot.turn = () => 500
  const done = await visitor.submit(page, MEI)
  expect([done.status, done.title]).toEqual([502, 'The bot did not hear of it'])
  expect(done.html).toContain('500')
  expect((await callUserTokens(together.service, together.bot, `usertoken/GetToken?${ADA}`)).status).toBe(200)
})

test('who denies gives nothing, and the link is used', async () => {
  const { visitor, link } = await startChat(shared)
  const page = await visitor.open(link)
  const done = await visitor.submit(page, { user: MEI.user, decision: 'deny' })
  expect([done.status, done.title]).toEqual([200, 'Not signed in'])
  expect(signInEvents(shared)).toEqual([])
  expect((await callUserTokens(shared.service, shared.bot, `usertoken/GetToken?${ADA}`)).status).toBe(404)
  expect((await visitor.open(link)).title).toBe('This link was used already')
})

test('a form without a decision is a no', async () => {
  const { visitor, link } = await startChat(shared)
  expect((await visitor.submit(await visitor.open(link), { user: MEI.user })).title).toBe('Not signed in')
})

test('a link works once, and so does its form', async () => {
  const { visitor, link } = await startChat(shared)
  const page = await visitor.open(link)
  const results = await Promise.all([visitor.submit(page, MEI), visitor.submit(page, MEI)])
  expect(results.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 410])
  expect(signInEvents(shared)).toHaveLength(1)
  expect((await visitor.open(link)).status).toBe(410)
  shared.service.userTokens.revoke({ appId: shared.bot.appId, userId: 'dl_ada' })
})

test('a link is too old after 15 minutes, also for a form that is open', async () => {
  const together = await startTogether()
  const { visitor, link } = await startChat(together)
  const page = await visitor.open(link)
  together.clock.advance(15 * 60_000)
  for (const late of [await visitor.open(link), await visitor.submit(page, MEI)]) {
    expect([late.status, late.title]).toEqual([410, 'This link is too old'])
  }
  together.clock.advance(25 * 3_600_000)
  expect((await visitor.open(link)).status).toBe(404)
})

test.each(['', 'x', 'x'.repeat(43), '../../etc/passwd', "' OR 1=1", '__proto__', '<script>'])(
  'there is no sign-in %j',
  async (id) => {
    const { status, title } = await new Visitor().open(`${shared.service.url}/sign-in?signin=${encodeURIComponent(id)}`)
    expect([status, title]).toEqual([404, 'There is no such sign-in'])
  },
)

test('links cannot be guessed from one another', async () => {
  const ids = await Promise.all(
    Array.from({ length: 20 }, async () =>
      new URL(await signInLink(shared.service, shared.bot)).searchParams.get('signin'),
    ),
  )
  expect(new Set(ids).size).toBe(20)
  for (const id of ids) expect(Buffer.from(id ?? '', 'base64url')).toHaveLength(32)
})

describe('a form', () => {
  test.each<[string, Record<string, string>]>([
    ['of a page of another origin', { Origin: 'https://evil.example' }],
    ['of another page of this machine', { Origin: 'http://localhost:3000' }],
    ['of nowhere', { Origin: 'null' }],
  ])('%s is refused', async (_, headers) => {
    const { visitor, link } = await startChat(shared)
    const page = await visitor.open(link)
    expect((await visitor.submit(page, MEI, headers)).status).toBe(403)
    expect((await visitor.open(link)).status).toBe(200)
  })

  test('of a page that was opened in another browser is refused, and the link stays open', async () => {
    const { visitor, link } = await startChat(shared)
    const page = await visitor.open(link)
    const other = new Visitor()
    await other.open(link)
    for (const thief of [other, new Visitor()]) {
      const refused = await thief.submit(page, MEI)
      expect([refused.status, refused.title]).toEqual([403, 'Not signed in'])
    }
    expect((await visitor.open(link)).status).toBe(200)
  })

  test('of another sign-in is refused', async () => {
    const [one, other] = [await startChat(shared), await startChat(shared)]
    const page = await one.visitor.open(one.link)
    await one.visitor.open(other.link)
    const { signin = '' } = hiddenFields((await other.visitor.open(other.link)).html)
    expect((await one.visitor.submit(page, { ...MEI, signin })).status).toBe(403)
  })

  test('without anybody, or with an address that is none, is shown again with what was typed', async () => {
    const { visitor, link } = await startChat(shared)
    const page = await visitor.open(link)
    const nobody = await visitor.submit(page, { decision: 'allow' })
    expect([nobody.status, nobody.title]).toEqual([400, 'Sign in for Echo'])
    const typed = { user: 'other', name: '"><script>alert(1)</script>', upn: 'nowhere' }
    const again = await visitor.submit(nobody, { ...typed, decision: 'allow' })
    expect(again.status).toBe(400)
    expect(again.html).not.toContain('<script')
    expect(again.html).toContain('value="nowhere"')
    const own = { user: 'other', name: 'Ada Example', upn: 'ada@example.com', decision: 'allow' }
    expect((await visitor.submit(again, own)).title).toBe('You are signed in')
    shared.service.userTokens.revoke({ appId: shared.bot.appId, userId: 'dl_ada' })
  })
})

test('pages may load nothing but their style, and stand in no frame', async () => {
  const { visitor, link } = await startChat(shared)
  const { headers, html } = await visitor.open(link)
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(html).not.toMatch(/<script|\son\w+=|style=|https?:/)
  const style = await fetch(`${shared.service.url}/sign-in/style.css`)
  expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
  expect(await style.text()).not.toMatch(/@import|url\(/)
})

test('the cookie of the page is for the page alone', async () => {
  const response = await fetch(await signInLink(shared.service, shared.bot))
  expect(response.headers.get('set-cookie')).toMatch(
    /^parley_sign_in=[\w-]{43}; Path=\/sign-in; HttpOnly; SameSite=Strict$/,
  )
})

test('names of bots and connections are text on the page, whatever they are', async () => {
  const { service } = shared
  const bot = await addBot(service, () => {}, 'bold-bot')
  const name = '<b>"Bold" & \'brave\'</b>'
  service.registerBot({ ...bot.registration, name, connections: [{ name, scopes: ['<i>', "a'b"] }] })
  const link = await signInLink(service, bot, { connectionName: name })
  const { html, title } = await new Visitor().open(link)
  expect(title).toBe(`Sign in for ${name}`)
  expect(html).not.toMatch(/<b>|<i>/)
})

test('the browser can go on to where the bot said, which is shown before', async () => {
  const finalRedirect = 'https://app.example.com/done?x="1"'
  const link = await signInLink(shared.service, shared.bot, {}, { finalRedirect })
  const visitor = new Visitor()
  const { html } = await visitor.submit(await visitor.open(link), MEI)
  expect(html).toContain('href="https://app.example.com/done?x=%221%22"')
  expect(html).toContain('Continue to app.example.com')
})

test('a sign-in of a bot or a connection that is gone is gone', async () => {
  const link = await signInLink(shared.service, shared.bot)
  shared.service.registerBot({ ...shared.bot.registration, connections: [{ name: 'renamed' }] })
  expect((await new Visitor().open(link)).status).toBe(404)
  shared.service.registerBot(shared.bot.registration)
})
