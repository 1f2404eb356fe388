import { startBlobService } from 'test-support/blob-service'
import type { BlobService } from 'test-support/blob-service'
import type { Activity } from '@parley/core'
import { ConversationState } from '@parley/state'
import { TestAdapter } from '@parley/testing'
import { BlobsStorage, BlobsTranscriptStore } from './index.ts'

let service: BlobService
let containers = 0

beforeAll(async () => {
  service = await startBlobService()
})

afterAll(() => service.close())

function newStorage(): BlobsStorage {
  return new BlobsStorage(service.connectionString, `state-${++containers}`)
}

function namesOf(container: string): string[] {
  return [...(service.containers.get(container)?.keys() ?? [])]
}

/** Names that SDK v4 was seen to give. */
test.each([
  ['a', 'a'],
  ['a/', 'a'],
  ['a//b', 'a%2Fb'],
  ['/a', '%2Fa'],
  ['../a', '..%2Fa'],
  ['a\\b', 'a%5Cb'],
  ['%61', '%2561'],
  ['\0', '%00'],
  ['a.', 'a.'],
  ['a?b#c', 'a%3Fb%23c'],
  ["it's(1)*!~", "it's(1)*!~"],
  [' a ', '%20a%20'],
  ['emulator/conversations/a|b c/', 'emulator%2Fconversations%2Fa%7Cb%20c'],
  ['é'.repeat(500), encodeURIComponent('é'.repeat(500)).slice(0, 1024)],
])('the item of the key %j is in the blob that v4 has it in', async (key, name) => {
  const storage = newStorage()
  await storage.write({ [key]: { value: 1 } })
  expect(namesOf(`state-${containers}`)).toEqual([name])
  expect((await storage.read([key]))[key]).toMatchObject({ value: 1 })
  await storage.delete([key])
  expect(namesOf(`state-${containers}`)).toEqual([])
})

test('the key that is no text is refused in the words of v4', async () => {
  await expect(newStorage().read([''])).rejects.toThrow(new Error('Please provide a non-empty key'))
})

test('what JSON would empty is stored empty, and without an eTag', async () => {
  await newStorage().write({ c: { map: new Map([[1, 2]]), f() {}, n: Number.NaN, eTag: '*' } })
  expect(String(service.containers.get(`state-${containers}`)?.get('c')?.body)).toBe('{"map":{},"n":null}')
})

test('an eTag is compared, * is not, and a new key is created whatever its eTag', async () => {
  const storage = newStorage()
  await storage.write({ a: { value: 1, eTag: '"0x8D1"' } })
  const { a } = await storage.read(['a'])
  await storage.write({ a: { ...a, value: 2 } })
  await expect(storage.write({ a: { ...a, value: 3 } })).rejects.toThrow(
    'Storage: error writing "a" due to eTag conflict.',
  )
  await storage.write({ a: { value: 4, eTag: '*' } })
  expect((await storage.read(['a']))['a'].value).toBe(4)
})

test('state of a conversation is where v4 looks for it', async () => {
  const state = new ConversationState(newStorage())
  const count = state.createProperty<number>('count')
  const adapter = new TestAdapter(async (context) => {
    await count.set(context, (await count.get(context, 0)) + 1)
    await state.saveChanges(context)
  })
  await adapter.send('1')
  await adapter.send('2')
  const blob = service.containers.get(`state-${containers}`)?.get('test%2Fconversations%2FConvo1')
  expect(String(blob?.body)).toBe('{"count":2}')
})

test('all activities of a conversation are on one page', async () => {
  const store = new BlobsTranscriptStore(service.connectionString, 'transcripts')
  for (let second = 0; second < 25; second++) {
    await store.logActivity({
      type: 'message',
      id: String(second),
      channelId: 'test',
      conversation: { id: 'c' },
      from: { id: 'u' },
      recipient: { id: 'b' },
      timestamp: new Date(second * 1000),
    } as Activity)
  }
  const { items, continuationToken } = await store.getTranscriptActivities('test', 'c')
  expect([items.length, items[24]?.id, continuationToken]).toEqual([25, '24', ''])
})

test.each([BlobsStorage, BlobsTranscriptStore])('%p is made as in v4, and refuses what v4 refuses', (Store) => {
  const credential = { getToken: async () => null }
  expect(() => new Store('UseDevelopmentStorage=true', 'c', { storagePipelineOptions: {} })).not.toThrow()
  expect(() => new Store('', '', undefined, 'https://x.blob.core.windows.net/c', credential)).not.toThrow()
  for (const parameters of [[], ['x'], [service.connectionString], ['', ''], ['foo', 'bar']] as never[]) {
    expect(() => Reflect.construct(Store, parameters)).toThrow(expect.objectContaining({ code: 'BLOBS_OPTION' }))
  }
  expect(() => new Store('', '', {}, 'https://x.blob.core.windows.net/c', {} as never)).toThrow(
    'Invalid credential type.',
  )
  expect(JSON.stringify(new Store('UseDevelopmentStorage=true', 'c'))).toBe(JSON.stringify({ name: Store.name }))
})

test('tries and their pace are those of storagePipelineOptions', async () => {
  const retryOptions = { maxTries: 2, retryDelayInMs: 1, maxRetryDelayInMs: 2 }
  const storage = new BlobsStorage(service.connectionString, 'tries', { storagePipelineOptions: { retryOptions } })
  const busy = { status: 503, code: 'ServerBusy' }
  service.faults.push(busy, busy)
  await expect(storage.read(['a'])).rejects.toMatchObject({ code: 'BLOBS_FAILED', statusCode: 503 })
  expect(service.faults).toEqual([])
})

test.each([{ proxyOptions: {} }, { httpClient: {} }, { retryOptions: { secondaryHost: 'x' } }])(
  'the option %j is refused, with what to do instead',
  (storagePipelineOptions) => {
    expect(() => new BlobsStorage('UseDevelopmentStorage=true', 'c', { storagePipelineOptions })).toThrow(
      expect.objectContaining({ code: 'DROPIN_UNSUPPORTED', message: expect.stringContaining('agent') }),
    )
  },
)
