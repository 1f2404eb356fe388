import { gzipSync } from 'node:zlib'
import { startBotStateService } from 'test-support/bot-state-service'
import type { BotStateService } from 'test-support/bot-state-service'
import { TurnContext } from '@parley/core'
import type { Activity, BotAdapter } from '@parley/core'
import { ABSENT_ETAG, ConversationState, PrivateConversationState, UserState } from '@parley/state'
import { storageConformance } from '@parley/testing'
import { BotStateClient, BotStateStorage } from './index.ts'
import type { BotStateStorageOptions } from './index.ts'

let service: BotStateService
let small: BotStateService
const open: { close(): unknown }[] = []

beforeAll(async () => {
  service = await startBotStateService()
  small = await startBotStateService({ maxBagBytes: 100 })
})

afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

afterAll(() => Promise.all([service.close(), small.close()]))

/** A client of a new bot, or of that of the tokens. */
function newClient({ serviceUrl, newTokens }: BotStateService = service, tokens = newTokens()): BotStateClient {
  const client = new BotStateClient({ serviceUrl, tokens, allowLoopback: true })
  open.push(client)
  return client
}

function newStorage(options?: BotStateStorageOptions): BotStateStorage {
  return new BotStateStorage(newClient(), options)
}

storageConformance('BotStateStorage', () => newStorage())

const activity = {
  type: 'message',
  channelId: 'test',
  conversation: { id: '19:a@thread.v2;messageid=1' } as Activity['conversation'],
  from: { id: '29:1/é', name: 'Ada' },
}

function turn(): TurnContext {
  return new TurnContext({} as BotAdapter, activity)
}

const channelId = activity.channelId
const conversationId = activity.conversation.id
const userId = activity.from.id

describe.each([
  [UserState, { scope: 'user', channelId, userId }],
  [ConversationState, { scope: 'conversation', channelId, conversationId }],
  [PrivateConversationState, { scope: 'private', channelId, conversationId, userId }],
] as const)('%p', (State, bag) => {
  test('finds what a bot of SDK v3 has stored, and the other way round', async () => {
    const client = newClient()
    await client.write(bag, { name: 'Ada', 'BotBuilder.Data.SessionState': { version: 1 } })
    const state = new State(new BotStateStorage(client))
    const context = turn()
    const name = state.createProperty<string>('name')
    expect(await name.get(context)).toBe('Ada')
    await name.set(context, 'Eve')
    await state.saveChanges(context)
    expect((await client.read(bag)).data).toEqual({ name: 'Eve', 'BotBuilder.Data.SessionState': { version: 1 } })
  })

  test('is refused its changes when a bot of SDK v3 has written meanwhile', async () => {
    const client = newClient()
    const state = new State(new BotStateStorage(client))
    const context = turn()
    await state.createProperty('name').set(context, 'Eve')
    await client.write(bag, { name: 'Ada' })
    await expect(state.saveChanges(context)).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
    expect((await client.read(bag)).data).toEqual({ name: 'Ada' })
  })
})

test('deleting a user leaves what has a key of its own', async () => {
  const client = newClient()
  const storage = new BotStateStorage(client)
  const keys = [`${channelId}/users/${userId}/`, `${channelId}/users/${userId}/namespace`]
  await storage.write(Object.fromEntries(keys.map((key) => [key, { value: 1 }])))
  await client.deleteUser(channelId, userId)
  expect(Object.keys(await storage.read(keys))).toEqual([keys[1]])
})

test('what one bot stores no other bot reads', async () => {
  await newStorage().write({ 'test/users/u/': { value: 1 }, other: { value: 1 } })
  expect(await newStorage().read(['test/users/u/', 'other'])).toEqual({})
})

test('of 50 writers that increment a counter, each in a storage of its own, none is lost', async () => {
  const tokens = service.newTokens()
  const key = 'test/conversations/counter/'
  const increment = async (storage: BotStateStorage): Promise<void> => {
    const { [key]: item = { count: 0, eTag: ABSENT_ETAG } } = await storage.read([key])
    const refusal = await storage.write({ [key]: { ...item, count: item.count + 1 } }).catch((error: unknown) => error)
    if ((refusal as { code?: string } | undefined)?.code === 'STATE_CONFLICT') return increment(storage)
    if (refusal !== undefined) throw refusal
  }
  const storages = Array.from({ length: 50 }, () => new BotStateStorage(newClient(service, tokens)))
  await Promise.all(storages.map(increment))
  expect((await storages[0]?.read([key]))?.[key].count).toBe(50)
})

test('a write that was carried out although its answer was a failure is no conflict with itself', async () => {
  const storage = newStorage()
  await storage.write({ a: { value: 1 } })
  const { a } = await storage.read(['a'])
  service.faults.inject({ method: 'POST', status: 502, takesEffect: true })
  await expect(storage.write({ a: { ...a, value: 2 } })).rejects.toMatchObject({ code: 'BOTSTATE_FAILED' })
  expect(await storage.read(['a'])).toMatchObject({ a: { value: 2 } })
})

test('an item larger than the limit is refused with its key and size, and nothing of the write is stored', async () => {
  const storage = newStorage()
  await storage.write({ big: { text: 'old' } })
  const text = 'é'.repeat(20_000)
  const refusal = storage.write({ small: { value: 1 }, big: { text } })
  await expect(refusal).rejects.toMatchObject({ code: 'STATE_TOO_LARGE', bytes: 40_011, maxBytes: 32_768 })
  await expect(refusal).rejects.toThrow('"big" has 40011 bytes')
  expect(await storage.read(['small', 'big'])).toMatchObject({ big: { text: 'old' } })
})

test('an item larger than the service takes is refused with its key and size', async () => {
  const storage = new BotStateStorage(newClient(small))
  const refusal = storage.write({ big: { text: 'x'.repeat(100) } })
  await expect(refusal).rejects.toMatchObject({ code: 'STATE_TOO_LARGE', bytes: 111, maxBytes: undefined })
  await expect(refusal).rejects.toThrow('"big" has 111 bytes, more than the service takes')
  expect(await storage.read(['big'])).toEqual({})
})

test('an item that a bot of SDK v3 has compressed is read, and written as it is', async () => {
  const client = newClient()
  const storage = new BotStateStorage(client)
  // As botbuilder 3.16 stores {"a":"é"} with gzipData.
  const data = gzipSync('{"a":"é"}').toString('base64')
  const { eTag } = await client.write({ scope: 'user', channelId, userId: 'u' }, data)
  const key = `${channelId}/users/u/`
  expect(await storage.read([key])).toEqual({ [key]: { a: 'é', eTag } })
  await storage.write({ [key]: { a: 'è', eTag } })
  expect((await client.read({ scope: 'user', channelId, userId: 'u' })).data).toEqual({ a: 'è' })
})

const bomb = gzipSync(`{"a":"${' '.repeat(11 * 1024 * 1024)}"}`).toString('base64')

test.each([
  'text',
  0,
  [1],
  'H4sI nonsense',
  gzipSync('1').toString('base64'),
  gzipSync('null').toString('base64'),
  bomb,
])('a bag that holds no object (%#) is no item, and can be replaced', async (data) => {
  const client = newClient()
  const storage = new BotStateStorage(client)
  await client.write({ scope: 'user', channelId: 'test', userId: 'u' }, data)
  const key = 'test/users/u/'
  await expect(storage.read([key])).rejects.toMatchObject({ code: 'BOTSTATE_ITEM_INVALID', key })
  await storage.write({ [key]: { value: 1 } })
  expect((await storage.read([key]))[key]).toMatchObject({ value: 1 })
})

test('errors of the service that are of no item keep their codes', async () => {
  const tokens = { getToken: async () => 'nonsense', forget() {} }
  const storage = new BotStateStorage(newClient(service, tokens))
  await expect(storage.read(['a'])).rejects.toMatchObject({ code: 'BOTSTATE_REFUSED', operation: 'read' })
  await expect(storage.write({ a: {} })).rejects.toMatchObject({ code: 'BOTSTATE_REFUSED', operation: 'write' })
  await expect(storage.delete(['a'])).rejects.toMatchObject({ code: 'BOTSTATE_REFUSED', operation: 'write' })
})
