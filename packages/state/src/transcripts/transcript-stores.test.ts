import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Activity, TranscriptStore } from '@parley/core'
import { FileTranscriptStore } from './file-transcript-store.ts'
import { MemoryTranscriptStore } from './memory-transcript-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-transcripts-'))
let folders = 0
const newFolder = (): string => join(folder, String(folders++))

afterAll(() => rmSync(folder, { recursive: true }))

const START = Date.UTC(2020, 0, 2)

const said = (id: string, conversation = 'c', at: number | undefined = START): Activity =>
  ({
    type: 'message',
    id,
    channelId: 'ch',
    conversation: { id: conversation },
    ...(at === undefined ? {} : { timestamp: new Date(at) }),
  }) as Activity

/** i0, i1, …, one a second. */
async function filled(store: TranscriptStore, count: number): Promise<TranscriptStore> {
  for (let index = 0; index < count; index++) await store.logActivity(said(`i${index}`, 'c', START + 1000 * index))
  return store
}

/** The ids of the first and the last item of each page. */
async function pages(store: TranscriptStore, startDate?: Date): Promise<string[]> {
  const seen: string[] = []
  let token: string | undefined
  do {
    const page = await store.getTranscriptActivities('ch', 'c', token, startDate)
    seen.push(`${page.items[0]?.id}–${page.items.at(-1)?.id}`)
    token = page.continuationToken
  } while (token)
  return seen
}

describe.each<[string, () => TranscriptStore]>([
  ['MemoryTranscriptStore', () => new MemoryTranscriptStore()],
  ['FileTranscriptStore', () => new FileTranscriptStore(newFolder())],
])('%s', (_, create) => {
  test('returns what was logged', async () => {
    const store = create()
    const activity = { ...said('1'), text: 'hi', entities: [{ type: 'x', own: { deep: true } }] }
    await store.logActivity(activity)
    const page = await store.getTranscriptActivities('ch', 'c')
    expect(page).toEqual({ items: [activity], continuationToken: undefined })
    expect(page.items[0]?.timestamp).toBeInstanceOf(Date)
  })

  test('pages have 20 activities, in the order they were said', async () => {
    await expect(pages(await filled(create(), 45))).resolves.toEqual(['i0–i19', 'i20–i39', 'i40–i44'])
  })

  test('activities logged late stand where they were said', async () => {
    const store = create()
    for (const at of [3, 1, 2]) await store.logActivity(said(String(at), 'c', START + 1000 * at))
    const { items } = await store.getTranscriptActivities('ch', 'c')
    expect(items.map(({ id }) => id)).toEqual(['1', '2', '3'])
  })

  test('leaves out what was said before the start', async () => {
    const store = await filled(create(), 45)
    await expect(pages(store, new Date(START + 40_000))).resolves.toEqual(['i40–i44'])
    await expect(pages(store, new Date(START + 20_000))).resolves.toEqual(['i20–i39', 'i40–i44'])
  })

  test.each<[string, (store: TranscriptStore) => Promise<unknown>]>([
    ['an unknown conversation', (store) => store.getTranscriptActivities('ch', 'other')],
    ['an unknown channel', (store) => store.getTranscriptActivities('other', 'c')],
    ['an unknown token', (store) => store.getTranscriptActivities('ch', 'c', 'zz')],
    ['the list of an unknown channel', (store) => store.listTranscripts('other')],
    ['the list after an unknown token', (store) => store.listTranscripts('ch', 'zz')],
  ])('%s is empty', async (_name, read) => {
    await expect(read(await filled(create(), 1))).resolves.toEqual({ items: [], continuationToken: undefined })
  })

  test('lists the conversations of a channel in pages of 20, with when they began', async () => {
    const store = create()
    for (let index = 0; index < 25; index++) {
      await store.logActivity(said('2', `L${String(index).padStart(2, '0')}`, START + 1000 * index + 500))
      await store.logActivity(said('1', `L${String(index).padStart(2, '0')}`, START + 1000 * index))
    }
    const first = await store.listTranscripts('ch')
    expect(first.items).toHaveLength(20)
    expect(first.items[1]).toEqual({ channelId: 'ch', id: 'L01', created: new Date(START + 1000) })
    const second = await store.listTranscripts('ch', first.continuationToken)
    expect(second.items.map(({ id }) => id)).toEqual(['L20', 'L21', 'L22', 'L23', 'L24'])
    expect(second.continuationToken).toBeUndefined()
  })

  test('forgets a conversation, and only that', async () => {
    const store = create()
    await store.logActivity(said('1', 'a'))
    await store.logActivity(said('1', 'b'))
    await store.deleteTranscript('ch', 'a')
    await store.deleteTranscript('ch', 'never was')
    const { items } = await store.listTranscripts('ch')
    expect(items.map(({ id }) => id)).toEqual(['b'])
  })

  test('an activity that does not say when is taken', async () => {
    const store = create()
    await store.logActivity(said('1', 'c', undefined))
    await expect(store.getTranscriptActivities('ch', 'c')).resolves.toMatchObject({ items: [{ id: '1' }] })
  })

  test.each<[string, (store: TranscriptStore) => unknown, string]>([
    ['no activity', (store) => store.logActivity(undefined as never), 'activity cannot be null for logActivity()'],
    ['no channel', (store) => store.getTranscriptActivities('', 'c'), 'Missing channelId'],
    ['no conversation', (store) => store.getTranscriptActivities('ch', ''), 'Missing conversationId'],
    ['no channel to list', (store) => store.listTranscripts(''), 'Missing channelId'],
    ['no channel to delete in', (store) => store.deleteTranscript('', 'c'), 'Missing channelId'],
    ['no conversation to delete', (store) => store.deleteTranscript('ch', ''), 'Missing conversationId'],
  ])('%s is refused', async (_name, call, message) => {
    await expect(call(create())).rejects.toMatchObject({ code: 'STATE_ARGUMENT', message })
  })
})

describe('MemoryTranscriptStore', () => {
  test('the token of a page is the id of its last activity', async () => {
    const store = await filled(new MemoryTranscriptStore(), 20)
    await expect(store.getTranscriptActivities('ch', 'c')).resolves.toMatchObject({ continuationToken: 'i19' })
    const { items } = await store.getTranscriptActivities('ch', 'c', 'i10')
    expect(items[0]?.id).toBe('i11')
  })
})

describe('FileTranscriptStore', () => {
  const filesOf = async (root: string): Promise<string[]> => {
    const entries = await readdir(root, { recursive: true })
    return entries.filter((name) => name.includes('.')).toSorted()
  }

  test('the token of a page is the name of the next file', async () => {
    const store = await filled(new FileTranscriptStore(newFolder()), 21)
    const { continuationToken } = await store.getTranscriptActivities('ch', 'c')
    expect(continuationToken).toMatch(/^[0-9a-f]{15}-i20$/)
  })

  test.each([
    [Date.UTC(2020, 0, 2, 3, 4, 5, 678), '8d78f306da27500'],
    [1_000_000_000_000, '8c306e867768000'],
    [1_700_000_000_003, '8dbe55ee8e47500'],
    [0, '89f7ff5f7b58000'],
  ])('the name of a file begins with the ticks of %p', async (at, ticks) => {
    const root = newFolder()
    await new FileTranscriptStore(root).logActivity(said('1', 'c', at))
    await expect(filesOf(root)).resolves.toEqual([join('ch', 'c', `${ticks}-1.json`)])
  })

  test('a file is JSON for people', async () => {
    const root = newFolder()
    await new FileTranscriptStore(root).logActivity(said('1'))
    const [file = ''] = await filesOf(root)
    const text = await readFile(join(root, file), 'utf8')
    expect(text.startsWith('{\n\t"type": "message",\n')).toBe(true)
  })

  test.each([
    ['Ch An/nel', 'Ch An!nel'],
    ['a:b|c/d\\e', 'a!b!c!d!e'],
    ['a*?"<>|%', 'a!%'],
    ['a//b', 'a!b'],
    ['/a/', '!a!'],
    ['a\u0000b\nc', 'a!b!c'],
    ['..', '!'],
    ['.', '!'],
    ['../../etc', '..!..!etc'],
    ['a.', 'a'],
    ['con', 'con!'],
    ['aux.txt', 'aux.txt'],
    ['a!!b', 'a!!b'],
    ['19:abc@thread.skype;messageid=1', '19!abc@thread.skype;messageid=1'],
    ['x'.repeat(200), 'x'.repeat(100)],
  ])('the conversation %j lies in the folder %s', async (conversation, name) => {
    const root = newFolder()
    const store = new FileTranscriptStore(root)
    await store.logActivity(said('1', conversation))
    await expect(readdir(join(root, 'ch'))).resolves.toEqual([name])
    await expect(store.getTranscriptActivities('ch', conversation)).resolves.toMatchObject({ items: [{ id: '1' }] })
  })

  test('an activity without an id is refused', async () => {
    const { id: _, ...activity } = said('1')
    const logging = new FileTranscriptStore(newFolder()).logActivity(activity as Activity)
    await expect(logging).rejects.toMatchObject({ code: 'STATE_ARGUMENT' })
  })

  test('refuses to do without a folder', () => {
    expect(() => new FileTranscriptStore('')).toThrow(expect.objectContaining({ message: 'Missing folder.' }))
  })

  test('says when a folder cannot be read', async () => {
    const root = newFolder()
    const store = new FileTranscriptStore(root)
    await store.logActivity(said('1'))
    const [file = ''] = await filesOf(root)
    const misplaced = new FileTranscriptStore(join(root, file))
    await expect(misplaced.listTranscripts('ch')).rejects.toMatchObject({ code: 'ENOTDIR' })
  })
})

test('what happens to a message within its millisecond does not take the place of the message', async () => {
  const store = new FileTranscriptStore(mkdtempSync(join(tmpdir(), 'transcripts-')))
  const message = { channelId: 'test', conversation: { id: 'c' }, id: 'm1', timestamp: new Date() }
  const types = ['message', 'messageUpdate', 'messageDelete']
  await Promise.all(types.map((type) => store.logActivity({ ...message, type } as Activity)))
  const { items } = await store.getTranscriptActivities('test', 'c')
  expect(items.map(({ type }) => type)).toEqual(types)
})
