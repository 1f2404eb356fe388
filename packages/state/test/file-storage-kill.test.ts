import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { FileStorage } from '@parley/state'
import type { StoreItems } from '@parley/state'
import { temporaryTree } from 'test-support/temporary-tree'
import { Program } from './program.ts'

jest.setTimeout(120_000)

const WRITERS = 4
const KILLS_PER_WRITER = 13

const accounts = Array.from({ length: 6 }, (_, index) => `account ${index}`)
const ledgers = Array.from({ length: WRITERS }, (_, index) => `ledger ${index}`)
const env = { ACCOUNTS: JSON.stringify(accounts), LEDGERS: JSON.stringify(ledgers) }

const START_BALANCE = 1000

/** What the writers were told is stored. */
type Acknowledged = Record<string, number>

/** Everything that must be so in what a fresh process reads, whenever others were killed. */
function check(found: StoreItems, acknowledged: Acknowledged): void {
  const sum = (property: string): number =>
    accounts.reduce((total, account) => total + (found[account]?.[property] as number), 0)
  const transfers = (ledger: string): number => found[ledger]?.transfers ?? 0
  expect(sum('balance')).toBe(accounts.length * START_BALANCE)
  expect(sum('moves')).toBe(2 * ledgers.reduce((total, ledger) => total + transfers(ledger), 0))
  for (const [ledger, number] of Object.entries(acknowledged)) expect(transfers(ledger)).toBeGreaterThanOrEqual(number)
}

/** Nothing is left of what killed processes had begun. */
function checkLeftovers(folder: string, items: number): void {
  expect(readdirSync(folder).sort()).toEqual(['items', 'staged'])
  expect(readdirSync(join(folder, 'staged'))).toEqual([])
  expect(readdirSync(join(folder, 'items'))).toHaveLength(items)
}

async function killAgainAndAgain(folder: string, ledger: string, acknowledged: Acknowledged): Promise<number> {
  let kills = 0
  while (kills < KILLS_PER_WRITER) {
    const before = { ...acknowledged }
    const program = new Program('transfers.mjs', [folder, ledger, kills % 2 ? 'none' : 'fsync'], env)
    const found = JSON.parse((await program.next()) ?? '{}') as StoreItems
    check(found, before)
    // What was not acknowledged may be stored; it is one transfer at most.
    expect((found[ledger]?.transfers ?? 0) - (before[ledger] ?? 0)).toBeLessThanOrEqual(1)

    await program.next()
    await delay(Math.random() * 50)
    program.signal('SIGKILL')
    expect(await program.ended()).toBe('SIGKILL')
    acknowledged[ledger] = Number(program.lines.at(-1))
    kills++
  }
  return kills
}

test('52 kills of 4 processes that write leave nothing torn and lose nothing that was acknowledged', async () => {
  const folder = temporaryTree({})
  const seed = accounts.map((account) => [account, { balance: START_BALANCE, moves: 0 }])
  await new FileStorage(folder).write(Object.fromEntries(seed) as StoreItems)
  const acknowledged: Acknowledged = {}
  const kills = await Promise.all(ledgers.map((ledger) => killAgainAndAgain(folder, ledger, acknowledged)))
  expect(kills).toEqual(ledgers.map(() => KILLS_PER_WRITER))

  const storage = new FileStorage(folder)
  const found = await storage.read([...accounts, ...ledgers])
  check(found, acknowledged)
  expect(Object.values(acknowledged).every((transfers) => transfers >= KILLS_PER_WRITER)).toBe(true)
  checkLeftovers(folder, accounts.length + ledgers.length)
})

test('a process killed before its n-th file operation, whichever, leaves each write done or not and nothing else', async () => {
  const steps = [
    ['write', { a: { value: 2 }, b: { value: 2 } }],
    ['delete', ['a', 'b']],
    ['write', { a: { value: 3 } }],
  ]
  /** What is stored before the first step and after each. */
  const versions = [{ a: 1, b: 1 }, { a: 2, b: 2 }, {}, { a: 3 }]
  const operations = await sweep(async (folder, n) => {
    const survivor = new FileStorage(folder)
    await survivor.write({ a: { value: 1 }, b: { value: 1 } })
    const program = new Program('kill-at-call.mjs', [folder, String(n), JSON.stringify(steps)])
    const isKilled = (await program.ended()) === 'SIGKILL'
    const told = program.lines.filter((line) => line === 'done').length
    expect(program.lines.includes('end')).toBe(!isKilled)

    // One item first: reading it takes no lock, unless a write of several is to be completed.
    const single = await survivor.read(['a'])
    const storage = new FileStorage(folder)
    const items = await storage.read(['a', 'b'])
    const found = Object.fromEntries(Object.entries(items).map(([key, { value }]) => [key, value as number]))
    expect(single['a']?.value).toBe(found['a'])
    // The step after the last it was told of may be done.
    expect(versions.slice(told, isKilled ? told + 2 : undefined)).toContainEqual(found)
    await storage.write({ another: {} })
    checkLeftovers(folder, Object.keys(items).length + 1)
    return !isKilled
  })
  expect(operations).toBeGreaterThan(40)
})

/** Two at a time, each in a folder of its own, until one says that there is no n-th operation; returns how many there are. */
async function sweep(run: (folder: string, n: number) => Promise<boolean>): Promise<number> {
  let next = 1
  let last = Infinity
  const worker = async (): Promise<void> => {
    while (next < last) {
      const n = next++
      if (await run(temporaryTree({}), n)) last = Math.min(last, n)
    }
  }
  await Promise.all([worker(), worker()])
  return last - 1
}
