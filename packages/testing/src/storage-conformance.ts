import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Storage, StoreItem } from '@parley/state'
import { globalTestRunner } from './test-runner.ts'
import type { TestRunner } from './test-runner.ts'

export interface StorageConformanceOptions {
  /** Ends what `createStorage` opened; called after each test. */
  readonly close?: (storage: Storage) => Promise<void> | void
  /** Default: the global `describe` and `test`. */
  readonly runner?: TestRunner
}

/**
 * Defines the tests every {@link Storage} must pass. They work on keys of their own, so that a shared database will do.
 *
 * @param name - Of the implementation, for the titles.
 * @param createStorage - Called for each test.
 */
export function storageConformance(
  name: string,
  createStorage: () => Storage | Promise<Storage>,
  { close, runner = globalTestRunner() }: StorageConformanceOptions = {},
): void {
  runner.describe(`${name} as a storage`, () => {
    for (const [title, run] of requirements) {
      runner.test(title, async () => {
        const storage = await createStorage()
        try {
          await run(storage, randomUUID())
        } finally {
          await close?.(storage)
        }
      })
    }
  })
}

/** What is required, as a sentence and as a test of it. `key` is not stored yet. */
type Requirement = readonly [title: string, run: (storage: Storage, key: string) => Promise<void>]

const reading: Requirement[] = [
  [
    'a key that is not stored is absent from what read returns',
    async (storage, key) => {
      await storage.write({ [key]: { color: 'red' } })
      assert.deepEqual(Object.keys(await storage.read([key, `${key} other`])), [key])
    },
  ],
  [
    'reading no keys returns nothing',
    async (storage) => {
      assert.deepEqual(Object.keys(await storage.read([])), [])
    },
  ],
  [
    'what was written is read back, with an eTag',
    async (storage, key) => {
      const item = {
        text: 'a\n"ü"\u2028😀',
        list: [1, null, { deep: true }],
        none: null,
        empty: {},
        float: 0.1,
        no: false,
      }
      await storage.write({ [key]: item })
      const { eTag, ...rest } = await readItem(storage, key)
      assert.deepEqual(rest, item)
      assert.equal(typeof eTag, 'string')
    },
  ],
  [
    'a Date is read back as its ISO 8601 text and an undefined property not at all',
    async (storage, key) => {
      await storage.write({ [key]: { at: new Date(0), nothing: undefined } })
      const { eTag: _, ...rest } = await readItem(storage, key)
      assert.deepEqual(rest, { at: '1970-01-01T00:00:00.000Z' })
    },
  ],
  [
    'changing an item after write() was called or after it was read does not change what is stored',
    async (storage, key) => {
      const written = { list: [1] }
      const write = storage.write({ [key]: written })
      written.list.push(2)
      await write
      ;(await readItem(storage, key))['list'].push(3)
      assert.deepEqual((await readItem(storage, key))['list'], [1])
    },
  ],
  [
    'a large item is either stored whole or refused, and then the old one is kept',
    async (storage, key) => {
      const text = 'x'.repeat(2 * 1024 * 1024)
      await storage.write({ [key]: { text: 'old' } })
      const refusal = await rejection(storage.write({ [key]: { text } }))
      assert.equal((await readItem(storage, key))['text'], refusal ? 'old' : text)
      if (refusal) assert.match(String(codeOf(refusal)), /^STATE_/)
    },
  ],
]

const writing: Requirement[] = [
  [
    'writing nothing is fine',
    async (storage) => {
      await storage.write({})
    },
  ],
  [
    'an item is replaced as a whole',
    async (storage, key) => {
      await storage.write({ [key]: { color: 'red', size: 1 } })
      await storage.write({ [key]: { color: 'blue' } })
      const { eTag: _, ...rest } = await readItem(storage, key)
      assert.deepEqual(rest, { color: 'blue' })
    },
  ],
  [
    'the eTag changes with every write, also when the content does not',
    async (storage, key) => {
      const eTags = new Set<unknown>()
      for (let write = 0; write < 3; write++) {
        await storage.write({ [key]: { color: 'red' } })
        eTags.add((await readItem(storage, key)).eTag)
      }
      assert.equal(eTags.size, 3)
    },
  ],
  ...[undefined, '*'].map((eTag): Requirement => [
    `an item with the eTag ${eTag ?? 'undefined'} replaces whatever is stored`,
    async (storage, key) => {
      await storage.write({ [key]: { value: 1 } })
      await storage.write({ [key]: { value: 2, eTag } })
      assert.equal((await readItem(storage, key))['value'], 2)
    },
  ]),
  ...[undefined, '*', 'absent', '"0x8D"', '1'].map((eTag): Requirement => [
    `an item that is not stored is created with the eTag ${eTag ?? 'undefined'}`,
    async (storage, key) => {
      await storage.write({ [key]: { value: 1, eTag } })
      assert.equal((await readItem(storage, key))['value'], 1)
    },
  ]),
  ...['absent', 'W/"x"', '-1', '99999999999999999999'].map((eTag): Requirement => [
    `an item with the foreign eTag ${eTag} does not replace what is stored`,
    async (storage, key) => {
      await storage.write({ [key]: { value: 1 } })
      await assertConflict(key, storage.write({ [key]: { value: 2, eTag } }))
      assert.equal((await readItem(storage, key))['value'], 1)
    },
  ]),
  [
    'the eTag just read replaces the item, and then is stale',
    async (storage, key) => {
      await storage.write({ [key]: { value: 1 } })
      const { eTag } = await readItem(storage, key)
      await storage.write({ [key]: { value: 2, eTag } })
      await assertConflict(key, storage.write({ [key]: { value: 3, eTag } }))
      assert.equal((await readItem(storage, key))['value'], 2)
    },
  ],
  [
    'the eTag of an item that was deleted and created again is stale',
    async (storage, key) => {
      await storage.write({ [key]: { value: 1 } })
      const { eTag } = await readItem(storage, key)
      await storage.delete([key])
      await storage.write({ [key]: { value: 2 } })
      await assertConflict(key, storage.write({ [key]: { value: 3, eTag } }))
    },
  ],
  [
    'when one of several items conflicts none is written',
    async (storage, key) => {
      const [first, stale, fresh] = [`${key} first`, `${key} stale`, `${key} fresh`]
      await storage.write({ [first]: { value: 1 }, [stale]: { value: 1 } })
      const { eTag } = await readItem(storage, stale)
      await storage.write({ [stale]: { value: 2 } })
      const changes = { [first]: { value: 3 }, [stale]: { value: 3, eTag }, [fresh]: { value: 3 } }
      await assertConflict(stale, storage.write(changes))
      const items = await storage.read([first, stale, fresh])
      assert.deepEqual([items[first].value, items[stale].value, items[fresh]], [1, 2, undefined])
    },
  ],
  [
    'of 8 writers that create one item with the eTag absent exactly one succeeds',
    async (storage, key) => {
      const creations = Array.from({ length: 8 }, (_, value) => storage.write({ [key]: { value, eTag: 'absent' } }))
      const results = await Promise.allSettled(creations)
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
    },
  ],
  [
    '8 writers that increment one counter 25 times each make exactly 200',
    async (storage, key) => {
      await Promise.all(Array.from({ length: 8 }, () => incrementTimes(25, storage, key)))
      assert.equal((await readItem(storage, key))['count'], 200)
    },
  ],
]

const deleting: Requirement[] = [
  [
    'deleting removes the items and only them',
    async (storage, key) => {
      const [gone, kept] = [`${key} gone`, `${key} kept`]
      await storage.write({ [gone]: {}, [kept]: {} })
      await storage.delete([gone])
      assert.deepEqual(Object.keys(await storage.read([gone, kept])), [kept])
    },
  ],
  [
    'deleting a key that is not stored, or no keys, is fine',
    async (storage, key) => {
      await storage.delete([key])
      await storage.delete([])
    },
  ],
]

/** Mean something in JavaScript, in paths and URLs, in queries, in file names, or nothing one can see. */
const unusualKeys = [
  ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'eTag'],
  ['a/b', 'a\\b', '/', '.', '..', '../a', '?a=b', '#a', '%2F', '%', '%00'],
  ["a'b", 'a"b', 'a;b', 'a*', '{a}', '$a', '@a', ':a'],
  ['CON', 'NUL', 'con.txt', 'a.', 'a ', ' a'],
  ['a\0b', 'a\nb', '\u2028', '\u200b', 'ü', '😀'],
].flat()

const keys: Requirement[] = [
  ...unusualKeys.map((key): Requirement => [
    `the key ${JSON.stringify(key)} is like any other`,
    async (storage) => {
      await storage.delete([key])
      await storage.write(single(key, { value: 1 }))
      const { eTag } = await readItem(storage, key)
      await storage.write(single(key, { value: 2, eTag }))
      await assertConflict(key, storage.write(single(key, { value: 3, eTag })))
      assert.equal((await readItem(storage, key))['value'], 2)
      await storage.delete([key])
      assert.deepEqual(Object.keys(await storage.read([key])), [])
    },
  ]),
  [
    'keys that look alike are different',
    async (storage, key) => {
      const alike = ['a', 'A', 'a ', ' a', 'a.', 'a/', '/a', 'a//', 'a\\', '%61', 'e\u0301', '\u00e9', 'a\0', 'a%20']
      const written = alike.map((end) => key + end)
      await storage.write(Object.fromEntries(written.map((each) => [each, { each }])))
      const items = await storage.read(written)
      assert.deepEqual(
        written.map((each) => items[each]?.each),
        written,
      )
    },
  ],
  [
    'a key of 4 KiB is like any other, also when only its end differs',
    async (storage, key) => {
      const long = key + 'k'.repeat(4096 - key.length - 1)
      await storage.write({ [`${long}1`]: { value: 1 }, [`${long}2`]: { value: 2 } })
      const items = await storage.read([`${long}1`, `${long}2`])
      assert.deepEqual([items[`${long}1`]?.value, items[`${long}2`]?.value], [1, 2])
    },
  ],
]

const refusals: Requirement[] = [
  ...[null, undefined].map((nothing): Requirement => [
    `reading, writing and deleting ${nothing} are refused`,
    async (storage) => {
      assert.match((await rejection(storage.read(nothing as never)))?.message ?? '', /Keys are required when reading\./)
      const refusal = await rejection(storage.write(nothing as never))
      assert.match(refusal?.message ?? '', /Changes are required when writing\./)
      assert.equal(codeOf(await rejection(storage.delete(nothing as never))), 'STATE_ARGUMENT')
    },
  ]),
  ...unserializable().map(([what, value]): Requirement => [
    `an item that holds ${what} is refused with nothing of the write stored`,
    async (storage, key) => {
      const other = `${key} other`
      await storage.write({ [key]: { value: 'old' } })
      const refusal = await rejection(storage.write({ [other]: { value: 1 }, [key]: { nested: [{ value }] } }))
      assert.equal(codeOf(refusal), 'STATE_NOT_SERIALIZABLE')
      const items = await storage.read([key, other])
      assert.deepEqual([items[key].value, items[other]], ['old', undefined])
    },
  ]),
]

const requirements: Requirement[] = [...reading, ...writing, ...deleting, ...keys, ...refusals]

function unserializable(): [what: string, value: unknown][] {
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  return [
    ['a cycle', cycle],
    ['a bigint', 1n],
    ['a Map', new Map([[1, 2]])],
    ['a Set', new Set([1])],
    ['an Error', new Error('lost')],
    ['binary data', new Uint8Array(2)],
  ]
}

async function incrementTimes(times: number, storage: Storage, key: string): Promise<void> {
  for (let done = 0; done < times;) {
    const item: StoreItem = (await storage.read([key]))[key] ?? { count: 0, eTag: 'absent' }
    const refusal = await rejection(storage.write({ [key]: { ...item, count: item['count'] + 1 } }))
    if (!refusal) done++
    else if (codeOf(refusal) !== 'STATE_CONFLICT') throw refusal
  }
}

async function readItem(storage: Storage, key: string): Promise<StoreItem> {
  const items = await storage.read([key])
  assert.ok(Object.hasOwn(items, key), `${JSON.stringify(key)} is not stored`)
  return items[key]
}

/** An object with that property even if its name is `__proto__`. */
function single(key: string, item: StoreItem): { [key: string]: StoreItem } {
  return Object.fromEntries([[key, item]])
}

async function assertConflict(key: string, write: Promise<void>): Promise<void> {
  const refusal = await rejection(write)
  assert.equal(codeOf(refusal), 'STATE_CONFLICT')
  assert.equal(refusal?.message, `Storage: error writing "${key}" due to eTag conflict.`)
}

async function rejection(work: Promise<unknown>): Promise<Error | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    return error as Error
  }
}

function codeOf(error: Error | undefined): unknown {
  return (error as { code?: unknown } | undefined)?.code
}
