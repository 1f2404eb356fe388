import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  lstatSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { storageConformance } from '@parley/testing'
import { temporaryTree } from 'test-support/temporary-tree'
import type { StoreItem } from '../storage.ts'
import { FileStorage } from './file-storage.ts'
import { itemFileName } from './item-file.ts'

const shared = temporaryTree({})
storageConformance('FileStorage', () => new FileStorage(shared))
storageConformance('FileStorage without fsync', () => new FileStorage(shared, { durability: 'none' }))

const describeUnix = process.platform === 'win32' ? describe.skip : describe

function pathOf(folder: string, key: string): string {
  return join(folder, 'items', itemFileName(key))
}

describe('FileStorage', () => {
  test('reads what another storage over the folder wrote', async () => {
    const folder = temporaryTree({})
    await new FileStorage(folder).write({ a: { value: 1 }, b: { value: 2 } })
    const { a, b } = await new FileStorage(folder).read(['a', 'b'])
    expect([a.value, b.value]).toEqual([1, 2])
  })

  test('keeps each item in a file that says which it is', async () => {
    const folder = temporaryTree({})
    await new FileStorage(folder).write({ 'a/b': { value: 1, eTag: '*' } })
    expect(readdirSync(join(folder, 'items'))).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.json$/)])
    const content = JSON.parse(readFileSync(pathOf(folder, 'a/b'), 'utf8')) as StoreItem
    expect(content).toEqual({ key: 'a/b', eTag: expect.any(String), item: { value: 1 } })
  })

  describeUnix('where files have modes', () => {
    test('keeps everything from the eyes of others, in a folder it creates', async () => {
      const folder = join(temporaryTree({}), 'above', 'folder')
      await new FileStorage(folder).write({ a: {}, b: {} })
      const paths = ['.', 'items', 'staged', join('items', itemFileName('a'))]
      const modes = paths.map((path) => statSync(join(folder, path)).mode & 0o777)
      expect(modes).toEqual([0o700, 0o700, 0o700, 0o600])
    })
  })

  test('leaves nothing beside the items', async () => {
    const folder = temporaryTree({})
    const storage = new FileStorage(folder)
    await storage.write({ a: {}, b: {} })
    await storage.write({ a: {} })
    await storage.delete(['b'])
    await expect(storage.write({ a: { eTag: 'stale' } })).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
    expect(readdirSync(folder).sort()).toEqual(['items', 'staged'])
    expect(readdirSync(join(folder, 'staged'))).toEqual([])
    expect(readdirSync(join(folder, 'items'))).toEqual([itemFileName('a')])
  })

  test('keeps halves of surrogate pairs apart, in keys and in items', async () => {
    const storage = new FileStorage(temporaryTree({}))
    const keys = ['\ud83d', '\ude00', '\ufffd', '\ud83d\ude00']
    await storage.write(Object.fromEntries(keys.map((key) => [key, { key }])))
    const items = await storage.read(keys)
    expect(keys.map((key) => (items[key] as StoreItem)['key'] as string)).toEqual(keys)
  })

  test('shows all or nothing of a write of several items to those who read them together', async () => {
    const folder = temporaryTree({})
    const [writer, reader] = [new FileStorage(folder, { durability: 'none' }), new FileStorage(folder)]
    await writer.write({ a: { value: 0 }, b: { value: 0 } })
    const seen: unknown[] = []
    const writing = (async () => {
      for (let value = 1; value <= 20; value++) await writer.write({ a: { value }, b: { value } })
    })()
    while (seen.at(-1) !== 20) {
      const { a, b } = await reader.read(['a', 'b'])
      expect(a.value).toBe(b.value)
      seen.push(a.value)
    }
    await writing
  })

  test('opens few files at a time, however many items are read', async () => {
    const storage = new FileStorage(temporaryTree({}), { durability: 'none' })
    await storage.write({ key: { value: 1 } })
    const before = openFiles()
    let most = 0
    const reading = Promise.all(Array.from({ length: 1000 }, () => storage.read(['key'])))
    const watch = setInterval(() => (most = Math.max(most, openFiles())), 1)
    await reading
    clearInterval(watch)
    expect(most - before).toBeLessThan(40)
  })

  test('refuses an item that is larger than maxBytes with nothing of the write stored', async () => {
    const storage = new FileStorage(temporaryTree({}), { maxBytes: 20 })
    await storage.write({ old: { text: 'äää' } })
    await expect(storage.write({ other: {}, old: { text: 'äääääääää' } })).rejects.toMatchObject({
      code: 'STATE_TOO_LARGE',
      bytes: 29,
      maxBytes: 20,
    })
    await expect(storage.read(['other', 'old'])).resolves.toEqual({ old: { text: 'äää', eTag: expect.any(String) } })
  })

  test('goes on when its folder was removed while it was open', async () => {
    const folder = temporaryTree({})
    const storage = new FileStorage(folder)
    await storage.write({ a: {} })
    rmSync(folder, { recursive: true })
    await expect(storage.read(['a'])).resolves.toEqual({})
    await expect(storage.write({ a: {} })).rejects.toMatchObject({ code: 'STATE_IO', folder })
    await expect(storage.write({ a: {} })).resolves.toBeUndefined()
  })

  test('a relative folder is one of the current folder at that time', () => {
    expect(new FileStorage('data').folder).toBe(join(process.cwd(), 'data'))
  })
})

/** Of this process; 0 where the system does not say. */
function openFiles(): number {
  return existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0
}

describe('what FileStorage did not write', () => {
  const foreign: [what: string, put: (path: string, elsewhere: string) => void, reason: string][] = [
    ['a link to a file', (path, elsewhere) => symlinkSync(elsewhere, path), 'is a link'],
    ['a link to nothing', (path) => symlinkSync('nowhere', path), 'is a link'],
    ['a folder', (path) => mkdirSync(path), 'is not a file'],
    ['a pipe', (path) => void execFileSync('mkfifo', [path]), 'is not a file'],
    ['an empty file', (path) => writeFileSync(path, ''), 'does not hold JSON'],
    ['half an item', (path) => writeFileSync(path, '{"key":"key","eTa'), 'does not hold JSON'],
    ['another JSON', (path) => writeFileSync(path, '{"name":"package"}'), 'does not hold an item'],
    ['the item of another key', (path) => writeFileSync(path, '{"key":"a","eTag":"1","item":{}}'), 'another key'],
  ]

  describeUnix.each(foreign)('in the place of an item, %s', (_, put, reason) => {
    test('is neither followed, waited for, overwritten nor removed', async () => {
      const elsewhere = join(temporaryTree({ secret: '{"key":"key","eTag":"1","item":{}}' }), 'secret')
      const folder = temporaryTree({})
      const storage = new FileStorage(folder)
      await storage.write({ another: { value: 1 } })
      const path = pathOf(folder, 'key')
      put(path, elsewhere)
      const before = lstatSync(path)

      const operations = [
        () => storage.read(['key']),
        () => storage.write({ key: {} }),
        () => storage.write({ another: { value: 2 }, key: {} }),
        () => storage.delete(['another', 'key']),
      ]
      for (const operation of operations) {
        await expect(operation()).rejects.toMatchObject({
          code: 'STATE_DAMAGED',
          path,
          message: expect.stringContaining(reason),
        })
      }
      expect(lstatSync(path)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs })
      expect(readFileSync(elsewhere, 'utf8')).toBe('{"key":"key","eTag":"1","item":{}}')
      await expect(storage.read(['another'])).resolves.toMatchObject({ another: { value: 1 } })
    })
  })

  test('elsewhere in the folder stays as it is', async () => {
    const files = {
      'notes.txt': 'mine',
      'lock.txt': 'mine',
      'items/notes.txt': 'mine',
      'staged/notes.txt': 'mine',
      'lock.1.1.mine/notes.txt': 'mine',
    }
    const folder = temporaryTree(files)
    const storage = new FileStorage(folder)
    await storage.write({ a: {}, b: {} })
    await storage.delete(['a'])
    for (const path of Object.keys(files)) expect(readFileSync(join(folder, path), 'utf8')).toBe('mine')
  })

  const places: [what: string, files: Record<string, string>, links: [path: string, target: string][], at: string][] = [
    ['a file in the place of the lock', { lock: 'mine' }, [], 'lock'],
    ['a folder in the place of the lock', { 'lock/notes.txt': 'mine' }, [], 'lock'],
    ['a link in the place of the lock', { 'aside/notes.txt': 'mine' }, [['lock', 'aside']], 'lock'],
    ['a file in the place of the items', { items: 'mine' }, [], 'items'],
    ['a link in the place of the items', { 'aside/notes.txt': 'mine' }, [['items', 'aside']], 'items'],
    ['a link in the place of the journal', { 'items/x': '' }, [['items/journal.json', 'x']], 'items/journal.json'],
    ['a journal that is not JSON', { 'items/journal.json': '{' }, [], 'items/journal.json'],
    ['a journal without a list', { 'items/journal.json': 'null' }, [], 'items/journal.json'],
    [
      'a journal with a path',
      { 'items/journal.json': '{"entries":[{"file":"../../x","staged":null}]}' },
      [],
      'items/journal.json',
    ],
    [
      'a journal with a path of what was staged',
      { 'items/journal.json': `{"entries":[{"file":"${'0'.repeat(64)}.json","staged":"../x.0"}]}` },
      [],
      'items/journal.json',
    ],
  ]

  test.each(places)('%s makes it refuse to work, with the path', async (_, files, links, at) => {
    const folder = temporaryTree(files)
    for (const [path, target] of links) symlinkSync(target, join(folder, path))
    const storage = new FileStorage(folder)
    const expected = { code: 'STATE_DAMAGED', path: join(folder, at) }
    await expect(storage.write({ a: {} })).rejects.toMatchObject(expected)
    await expect(storage.read(['a', 'b'])).rejects.toMatchObject(expected)
    for (const [path, content] of Object.entries(files)) expect(readFileSync(join(folder, path), 'utf8')).toBe(content)
  })

  test('and removed since, no longer makes it refuse to work', async () => {
    const folder = temporaryTree({ lock: 'mine' })
    const storage = new FileStorage(folder)
    await expect(storage.write({ a: {} })).rejects.toMatchObject({ code: 'STATE_DAMAGED' })
    rmSync(join(folder, 'lock'))
    await expect(storage.write({ a: {} })).resolves.toBeUndefined()
  })

  test.each([['file'], [join('file', 'below')]])('a file makes it refuse the folder %s', async (below) => {
    const folder = join(temporaryTree({ file: 'mine' }), below)
    await expect(new FileStorage(folder).read(['a'])).rejects.toMatchObject({ code: 'STATE_DAMAGED', path: folder })
  })
})
