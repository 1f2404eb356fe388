import { BotStateClient } from '@parley/storage-bot-state'
import { startBotStateService } from 'test-support/bot-state-service'
import type { BotStateService } from 'test-support/bot-state-service'
import type { IBotStorageContext, IBotStorageData } from '../index.ts'
import { StateBags } from './state-bags.ts'

let service: BotStateService
let client: BotStateClient

beforeAll(async () => {
  service = await startBotStateService()
})
afterAll(() => service.close())
beforeEach(() => {
  const { serviceUrl } = service
  client = new BotStateClient({ serviceUrl, tokens: service.newTokens(), allowLoopback: true })
})
afterEach(() => client.close())

const USER_BAG = { scope: 'user', channelId: 'test', userId: 'u' } as const

function bags(gzip = false): StateBags {
  return new StateBags(() => client, gzip)
}

function context(more: Partial<IBotStorageContext> = {}): IBotStorageContext {
  const address = { channelId: 'test', user: { id: 'u' }, bot: { id: 'b' } }
  const persist = { persistUserData: true, persistConversationData: true }
  return { userId: 'u', conversationId: 'c', address, ...persist, ...more }
}

const DATA: IBotStorageData = {
  userData: { of: 'user' },
  conversationData: { of: 'conversation' },
  privateConversationData: { of: 'both' },
}
const NOTHING: IBotStorageData = { userData: null, conversationData: null, privateConversationData: null }

test('what a turn wrote, the next one reads', async () => {
  expect(await bags().read(context())).toEqual(NOTHING)
  await bags().write(context(), DATA)
  expect(await bags().read(context())).toEqual(DATA)
})

test.each([
  [{ persistUserData: false }, ['conversationData', 'privateConversationData']],
  [{ persistConversationData: false }, ['userData', 'privateConversationData']],
])('with %j only %j are kept', async (more, names) => {
  await bags().write(context(more), DATA)
  const kept = await bags().read(context())
  expect(
    Object.keys(kept)
      .filter((name) => kept[name as keyof IBotStorageData] !== null)
      .sort(),
  ).toEqual(names.sort())
})

test('data is compressed as SDK v3 did, and read whichever way it was written', async () => {
  await bags(true).write(context(), DATA)
  const { data } = await client.read(USER_BAG)
  expect(data).toMatch(/^H4sI/)
  expect(await bags().read(context())).toEqual(DATA)
  await bags().write(context(), DATA)
  expect(await bags(true).read(context())).toEqual(DATA)
})

test('of two turns that read the same, both count', async () => {
  await client.write(USER_BAG, { a: 1, b: 1, gone: 1 })
  const [one, two] = [bags(), bags()]
  const [first, second] = [context(), context()]
  const [mine, yours] = [await one.read(first), await two.read(second)]
  mine.userData.a = 2
  delete mine.userData.gone
  yours.userData.b = 2
  await one.write(first, mine)
  await two.write(second, yours)
  expect((await client.read(USER_BAG)).data).toEqual({ a: 2, b: 2 })

  // What the other wrote stays when the turn goes on.
  yours.userData.c = 3
  await two.write(second, yours)
  expect((await client.read(USER_BAG)).data).toEqual({ a: 2, b: 2, c: 3 })
})

test('of two turns that write into an empty bag, both count', async () => {
  const [first, second] = [context(), context()]
  const [one, two] = [bags(), bags()]
  await Promise.all([one.read(first), two.read(second)])
  await Promise.all([one.write(first, { userData: { a: 1 } }), two.write(second, { userData: { b: 1 } })])
  expect((await client.read(USER_BAG)).data).toEqual({ a: 1, b: 1 })
})

test('what has not changed is not written', async () => {
  await bags().write(context(), DATA)
  const { eTag } = await client.read(USER_BAG)
  const own = bags()
  const again = context()
  await own.write(again, await own.read(again))
  expect((await client.read(USER_BAG)).eTag).toBe(eTag)
})

test('a user is forgotten, but not the conversation', async () => {
  await bags().write(context(), DATA)
  await bags().deleteUser(context())
  expect(await bags().read(context())).toEqual({ ...NOTHING, conversationData: DATA.conversationData })
})

test('a bag is deleted by writing nothing', async () => {
  await bags().write(context(), DATA)
  await bags().write(context(), { userData: null })
  expect(await bags().read(context())).toEqual({ ...DATA, userData: null })
})

test('more than a bag holds is refused, and nothing is written', async () => {
  const tooMuch = { userData: { text: 'x'.repeat(40_000) } }
  await expect(bags().write(context(), tooMuch)).rejects.toMatchObject({ code: 'BOTSTATE_TOO_LARGE' })
  expect(await bags().read(context())).toEqual(NOTHING)
})
