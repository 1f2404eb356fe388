import { startBlobService } from 'test-support/blob-service'
import type { BlobService } from 'test-support/blob-service'
import type { Activity } from '@parley/core'
import { BlobsTranscriptStore } from './index.ts'

let service: BlobService
let containers = 0

beforeAll(async () => {
  service = await startBlobService()
})

afterAll(() => service.close())

function newStore(options = {}): BlobsTranscriptStore {
  return new BlobsTranscriptStore(service.connectionString, `logs-${++containers}`, options)
}

function activity(second: number, changes: Partial<Activity> = {}): Activity {
  return {
    type: 'message',
    id: `id|${second}`,
    text: `hé ${second}`,
    timestamp: new Date(Date.UTC(2020, 0, 1, 0, 0, second)),
    channelId: 'msteams',
    conversation: { id: '19:a/b c@thread' },
    from: { id: 'u|1' },
    recipient: { id: 'bot/1' },
    ...changes,
  } as Activity
}

/** What SDK v4 stores of `activity(1)`. */
const v4Blob = {
  name: 'msteams%2F19%3Aa%2Fb%20c%40thread%2F8d78e4d8c149680-id%7C1.json',
  body: '{"type":"message","id":"id|1","text":"hé 1","timestamp":"2020-01-01T00:00:01.000Z","channelId":"msteams","conversation":{"id":"19:a/b c@thread"},"from":{"id":"u|1"},"recipient":{"id":"bot/1"}}',
  metadata: { fromid: 'u|1', recipientid: 'bot/1', id: 'id|1', timestamp: '2020-01-01T00:00:01.000Z' },
}

test('an activity is stored under the name, in the form and with the metadata of SDK v4', async () => {
  await newStore().logActivity(activity(1))
  const stored = [...(service.containers.get(`logs-${containers}`) ?? [])]
  expect(stored.map(([name, { body, metadata }]) => ({ name, body: String(body), metadata }))).toEqual([v4Blob])
})

test('what SDK v4 stored is read, listed and deleted', async () => {
  const store = newStore()
  const { name, body, metadata } = v4Blob
  const blob = {
    body: Buffer.from(body),
    metadata,
    contentType: 'application/octet-stream',
    eTag: '"1"',
    modified: new Date(),
  }
  service.containers.set(`logs-${containers}`, new Map([[name, blob]]))
  expect((await store.getTranscriptActivities('msteams', '19:a/b c@thread')).items).toEqual([activity(1)])
  expect((await store.listTranscripts('msteams')).items).toEqual([
    { channelId: 'msteams', id: '19:a/b c@thread', created: new Date('2020-01-01T00:00:01Z') },
  ])
  await store.deleteTranscript('msteams', '19:a/b c@thread')
  expect(service.containers.get(`logs-${containers}`)?.size).toBe(0)
})

test('activities come in pages of 20 and in the order they were said, however small the pages of the service are', async () => {
  const store = newStore()
  for (let second = 44; second >= 0; second--) await store.logActivity(activity(second))
  service.maxPage = 7
  const pages: (string | undefined)[][] = []
  let token: string | undefined
  do {
    const page = await store.getTranscriptActivities('msteams', '19:a/b c@thread', token)
    pages.push(page.items.map(({ id }) => id))
    token = page.continuationToken
  } while (token)
  expect(pages.map(({ length }) => length)).toEqual([20, 20, 5])
  expect(pages.flat()).toEqual(Array.from({ length: 45 }, (_, second) => `id|${second}`))
  const since = new Date(Date.UTC(2020, 0, 1, 0, 0, 43))
  const late = await store.getTranscriptActivities('msteams', '19:a/b c@thread', undefined, since)
  expect(late.items.map(({ id }) => id)).toEqual(['id|43', 'id|44'])
})

test('a conversation whose id begins like that of another is neither read nor deleted with it', async () => {
  const store = newStore()
  for (const id of ['c1', 'c10', 'c1/x']) await store.logActivity(activity(1, { conversation: { id } as never }))
  expect((await store.getTranscriptActivities('msteams', 'c1')).items).toHaveLength(1)
  await store.deleteTranscript('msteams', 'c1')
  const left = (await store.listTranscripts('msteams')).items.map(({ id }) => id)
  expect(left.toSorted()).toEqual(['c1/x', 'c10'])
})

test('ids a header, a path or XML cannot hold are stored and found', async () => {
  const store = newStore()
  const odd = activity(1, {
    id: '<&>"\u0001é\n',
    from: { id: ' é\n' } as never,
    conversation: { id: 'a//<&>\u0001' } as never,
  })
  await store.logActivity(odd)
  expect((await store.getTranscriptActivities('msteams', 'a//<&>\u0001')).items).toEqual([odd])
})

test('readable names are for those who ask for them, and both are read', async () => {
  const store = newStore({ decodeTranscriptKey: true })
  await store.logActivity(activity(1))
  await store.logActivity(activity(2), { decodeTranscriptKey: false })
  expect([...(service.containers.get(`logs-${containers}`)?.keys() ?? [])]).toEqual([
    'msteams/19:a/b c@thread/8d78e4d8c149680-id|1.json',
    'msteams%2F19%3Aa%2Fb%20c%40thread%2F8d78e4d8cad2d00-id%7C2.json',
  ])
  expect((await store.getTranscriptActivities('msteams', '19:a/b c@thread')).items).toHaveLength(2)
})

test('a time as text, or none, will do, and so will no id', async () => {
  const store = newStore()
  await store.logActivity(activity(1, { timestamp: '2020-01-01T00:00:01.000Z' as never }))
  const { timestamp: _, id: __, ...bare } = activity(2)
  await store.logActivity(bare as Activity)
  const { items } = await store.getTranscriptActivities('msteams', '19:a/b c@thread')
  expect(items.map(({ text }) => text)).toEqual(['hé 1', 'hé 2'])
})

test.each([
  ['activity cannot be null for logActivity()', (store: BlobsTranscriptStore) => store.logActivity(null as never)],
  ['Missing channelId', (store: BlobsTranscriptStore) => store.getTranscriptActivities('', 'x')],
  ['Missing conversationId', (store: BlobsTranscriptStore) => store.getTranscriptActivities('x', undefined as never)],
  ['Missing channelId', (store: BlobsTranscriptStore) => store.listTranscripts(null as never)],
  ['Missing conversationId', (store: BlobsTranscriptStore) => store.deleteTranscript('x', '')],
])('%s', async (message, work) => {
  await expect(work(newStore())).rejects.toMatchObject({ code: 'STATE_ARGUMENT', message })
})

test('a conversation nobody logged, in a container that is not there, has no activities', async () => {
  const store = newStore()
  expect(await store.getTranscriptActivities('a', 'b')).toEqual({ items: [], continuationToken: '' })
  expect(await store.listTranscripts('a')).toEqual({ items: [], continuationToken: '' })
  await store.deleteTranscript('a', 'b')
})
