import { randomInt } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { loadSqlite } from '../src/store/sqlite-engine.ts'
import { DirectLineClient } from './direct-line-client.ts'
import type { Answer } from './direct-line-client.ts'
import { eventually } from 'test-support/eventually'
import { ServiceProcess } from './service-process.ts'
import { requestToken } from './stand-in-bot.ts'
import type { Json } from './stand-in-bot.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** How often the service is killed while it works, and how often while it starts. */
const KILLS = { working: 18, starting: 3 } as const
/** Bounds of the moment, after its first word of the round and after its start. */
const MOMENT_MS = { working: 120, starting: 400 } as const
/** Clients that talk at the same time, each in a conversation of its own. */
const CLIENTS = 3

const SECRET = 'a-direct-line-secret'
const APP = { appId: 'app', secret: 'an-app-password' }

jest.setTimeout(120_000)

/** Answers every message with one of its own, and takes note of those the service has taken. */
class AnsweringBot {
  readonly taken: string[] = []
  private readonly server: Server = createServer((request, response) => {
    this.turn(request).then(
      () => response.end(),
      () => response.destroy(),
    )
  })
  private access: { readonly url: string; readonly token: Promise<string> } | undefined

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async turn(request: IncomingMessage): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const activity: Json = JSON.parse(body)
    if (activity.type !== 'message') return
    const url = String(activity.serviceUrl).replace(/\/$/, '')
    if (this.access?.url !== url) this.access = { url, token: tokenOf(url) }
    const path = `/v3/conversations/${activity.conversation.id}/activities/${encodeURIComponent(activity.id)}`
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await this.access.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'message', text: `Echo: ${activity.text}` }),
    })
    if (answer.status === 200) this.taken.push(((await answer.json()) as Json).id)
  }
}

async function tokenOf(url: string): Promise<string> {
  const token = requestToken(url, APP.appId, APP.secret).then(({ body }) => body.access_token)
  token.catch(() => {})
  return token
}

/** A conversation as its client knows it: what the service has said that it has taken, and how far the client has read. */
interface Known {
  readonly conversationId: string
  readonly acknowledged: Map<string, string>
  watermark: number
}

function run(folder: string, endpoint: string): ServiceProcess {
  return new ServiceProcess(['--port', '0', '--data', folder, '--bot-endpoint', endpoint, '--log-level', 'info'], {
    DIRECTLINE_SECRET: SECRET,
    MicrosoftAppId: APP.appId,
    MicrosoftAppPassword: APP.secret,
  })
}

/** Talks without pause until the service is gone. */
async function talk(client: DirectLineClient, known: Known, round: number): Promise<void> {
  for (let count = 0; ; count += 1) {
    const text = `${round}.${count}`
    const saying = count === 0 ? upload(client, known, text) : client.say(known.conversationId, text)
    const answer = await saying.catch(() => undefined)
    if (!answer) return
    expect(answer.status).toBe(200)
    known.acknowledged.set(answer.body.id, text)
  }
}

/** Says something with a file that holds the same. */
async function upload(client: DirectLineClient, { conversationId }: Known, text: string): Promise<Answer> {
  const form = new FormData()
  const activity = JSON.stringify({ type: 'message', text, from: { id: 'dl_ada' } })
  form.append('activity', new Blob([activity], { type: 'application/vnd.microsoft.activity' }))
  form.append('file', new Blob([text], { type: 'text/plain' }), `${text}.txt`)
  return client.upload(conversationId, form)
}

/** The file of every message that came with one is there, in full. */
async function verifyFiles(client: DirectLineClient, activities: readonly Json[]): Promise<void> {
  const withFile = activities.filter(({ attachments = [] }) => attachments.length > 0)
  for (const { text, attachments } of withFile) {
    const { pathname } = new URL(attachments[0].contentUrl)
    const answer = await fetch(new URL(pathname, client.base))
    expect([answer.status, await answer.text()]).toEqual([200, text])
  }
}

/** Everything that was acknowledged is there once, in the order of its number, and no watermark is missing or given twice. */
async function verify(client: DirectLineClient, known: Known, botIds: readonly string[]): Promise<void> {
  const { conversationId, acknowledged, watermark } = known
  const all = await client.poll(conversationId)
  const ids: string[] = all.activities.map(({ id }) => id)
  const texts = new Map(all.activities.map(({ id, text }) => [id, text]))
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(texts.values()).size).toBe(texts.size)
  expect(ids).toEqual([...ids].sort())
  for (const [id, text] of acknowledged) expect([id, texts.get(id)]).toEqual([id, text])
  const ownBotIds = botIds.filter((id) => id.startsWith(conversationId))
  expect(ownBotIds.filter((id) => !texts.has(id))).toEqual([])
  await verifyFiles(client, all.activities)
  // Nothing was changed or taken back, so the log has one entry for each activity.
  expect(Number(all.watermark)).toBe(ids.length)
  expect(ids.length).toBeGreaterThanOrEqual(watermark)
  expect((await client.poll(conversationId, String(watermark))).activities).toEqual(all.activities.slice(watermark))
  const again = await client.call('GET', `/conversations/${conversationId}?watermark=${watermark}`)
  expect(again).toMatchObject({ status: 200, body: { conversationId } })
  known.watermark = ids.length
}

afterEach(() => ServiceProcess.endAll())

test(`${KILLS.working + KILLS.starting} times kill -9 lose nothing that was acknowledged, to clients or to the bot`, async () => {
  const folder = temporaryFolder()
  const bot = new AnsweringBot()
  const endpoint = await bot.start()
  const conversations: Known[] = []
  const startingAt = new Set(Array.from({ length: KILLS.starting }, (_, index) => index * 5))
  try {
    for (let round = 0; round < KILLS.working; round += 1) {
      if (startingAt.has(round)) {
        const doomed = run(folder, endpoint)
        await pause(randomInt(MOMENT_MS.starting))
        doomed.kill('SIGKILL')
        await doomed.ended
      }
      const service = run(folder, endpoint)
      const client = new DirectLineClient(await service.url(), SECRET)
      for (const known of conversations) await verify(client, known, bot.taken)
      while (conversations.length < CLIENTS) {
        const { conversationId } = await client.start({ user: { id: `dl_${conversations.length}` } })
        conversations.push({ conversationId, acknowledged: new Map(), watermark: 0 })
      }
      const before = countAcknowledged(conversations)
      const talking = conversations.map((known) => talk(client, known, round))
      await eventually(() => expect(countAcknowledged(conversations)).toBeGreaterThan(before))
      await pause(randomInt(MOMENT_MS.working))
      service.kill('SIGKILL')
      expect(await service.ended).toBeNull()
      await Promise.all(talking)
    }
    const last = run(folder, endpoint)
    const client = new DirectLineClient(await last.url(), SECRET)
    for (const known of conversations) await verify(client, known, bot.taken)
    last.kill('SIGTERM')
    expect(await last.ended).toBe(0)
  } finally {
    await bot.stop()
  }
  expect(await checkIntegrity(join(folder, 'service.sqlite'))).toEqual([{ integrity_check: 'ok' }])
  expect(bot.taken.length).toBeGreaterThanOrEqual(KILLS.working)
})

function countAcknowledged(conversations: readonly Known[]): number {
  return conversations.reduce((sum, known) => sum + known.acknowledged.size, 0)
}

async function checkIntegrity(path: string): Promise<unknown[]> {
  const { DatabaseSync } = await loadSqlite()
  const database = new DatabaseSync(path)
  try {
    return database.prepare('PRAGMA integrity_check').all()
  } finally {
    database.close()
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
