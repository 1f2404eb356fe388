import { statSync } from 'node:fs'
import { join } from 'node:path'
import { echo } from './stand-in-bot.ts'
import type { Json } from './stand-in-bot.ts'
import { TestClock, startTogether, stopAll } from './start-together.ts'
import type { Together } from './start-together.ts'
import { temporaryFolder } from './temporary-folder.ts'
import type { ServiceOptions } from '@parley/service'

afterEach(stopAll)

const KINDS: readonly [string, () => Pick<ServiceOptions, 'dataFolder'>][] = [
  ['memory', () => ({})],
  ['a data folder', () => ({ dataFolder: temporaryFolder() })],
]

const HOUR_MS = 3_600_000

describe.each(KINDS)('in %s', (_, storage) => {
  const start = async (retention: NonNullable<ServiceOptions['retention']>): Promise<Together> =>
    startTogether(echo, { ...storage(), retention })

  test('of too many conversations those are forgotten that were silent longest', async () => {
    const { bot, directLine, clock } = await start({ maxConversations: 3 })
    const ids: string[] = []
    const open = async (): Promise<void> => {
      clock.advance(1000)
      ids.push((await directLine.start()).conversationId)
    }
    for (let count = 0; count < 3; count += 1) await open()
    clock.advance(1000)
    // The first one is no longer the one that was silent longest.
    await bot.call('POST', `/${ids[0]}/activities`, { type: 'message', text: 'still here' })
    await open()
    await open()
    const statuses = ids.map(async (id) => (await directLine.call('GET', `/conversations/${id}/activities`)).status)
    expect(await Promise.all(statuses)).toEqual([200, 404, 404, 200, 200])
  })

  test('of too many activities the oldest are forgotten', async () => {
    const { bot, directLine } = await start({ maxActivities: 4 })
    const { conversationId } = await directLine.start()
    for (let index = 0; index < 10; index += 1) {
      await bot.call('POST', `/${conversationId}/activities`, { type: 'message', text: String(index) })
    }
    expect(await directLine.texts(conversationId)).toEqual(['6', '7', '8', '9'])
    const all = await bot.call('GET', `/${conversationId}/activities`)
    expect(all.body.activities.map(({ text }: Json) => text)).toEqual(['6', '7', '8', '9'])
  })

  const upload = async ({ bot }: Together, conversationId: string, text: string): Promise<string> => {
    const file = { type: 'text/plain', originalBase64: Buffer.from(text).toString('base64') }
    return (await bot.call('POST', `/${conversationId}/attachments`, file)).body.id
  }

  test.each([
    ['files', { maxAttachments: 3 }],
    ['bytes of files', { maxAttachmentBytes: 3500 }],
  ])('of too many %s the oldest files are forgotten', async (_limit, limits) => {
    const chat = await startTogether(echo, { ...storage(), retention: limits, maxUploadBytes: 2000 })
    const { conversationId } = await chat.directLine.start()
    const ids: string[] = []
    for (let index = 0; index < 6; index += 1) ids.push(await upload(chat, conversationId, `${index}`.repeat(1000)))
    const statuses = ids.map(
      async (id) => (await fetch(`${chat.service.url}/v3/attachments/${id}/views/original`)).status,
    )
    expect(await Promise.all(statuses)).toEqual([404, 404, 404, 200, 200, 200])
  })

  test('of too many bags of Bot State those are forgotten that were written longest ago', async () => {
    const { service, bot } = await start({ maxBags: 3 })
    const headers = { Authorization: `Bearer ${service.identity.mintAccessToken(bot.appId)}` }
    const call = async (user: number, data?: Json): Promise<Json> => {
      const response = await fetch(`${service.url}/v3/botstate/directline/users/${user}`, {
        headers: { ...headers, 'Content-Type': 'application/json' },
        ...(data === undefined ? {} : { method: 'POST', body: JSON.stringify({ data, eTag: '*' }) }),
      })
      return ((await response.json()) as Json).data
    }
    for (const user of [0, 1, 2, 0, 3, 4]) await call(user, `of ${user}`)
    expect(await Promise.all([0, 1, 2, 3, 4].map(async (user) => call(user)))).toEqual([
      'of 0',
      null,
      null,
      'of 3',
      'of 4',
    ])
  })
})

describe('with a data folder', () => {
  const sizeOf = (dataFolder: string): number => statSync(join(dataFolder, 'service.sqlite')).size

  test('what is new takes the place of what is forgotten, so the file does not grow with what was ever said', async () => {
    const dataFolder = temporaryFolder()
    const { service, bot, directLine } = await startTogether(undefined, {
      dataFolder,
      retention: { maxActivities: 10 },
    })
    const { conversationId } = await directLine.start()
    const text = 'x'.repeat(100_000)
    for (let index = 0; index < 80; index += 1) {
      await bot.call('POST', `/${conversationId}/activities`, { type: 'message', text })
    }
    await service.close()
    expect(sizeOf(dataFolder)).toBeLessThan(3_000_000)
  })

  test('the disk gets back what was taken by files and conversations that are forgotten, and nothing else is', async () => {
    const dataFolder = temporaryFolder()
    const before = await startTogether(undefined, { dataFolder })
    const kept = await before.directLine.start()
    for (let index = 0; index < 8; index += 1) {
      const originalBase64 = Buffer.alloc(2_000_000, index).toString('base64')
      await before.bot.call('POST', `/${kept.conversationId}/attachments`, { type: 'text/plain', originalBase64 })
    }
    for (let index = 0; index < 20; index += 1) {
      const { conversationId } = await before.directLine.start()
      await before.bot.call('POST', `/${conversationId}/activities`, { type: 'message', text: 'x'.repeat(200_000) })
    }
    await before.service.close()
    expect(sizeOf(dataFolder)).toBeGreaterThan(20_000_000)

    const clock = new TestClock()
    clock.advance(13 * 24 * HOUR_MS)
    const during = await startTogether(undefined, { dataFolder, clock })
    await during.bot.call('POST', `/${kept.conversationId}/activities`, { type: 'message', text: 'still here' })
    await during.service.close()
    clock.advance(2 * 24 * HOUR_MS)
    const after = await startTogether(undefined, { dataFolder, clock })
    const { status, body } = await after.bot.call('GET', '')
    expect([status, body.conversations.map(({ id }: Json) => id)]).toEqual([200, [kept.conversationId]])
    await after.service.close()
    expect(sizeOf(dataFolder)).toBeLessThan(1_000_000)
  })
})
