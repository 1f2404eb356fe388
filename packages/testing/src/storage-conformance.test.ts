import { MemoryStorage } from '@parley/state'
import type { Storage, StoreItems } from '@parley/state'
import { storageConformance } from './storage-conformance.ts'
import type { TestRunner } from './test-runner.ts'

/** Runs the suite on a storage, and tells which requirements it misses. */
async function missedBy(createStorage: () => Storage, close?: () => void): Promise<string[]> {
  const runs: [title: string, run: () => Promise<void>][] = []
  const runner: TestRunner = {
    describe: (_name, define) => define(),
    test: (title, run) => runs.push([title, run]),
  }
  storageConformance('A storage', createStorage, close ? { runner, close } : { runner })
  const missed: string[] = []
  for (const [title, run] of runs) await run().catch(() => missed.push(title))
  return missed
}

/** Like MemoryStorage, except for what the options say. */
class FaultyStorage implements Storage {
  protected readonly inner = new MemoryStorage()

  read(keys: string[]): Promise<StoreItems> {
    return this.inner.read(keys)
  }

  write(changes: StoreItems): Promise<void> {
    return this.inner.write(changes)
  }

  delete(keys: string[]): Promise<void> {
    return this.inner.delete(keys)
  }
}

class LastWriterWins extends FaultyStorage {
  override write(changes: StoreItems): Promise<void> {
    const blind = Object.entries(changes ?? null!).map(([key, item]) => [key, { ...item, eTag: '*' }])
    return this.inner.write(Object.fromEntries(blind))
  }
}

class OneByOne extends FaultyStorage {
  override async write(changes: StoreItems): Promise<void> {
    if (!changes) return this.inner.write(changes)
    for (const [key, item] of Object.entries(changes)) await this.inner.write(Object.fromEntries([[key, item]]))
  }
}

class CheckThenWrite extends FaultyStorage {
  override async write(changes: StoreItems): Promise<void> {
    const stored = await this.read(Object.keys(changes))
    for (const [key, { eTag }] of Object.entries(changes)) {
      if (eTag && eTag !== '*' && stored[key] && stored[key].eTag !== eTag) return this.inner.write(changes)
    }
    await new Promise(setImmediate)
    const blind = Object.entries(changes).map(([key, item]) => [key, { ...item, eTag: '*' }])
    await this.inner.write(Object.fromEntries(blind))
  }
}

class CaseInsensitive extends FaultyStorage {
  override async read(keys: string[]): Promise<StoreItems> {
    const items = await this.inner.read(keys.map((key) => key.toLowerCase()))
    return Object.fromEntries(
      keys.flatMap((key) => (Object.hasOwn(items, key.toLowerCase()) ? [[key, items[key.toLowerCase()]]] : [])),
    )
  }

  override write(changes: StoreItems): Promise<void> {
    return this.inner.write(Object.fromEntries(Object.entries(changes).map(([key, item]) => [key.toLowerCase(), item])))
  }

  override delete(keys: string[]): Promise<void> {
    return this.inner.delete(keys.map((key) => key.toLowerCase()))
  }
}

class PlainJson extends FaultyStorage {
  override async write(changes: StoreItems): Promise<void> {
    return this.inner.write(changes && JSON.parse(JSON.stringify(changes)))
  }
}

class EmptyItems extends FaultyStorage {
  override async read(keys: string[]): Promise<StoreItems> {
    const items = await this.inner.read(keys)
    for (const key of keys) items[key] ??= {}
    return items
  }
}

/** Every eTag begins at 1 again when an item is created, as a revision number per row does. */
class RevisionPerRow extends FaultyStorage {
  private readonly first = new Map<string, number>()

  override async read(keys: string[]): Promise<StoreItems> {
    const items = await this.inner.read(keys)
    for (const key of Object.keys(items)) items[key].eTag = String(items[key].eTag - (this.first.get(key) ?? 0))
    return items
  }

  override async write(changes: StoreItems): Promise<void> {
    if (!changes) return this.inner.write(changes)
    const before = await this.inner.read(Object.keys(changes))
    const shifted = Object.entries(changes).map(([key, item]) => {
      const { eTag } = item
      const isNumber = /^\d+$/.test(eTag ?? '')
      return [key, isNumber ? { ...item, eTag: String(Number(eTag) + (this.first.get(key) ?? 0)) } : item]
    })
    await this.inner.write(Object.fromEntries(shifted))
    const after = await this.inner.read(Object.keys(changes))
    for (const key of Object.keys(after)) {
      if (!Object.hasOwn(before, key)) this.first.set(key, after[key].eTag - 1)
    }
  }
}

describe('storageConformance', () => {
  test('a storage that does what is required misses nothing', async () => {
    await expect(missedBy(() => new MemoryStorage())).resolves.toEqual([])
  })

  test.each<[string, () => Storage, string]>([
    ['ignores eTags', () => new LastWriterWins(), 'the eTag just read replaces the item, and then is stale'],
    [
      'ignores eTags',
      () => new LastWriterWins(),
      '8 writers that increment one counter 25 times each make exactly 200',
    ],
    ['writes one by one', () => new OneByOne(), 'when one of several items conflicts none is written'],
    [
      'checks before it writes',
      () => new CheckThenWrite(),
      '8 writers that increment one counter 25 times each make exactly 200',
    ],
    [
      'checks before it writes',
      () => new CheckThenWrite(),
      'of 8 writers that create one item with the eTag absent exactly one succeeds',
    ],
    ['folds the case of keys', () => new CaseInsensitive(), 'keys that look alike are different'],
    [
      'stores what JSON leaves',
      () => new PlainJson(),
      'an item that holds a Map is refused with nothing of the write stored',
    ],
    ['returns empty items', () => new EmptyItems(), 'a key that is not stored is absent from what read returns'],
    [
      'numbers the versions of each row',
      () => new RevisionPerRow(),
      'the eTag of an item that was deleted and created again is stale',
    ],
  ])('a storage that %s is found out', async (_, createStorage, requirement) => {
    await expect(missedBy(createStorage)).resolves.toContain(requirement)
  })

  test('closes what it opened after every test, failed ones too', async () => {
    let open = 0
    let opened = 0
    const create = (): Storage => {
      open++
      opened++
      return new LastWriterWins()
    }
    await missedBy(create, () => open--)
    expect(open).toBe(0)
    expect(opened).toBeGreaterThan(50)
  })
})
