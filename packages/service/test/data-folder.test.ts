import { randomBytes } from 'node:crypto'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { startService } from '@parley/service'
import type { Service, ServiceOptions } from '@parley/service'
import { DirectLineClient, TestStream } from './direct-line-client.ts'
import { eventually } from 'test-support/eventually'
import { StandInBot, echo } from './stand-in-bot.ts'
import { stopAll, whenDone } from './start-together.ts'
import { temporaryFolder } from './temporary-folder.ts'

let folder: string
let bot: StandInBot

beforeEach(async () => {
  folder = join(temporaryFolder(), 'made', 'as needed')
  bot = new StandInBot(echo)
  await bot.start()
  whenDone(() => bot.stop())
})

afterEach(stopAll)

/** Starts the service on the folder, each time on another port. */
async function start(options: ServiceOptions = {}): Promise<{ service: Service; directLine: DirectLineClient }> {
  const service = await startService({ port: 0, bots: [bot.registration], dataFolder: folder, ...options })
  whenDone(() => service.close())
  bot.connect(service)
  return { service, directLine: new DirectLineClient(service.url, service.directLineSecret) }
}

test('a program comes back to its conversation with the secret, which is kept too', async () => {
  const before = await start()
  const { conversationId } = await before.directLine.start({ user: { id: 'ada' } })
  await before.directLine.say(conversationId, 'one')
  const { activities, watermark } = await before.directLine.poll(conversationId)
  await before.service.close()

  const { service, directLine } = await start()
  expect(service.directLineSecret).toBe(before.service.directLineSecret)
  const answer = await directLine.call('GET', `/conversations/${conversationId}?watermark=${watermark}`)
  expect(answer).toMatchObject({ status: 200, body: { conversationId } })
  const stream = new TestStream(answer.body.streamUrl)
  const client = new DirectLineClient(service.url, answer.body.token)
  expect((await client.say(conversationId, 'two')).status).toBe(200)
  expect((await stream.has(2)).map(({ text }) => text)).toEqual(['two', 'Echo: two'])
  expect(stream.watermark).toBe(String(Number(watermark) + 2))

  const everything = (await directLine.poll(conversationId)).activities
  expect(everything.slice(0, activities.length)).toEqual(activities)
  expect(everything.map(({ text }) => text)).toEqual(['Welcome!', 'one', 'Echo: one', 'two', 'Echo: two'])
  const ids = [...everything, ...bot.received].filter(({ type }) => type === 'conversationUpdate').map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const numbers = everything.map(({ id }) => Number(id.split('|')[1]))
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
  expect(new Set(numbers).size).toBe(numbers.length)
  stream.socket.terminate()
})

test('a reply that is sent again with its idempotency key after a restart is not shown twice', async () => {
  const before = await start()
  const { conversationId } = await before.directLine.start()
  await before.directLine.say(conversationId, 'one')
  const headers = { 'Idempotency-Key': '"a"' }
  const send = async () => bot.call('POST', `/${conversationId}/activities`, { type: 'message', text: 'late' }, headers)
  const first = await send()
  await before.service.close()

  const { directLine } = await start()
  const second = await send()

  expect(second).toEqual(first)
  expect((await directLine.texts(conversationId)).filter((text) => text === 'late')).toHaveLength(1)
})

test('a client that has only its token goes on with it, and so does the stream', async () => {
  const before = await start()
  const { conversationId, client } = await before.directLine.start()
  await client.say(conversationId, 'one')
  const { watermark } = await client.poll(conversationId)
  await before.service.close()

  const { service } = await start()
  const after = new DirectLineClient(service.url, client.credential)
  await after.say(conversationId, 'two')
  const answer = await after.call('GET', `/conversations/${conversationId}?watermark=${watermark}`)
  const stream = new TestStream(answer.body.streamUrl)
  expect((await stream.has(2)).map(({ text }) => text)).toEqual(['two', 'Echo: two'])
  stream.socket.terminate()
})

test('a secret that is given goes before the kept one, and is not kept', async () => {
  const first = await start()
  await first.service.close()
  const second = await start({ directLineSecret: 'a-secret-of-the-day' })
  expect(second.service.directLineSecret).toBe('a-secret-of-the-day')
  await second.service.close()
  const third = await start()
  expect(third.service.directLineSecret).toBe(first.service.directLineSecret)
})

test('changes, deletions, members and the end of a conversation are kept', async () => {
  bot.turn = async (activity) => {
    if (activity.type !== 'message') return
    const say = (text: string): Promise<string> => bot.reply(activity, { type: 'message', text })
    const path = (id: string): string => `/${activity.conversation.id}/activities/${encodeURIComponent(id)}`
    const [changed, erased] = [await say('a'), await say('b')]
    await bot.call('PUT', path(changed), { type: 'message', text: 'changed' })
    await bot.call('DELETE', path(erased))
    await bot.reply(activity, { type: 'endOfConversation' })
  }
  const before = await start()
  const { conversationId } = await before.directLine.start({ user: { id: 'ada', name: 'Ada' } })
  await before.directLine.say(conversationId, 'hello')
  await before.service.close()

  const { directLine } = await start()
  expect(await directLine.texts(conversationId)).toEqual(['hello', 'changed'])
  const late = await directLine.say(conversationId, 'too late')
  expect(late).toMatchObject({ status: 403, body: { error: { code: 'ConversationEnded' } } })
  const members = await bot.call('GET', `/${conversationId}/members`)
  expect(members.body).toEqual([expect.objectContaining({ name: 'Echo' }), { id: 'ada', name: 'Ada' }])
})

test('introductions a bot missed in an earlier run reach it when somebody looks, from where the service now is', async () => {
  const before = await start()
  await bot.stop()
  const { conversationId } = await before.directLine.start({ user: { id: 'dl_ada' } })
  await eventually(() => expect(before.service.bots[0]?.problem?.kind).toBe('bot-unreachable'))
  await before.service.close()

  await bot.start()
  const { service, directLine } = await start()
  expect(service.url).not.toBe(before.service.url)
  await directLine.poll(conversationId)
  await eventually(async () => expect(await directLine.texts(conversationId)).toEqual(['Welcome!']))
  expect(bot.received.map(({ serviceUrl }) => serviceUrl)).toEqual([service.serviceUrl, service.serviceUrl])
  expect(bot.received.map(({ membersAdded }) => membersAdded[0].id)).toEqual([bot.received[0].recipient.id, 'dl_ada'])
})

test('a bot is introduced once, however often the service is started', async () => {
  const before = await start()
  const { conversationId } = await before.directLine.start({ user: { id: 'dl_ada' } })
  await eventually(() => expect(bot.received).toHaveLength(2))
  await before.service.close()
  const { directLine } = await start()
  await directLine.poll(conversationId)
  await directLine.say(conversationId, 'hello')
  expect(bot.received.map(({ type }) => type)).toEqual(['conversationUpdate', 'conversationUpdate', 'message'])
})

test('what is too old is gone at the start, not a minute later', async () => {
  const before = await start()
  const { conversationId } = await before.directLine.start()
  await before.directLine.say(conversationId, 'one')
  await before.service.close()
  const tomorrow = { now: () => Date.now() + 25 * 3_600_000 }
  const { directLine } = await start({ clock: tomorrow })
  expect(await directLine.poll(conversationId)).toEqual({ activities: [], watermark: '3' })
})

test('only its owner may read the folder and the file', async () => {
  await start()
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)
  expect([modeOf(folder), modeOf(join(folder, 'service.sqlite'))]).toEqual(['700', '600'])
  expect(modeOf(join(folder, 'service.sqlite-wal'))).toBe('600')
})

test('neither the kept secret nor the kept key appear in the log', async () => {
  const lines: string[] = []
  const log = (facts: object, text: string): void => void lines.push(`${JSON.stringify(facts)} ${text}`)
  const { service, directLine } = await start({ logger: { debug: log, info: log, warn: log, error: log } })
  await directLine.start()
  await service.close()
  const written = lines.join('\n')
  expect(written).toContain('service.started')
  for (const text of [service.directLineSecret, 'PRIVATE KEY', 'MII']) expect(written).not.toContain(text)
})

test('a folder is refused while another service uses it, and the other does not notice', async () => {
  const { directLine } = await start()
  const { conversationId } = await directLine.start()
  await expect(start()).rejects.toMatchObject({ code: 'SERVICE_DATA_IN_USE' })
  expect((await directLine.say(conversationId, 'hello')).status).toBe(200)
  await expect(start()).rejects.toMatchObject({ code: 'SERVICE_DATA_IN_USE' })
})

test('a service that cannot listen leaves the folder to the next', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  whenDone(() => new Promise((resolve) => other.close(() => resolve())))
  const { port } = other.address() as AddressInfo
  await expect(start({ port })).rejects.toMatchObject({ code: 'SERVICE_PORT_IN_USE' })
  await expect(start()).resolves.toBeDefined()
})

test('a folder that is a file is said so', async () => {
  folder = join(temporaryFolder(), 'file')
  writeFileSync(folder, '')
  await expect(start()).rejects.toMatchObject({ code: 'SERVICE_DATA_FAILED', file: join(folder, 'service.sqlite') })
})

test('a service that is closed while its bot is at work lets the turn end before the file', async () => {
  const errors: string[] = []
  const note = (_: object, text: string): void => void errors.push(text)
  const silent = (): void => {}
  const { service, directLine } = await start({ logger: { debug: silent, info: silent, warn: silent, error: note } })
  const { conversationId } = await directLine.start()
  let arrived = (): void => {}
  const atWork = new Promise<void>((resolve) => (arrived = resolve))
  bot.turn = () => {
    arrived()
    return new Promise(() => {})
  }
  const saying = ['one', 'two', 'three'].map((text) => directLine.say(conversationId, text).catch(() => 'broken off'))
  await atWork
  await service.close()
  expect(await Promise.all(saying)).toEqual(['broken off', 'broken off', 'broken off'])
  expect(errors).toEqual([])
  const { directLine: later } = await start()
  expect(await later.texts(conversationId)).toEqual([])
})

test('a file that was uploaded is there after a restart', async () => {
  const before = await start()
  const { conversationId } = await before.directLine.start({ user: { id: 'ada' } })
  expect((await before.directLine.upload(conversationId, formOf(Buffer.from('kept'), 'ada'))).status).toBe(200)
  const port = Number(new URL(before.service.url).port)
  await before.service.close()

  const { directLine } = await start({ port })
  // The service is back on its port before `fetch` notices that the connection it kept is gone.
  const { activities } = await directLine.poll(conversationId).catch(() => directLine.poll(conversationId))
  const { contentUrl } = activities.flatMap(({ attachments = [] }) => attachments)[0]
  const answer = await fetch(contentUrl)
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'text/plain', 'kept'])
})

test('uploads do not let the folder grow beyond what is to be kept', async () => {
  const MIB = 1024 * 1024
  const { directLine } = await start({ maxUploadBytes: MIB, retention: { maxAttachmentBytes: 2 * MIB } })
  const { conversationId } = await directLine.start({ user: { id: 'ada' } })
  for (let index = 0; index < 24; index += 1) {
    const { status } = await directLine.upload(conversationId, formOf(randomBytes(MIB / 2), 'ada'))
    expect(status).toBe(200)
  }
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size)
  // What is kept, one upload more while room is made for it, and the log that has not been written back yet.
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(8 * MIB)
  const urls = (await directLine.poll(conversationId)).activities.flatMap(({ attachments = [] }) => attachments)
  const statuses = await Promise.all(urls.map(async ({ contentUrl }) => (await fetch(contentUrl)).status))
  expect(statuses).toEqual([...Array.from({ length: 20 }, () => 404), 200, 200, 200, 200])
})

/** An upload of one file. */
function formOf(bytes: Buffer, userId: string): FormData {
  const form = new FormData()
  const activity = JSON.stringify({ type: 'message', text: 'look', from: { id: userId } })
  form.append('activity', new Blob([activity], { type: 'application/vnd.microsoft.activity' }))
  form.append('file', new Blob([bytes], { type: 'text/plain' }), 'file.txt')
  return form
}
