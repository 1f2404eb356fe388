import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DirectLineClient } from '../../test/direct-line-client.ts'
import { eventually } from 'test-support/eventually'
import { addBot, startTogether, useTogether, whenDone } from '../../test/start-together.ts'
import type { Json } from '../../test/stand-in-bot.ts'

const assetsDirectory = join(__dirname, 'static')
const together = useTogether(undefined, { assetsDirectory })

const USER = 'dl_ada'

function openSession(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${together.service.url}/chat/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** Follows the page's events; what came is in the array. */
async function follow(url: string): Promise<Json[]> {
  const abort = new AbortController()
  whenDone(async () => abort.abort())
  const { body, headers } = await fetch(url, { signal: abort.signal })
  expect(headers.get('content-type')).toBe('text/event-stream')
  const received: Json[] = []
  const read = async (): Promise<void> => {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      for (const [, data] of new TextDecoder().decode(chunk).matchAll(/^data: (.*)$/gm))
        received.push(JSON.parse(data ?? ''))
    }
  }
  read().catch(() => {})
  return received
}

test('whoever only asks whether the page is there gets its headers', async () => {
  const answer = await fetch(together.service.url, { method: 'HEAD' })
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    'text/html; charset=utf-8',
    '',
  ])
})

test('the page may load its own files and speak to its own host, and nothing else', async () => {
  const { port } = new URL(together.service.url)
  const response = await fetch(`http://localhost:${port}/`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; connect-src 'self' blob: " +
      `ws://localhost:${port}; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; worker-src blob:; ` +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  )
  const html = await response.text()
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/)
  const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path)
  expect(files).toContain('/chat/webchat.js')
  for (const path of files) expect(path).toMatch(/^\/chat\//)
})

test.each([
  ['chat.js', 'text/javascript; charset=utf-8'],
  ['chat.css', 'text/css; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
])('%s is served once and then confirmed', async (name, type) => {
  const url = `${together.service.url}/chat/${name}`
  const first = await fetch(url)
  expect(first.headers.get('content-type')).toBe(type)
  const headers = { 'If-None-Match': first.headers.get('etag') ?? '' }
  expect((await fetch(url, { headers })).status).toBe(304)
})

test('every file of the page is served', async () => {
  for (const name of await readdir(assetsDirectory)) {
    expect([name, (await fetch(`${together.service.url}/chat/${name}`)).status]).toEqual([name, 200])
  }
})

test('only the files of the page are served', async () => {
  const names = ['chat-page-routes.ts', '..%2fpage-assets.ts', '%2e%2e%2fpage-assets.ts', 'static', '.']
  for (const name of names) {
    expect([name, (await fetch(`${together.service.url}/chat/${name}`)).status]).toEqual([name, 404])
  }
})

test('a page that was not built says what to do, and is there once it was', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'parley-page-'))
  whenDone(() => rm(directory, { recursive: true }))
  const { service } = await startTogether(undefined, { assetsDirectory: directory })
  const missing = await fetch(service.url)
  expect(missing.status).toBe(503)
  expect(await missing.text()).toContain('npm run build')
  await writeFile(join(directory, 'index.html'), '<!doctype html>')
  expect((await fetch(service.url)).status).toBe(200)
})

test('the page gets a token for its user on the webchat channel, and never the secret', async () => {
  const { service, bot } = together
  const response = await openSession({ user: { id: USER } })
  const text = await response.text()
  expect(response.status).toBe(200)
  expect(text).not.toContain(service.directLineSecret)
  const session: Json = JSON.parse(text)
  expect(session).toMatchObject({ bot: { appId: bot.appId, name: 'Echo' }, bots: [{ appId: bot.appId }] })
  const { conversationId, client } = await new DirectLineClient(service.url, session.token).start()
  expect(conversationId).toBe(session.conversationId)
  await client.say(conversationId, 'hello', { from: { id: 'dl_eve' } })
  expect(bot.received.at(-1)).toMatchObject({ channelId: 'webchat', from: { id: USER } })
})

test("the page's token is of no use to pages of other origins", async () => {
  const { service } = together
  const { token }: Json = await (await openSession({ user: { id: USER } })).json()
  const client = new DirectLineClient(service.url, token)
  const own = await client.call('POST', '/tokens/refresh', undefined, { Origin: service.url })
  const other = await client.call('POST', '/tokens/refresh', undefined, { Origin: 'http://localhost:3000' })
  expect([own.status, other.status]).toEqual([200, 403])
})

test.each<[Record<string, string>, number]>([
  [{ Origin: 'http://localhost:3000' }, 403],
  [{ Origin: 'https://evil.example' }, 403],
  [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
  [{ 'Sec-Fetch-Site': 'same-site' }, 403],
  [{ 'Sec-Fetch-Site': 'same-origin' }, 200],
  [{ 'Content-Type': 'text/plain' }, 415],
])('a session asked for with %j is answered %i', async (headers, status) => {
  expect((await openSession({ user: { id: USER } }, headers)).status).toBe(status)
})

test.each([{}, { user: { id: 'ada' } }, { user: { id: USER }, bot: { id: 'nobody' } }])(
  'a session for %j is refused',
  async (body) => {
    expect((await openSession(body)).status).toBe(400)
  },
)

test('the page learns what is wrong with its bot, and only with its own, and when it is right again', async () => {
  const { service, directLine, bot } = together
  await addBot(service, () => 500, 'a-failing-bot')
  const seen = await follow(`${service.url}/chat/events?bot=${bot.appId}`)
  await eventually(() => expect(seen).toEqual([{ tokenKeyId: expect.any(String), problem: null }]))
  const failing = await directLine.start({ bot: { id: 'a-failing-bot' } })
  await failing.client.say(failing.conversationId, 'hello')
  const { conversationId, client } = await directLine.start()
  bot.turn = () => 500
  await client.say(conversationId, 'hello')
  await eventually(() => expect(seen.at(-1).problem).toMatchObject({ kind: 'bot-failed', status: 500 }))
  bot.turn = () => {}
  await client.say(conversationId, 'hello')
  await eventually(() => expect(seen.at(-1).problem).toBeNull())
  expect(seen).toHaveLength(3)
  const late = await follow(`${service.url}/chat/events?bot=a-failing-bot`)
  await eventually(() => expect(late[0]?.problem).toMatchObject({ kind: 'bot-failed' }))
})

test("other pages cannot follow the page's events", async () => {
  const headers = { 'Sec-Fetch-Site': 'cross-site' }
  expect((await fetch(`${together.service.url}/chat/events`, { headers })).status).toBe(403)
})

test('an open page keeps the service knocking at a bot that is not running', async () => {
  const { service, bot, directLine, events } = await startTogether()
  await bot.stop()
  const { conversationId, client } = await directLine.start()
  await client.say(conversationId, 'hello')
  const seen = await follow(`${service.url}/chat/events`)
  await bot.start()
  await eventually(() => expect(events.at(-1)?.kind).toBe('bot-back'))
  await eventually(() => expect(seen.at(-1).problem).toBeNull())
})
