import { MemoryStorage } from '@parley/state'
import { ExpiredTurns } from './expired-turns.ts'
import { TurnItems } from './turn-items.ts'

const KEEP_MS = 600_000

/** Hosts over one storage, on a clock that stands still until it is moved. */
function scene(hosts = 1) {
  const stored: Record<string, string> = {}
  const items = new TurnItems(new MemoryStorage(stored), 1000)
  const clock = { ms: 1_700_000_000_000 }
  const failures: Error[] = []
  const create = (): ExpiredTurns =>
    new ExpiredTurns({ items, keepMs: KEEP_MS, now: () => clock.ms, onFailure: (error) => failures.push(error) })
  const keep = (key: string): Promise<boolean> => items.replace(key, { expiresAt: clock.ms + KEEP_MS }, '*')
  return { stored, items, clock, failures, keep, hosts: Array.from({ length: hosts }, create) }
}

/** More often than there are lists to work through. */
async function ticks(host: ExpiredTurns): Promise<void> {
  for (let tick = 0; tick < 10; tick += 1) await host.tick()
}

test('turns are removed when they have expired, with the lists of them, and not before', async () => {
  const { stored, clock, keep, hosts } = scene()
  const [host] = hosts as [ExpiredTurns]
  for (const key of ['turns/a', 'turns/b']) {
    await keep(key)
    host.add(key)
  }
  await ticks(host)

  clock.ms += KEEP_MS
  await ticks(host)
  const before = Object.keys(stored)
  clock.ms += 30_000
  await ticks(host)
  await host.close()

  expect(before).toEqual(expect.arrayContaining(['turns/a', 'turns/b']))
  expect(Object.keys(stored)).toEqual(['turns/index'])
  expect(stored['turns/index']).toContain('"keys":[]')
})

test('a host that is gone leaves what has expired to another', async () => {
  const { stored, clock, keep, hosts } = scene(2)
  const [gone, other] = hosts as [ExpiredTurns, ExpiredTurns]
  await keep('turns/a')
  gone.add('turns/a')
  await gone.close()

  clock.ms += KEEP_MS + 30_000
  await ticks(other)

  expect(Object.keys(stored)).toEqual(['turns/index'])
})

test('a turn that took long, and was stored again at its end, stays for as long as others', async () => {
  const { stored, clock, keep, hosts } = scene()
  const [host] = hosts as [ExpiredTurns]
  await keep('turns/a')
  host.add('turns/a')
  await host.tick()
  clock.ms += KEEP_MS
  await keep('turns/a')

  clock.ms += 30_000
  await ticks(host)
  const kept = Object.keys(stored)
  clock.ms += KEEP_MS + 30_000
  await ticks(host)
  await host.close()

  expect(kept).toContain('turns/a')
  expect(stored).not.toHaveProperty(['turns/a'])
})

test('what two hosts list at once is all listed', async () => {
  const { stored, hosts } = scene(2)
  hosts.forEach((host, index) => host.add(`turns/${index}`))

  await Promise.all(hosts.map((host) => host.close()))

  const listed = Object.entries(stored).filter(([key]) => key.startsWith('turns/index/'))
  expect(listed).toHaveLength(1)
  expect(listed[0]![1]).toContain('"turns/0"')
  expect(listed[0]![1]).toContain('"turns/1"')
})

test('what cannot be listed because the storage fails is listed later', async () => {
  const { stored, items, failures, hosts } = scene()
  const [host] = hosts as [ExpiredTurns]
  const replace = items.replace.bind(items)
  items.replace = () => Promise.reject(new Error('down'))
  host.add('turns/a')
  await host.tick()
  items.replace = replace

  await host.close()

  expect(failures).toHaveLength(1)
  expect(Object.keys(stored)).toHaveLength(2)
})
