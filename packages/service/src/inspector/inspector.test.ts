import { eventually } from 'test-support/eventually'
import { entryDetail, followEntries } from '../../test/entry-stream.ts'
import { echo, requestToken } from '../../test/stand-in-bot.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { addBot, startTogether, stopAll } from '../../test/start-together.ts'
import type { Together } from '../../test/start-together.ts'

afterEach(stopAll)

/** A conversation in which "hello" was said and answered. */
async function talk({ directLine }: Together): Promise<string> {
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  expect((await client.say(conversationId, 'hello')).status).toBe(200)
  return conversationId
}

/** Entries in the order in which things began, in a few words each. */
function words(entries: readonly Json[]): string[] {
  return entries.map((entry) =>
    entry.kind === 'activity'
      ? `${entry.from} ${entry.change} ${entry.type}${entry.text ? ` ${entry.text}` : ''}`
      : `${entry.way} ${entry.method} ${entry.path.replace(/[A-Za-z0-9]{22}/g, '…')} ${entry.status}`,
  )
}

test('a page sees everything that belongs to a turn, with its turn', async () => {
  const together = await startTogether(echo)
  const conversationId = await talk(together)
  const { entries } = await followEntries(together.service.url, { conversation: conversationId })
  await eventually(() =>
    expect(words(entries)).toContain('from-client POST /v3/directline/conversations/…/activities 200'),
  )
  const turn = `${conversationId}|0000004`
  const own = entries.filter((entry) => entry.turn === turn)
  expect(words(own)).toEqual([
    'user sent message hello',
    'bot sent message Echo: hello',
    expect.stringMatching(/^from-bot POST \/v3\/conversations\/…\/activities\/…%7C0000004 200$/),
    expect.stringMatching(/^to-bot POST http:.*\/api\/messages 200$/),
  ])
  expect(words(entries.filter(({ from }) => from === 'channel'))).toEqual([
    'channel sent conversationUpdate',
    'channel sent conversationUpdate',
  ])
  expect(words(entries)).toContain('from-bot POST /botframework.com/oauth2/v2.0/token 200')
  expect(words(entries)).toContain('from-bot GET /v1/.well-known/keys 200')
  for (const { at } of entries) expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  expect(entries.filter(({ kind, ms }) => kind === 'http' && !(ms >= 0))).toHaveLength(0)
})

test('an entry has what was sent and answered, and the activity', async () => {
  const together = await startTogether(echo)
  const { service, bot } = together
  const { entries } = await followEntries(service.url, { conversation: await talk(together) })
  await eventually(() => expect(entries.some(({ text }) => text === 'Echo: hello')).toBe(true))
  const post = entries.find(({ way, activityId }) => way === 'to-bot' && activityId.endsWith('4'))
  expect(await entryDetail(service.url, post.seq)).toMatchObject({
    ...post,
    request: {
      headers: { authorization: 'Bearer [hidden]', 'content-type': 'application/json; charset=utf-8' },
      body: { type: 'message', text: 'hello', recipient: { id: bot.received.at(-1).recipient.id } },
      bytes: expect.any(Number),
    },
    response: { headers: expect.any(Object), bytes: 0 },
    lints: [],
  })
  const reply = entries.find(({ text }) => text === 'Echo: hello')
  expect(await entryDetail(service.url, reply.seq)).toMatchObject({
    activity: { type: 'message', text: 'Echo: hello' },
  })
  expect(await (await fetch(`${service.url}/chat/inspector/entries/9999`)).json()).toMatchObject({
    error: { code: 'Forgotten' },
  })
})

test('calls that are refused are seen too, and what was wrong', async () => {
  const together = await startTogether(echo)
  const { service, bot } = together
  const conversationId = await talk(together)
  const { entries } = await followEntries(service.url, { conversation: conversationId })
  await fetch(`${service.url}/v3/conversations/${conversationId}/activities`, {
    method: 'POST',
    headers: { Authorization: 'Bearer nonsense' },
  })
  await bot.call('POST', '/nowhere/activities', { type: 'message' })
  await fetch(`${service.url}/v3/conversation`)
  await requestToken(service.url, bot.appId, 'a wrong secret')
  const problems = (): string[] =>
    entries.flatMap(({ status, problem }) => (status >= 400 ? [`${status} ${problem}`] : []))
  await eventually(() =>
    expect(problems()).toEqual([
      '401 A bearer token of a registered bot is required.',
      '404 The conversation does not exist.',
      '404 The service has no such address.',
      expect.stringMatching(/^401 AADSTS7000215/),
    ]),
  )
})

test('a call whose connection is reset has no status', async () => {
  const together = await startTogether(echo)
  const { service, bot } = together
  const conversationId = await talk(together)
  const { entries } = await followEntries(service.url, { conversation: conversationId })
  service.faults.inject({ reset: true })
  await expect(bot.call('GET', `/${conversationId}/members`)).rejects.toThrow('fetch failed')
  await eventually(() => expect(entries.at(-1)?.path).toMatch(/members$/))
  expect(entries.at(-1)).not.toHaveProperty('status')
  expect(entries.at(-1).problem).toMatch(/connection ended/)
})

test('changed and taken-back activities are seen', async () => {
  const together = await startTogether(echo)
  const { service, bot } = together
  const conversationId = await talk(together)
  const { entries } = await followEntries(service.url, { conversation: conversationId })
  const { body } = await bot.call('POST', `/${conversationId}/activities`, { type: 'message', text: 'one' })
  const path = `/${conversationId}/activities/${encodeURIComponent(body.id)}`
  await bot.call('PUT', path, { type: 'message', text: 'two' })
  await bot.call('DELETE', path)
  await eventually(() =>
    expect(words(entries.filter(({ activityId, kind }) => kind === 'activity' && activityId === body.id))).toEqual([
      'bot sent message one',
      'bot updated message two',
      'bot deleted message two',
    ]),
  )
})

test('a page sees neither other conversations nor what only concerns other bots', async () => {
  const together = await startTogether(echo)
  const { service, directLine } = together
  const other = await addBot(service, echo, 'another-bot', 'another-secret')
  const mine = await talk(together)
  const { entries } = await followEntries(service.url, { conversation: mine })
  await talk(together)
  const theirs = await directLine.start({ bot: { id: 'another-bot' }, user: { id: 'dl_bob' } })
  await theirs.client.say(theirs.conversationId, 'hello')
  await requestToken(service.url, other.appId, other.secret)
  await requestToken(service.url, together.bot.appId, together.bot.secret)
  await eventually(() => expect(words(entries).at(-1)).toMatch(/token 200$/))
  expect(
    entries.every(({ conversationId, appId }) => [mine, undefined].includes(conversationId) && appId !== other.appId),
  ).toBe(true)
})

test('several pages see the same, and one that comes back goes on where it was', async () => {
  const together = await startTogether(echo)
  const { service, bot } = together
  const conversationId = await talk(together)
  const first = await followEntries(service.url, { conversation: conversationId })
  const second = await followEntries(service.url, { conversation: conversationId })
  await eventually(() => expect(first.entries.at(-1)?.way).toBe('from-client'))
  await eventually(() => expect(second.entries).toEqual(first.entries))
  first.end()
  await bot.call('GET', `/${conversationId}/members`)
  const again = { 'Last-Event-ID': first.ids.at(-1) ?? '' }
  const third = await followEntries(service.url, { conversation: conversationId, after: '0' }, again)
  await eventually(() => expect(second.entries).toHaveLength(first.entries.length + 1))
  await eventually(() => expect(third.entries).toEqual([second.entries.at(-1)]))
  const late = await followEntries(service.url, { conversation: conversationId, after: '1000000' })
  await eventually(() => expect(late.entries).toEqual(second.entries))
})

test('polls, pages, files of the page and its own calls are not entered', async () => {
  const together = await startTogether(echo)
  const { service, directLine } = together
  const conversationId = await talk(together)
  await directLine.call('GET', `/conversations/${conversationId}/activities`)
  for (const path of ['/', '/chat/chat.js', '/chat/conversations', '/sign-in', '/favicon.ico'])
    await fetch(service.url + path)
  await fetch(`${service.url}/anything`, { headers: { 'Sec-Fetch-Site': 'none' } })
  const { entries } = await followEntries(service.url, { conversation: conversationId })
  await eventually(() => expect(entries.length).toBeGreaterThan(5))
  expect(entries.filter(({ method, path }) => method === 'GET' && !/well-known/.test(path ?? ''))).toEqual([])
})

test('entries can be forgotten', async () => {
  const together = await startTogether(echo)
  const { service } = together
  const [mine, other] = [await talk(together), await talk(together)]
  const forget = await fetch(`${service.url}/chat/inspector/entries?conversation=${mine}`, { method: 'DELETE' })
  expect(forget.status).toBe(204)
  const first = await followEntries(service.url, { conversation: mine })
  const second = await followEntries(service.url, { conversation: other })
  await eventually(() => expect(second.entries.length).toBeGreaterThan(3))
  expect(first.entries).toEqual([])
})

test.each<[string, string, Record<string, string>]>([
  ['GET', '/chat/inspector/stream?conversation=a', { Origin: 'http://localhost:3000' }],
  ['GET', '/chat/inspector/entries/1', { 'Sec-Fetch-Site': 'same-site' }],
  ['GET', '/chat/inspector/entries/1', { Origin: 'https://evil.example' }],
  ['DELETE', '/chat/inspector/entries', { Origin: 'http://localhost:3000' }],
  ['GET', '/chat/conversations', { 'Sec-Fetch-Site': 'cross-site' }],
  ['DELETE', '/chat/conversations/a', { Origin: 'http://127.0.0.1:1' }],
])('%s %s with %j is refused', async (method, path, headers) => {
  const { service } = await startTogether()
  const response = await fetch(service.url + path, { method, headers })
  expect(response.status).toBe(403)
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
})

test('a service without the inspector has none of its addresses, and works', async () => {
  const together = await startTogether(echo, { inspector: false })
  await talk(together)
  expect((await fetch(`${together.service.url}/chat/inspector/entries/1`)).status).toBe(404)
})
