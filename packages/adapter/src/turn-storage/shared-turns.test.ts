import { setTimeout as sleep } from 'node:timers/promises'
import { MemoryStorage } from '@parley/state'
import { DONE } from '../http/answers.ts'
import type { Answer } from '../http/inbound-request.ts'
import { SharedTurns } from './shared-turns.ts'
import type { TurnItem } from './turn-items.ts'

/** Two hosts over one storage, on a clock that stands still until it is moved. */
function scene() {
  const stored: Record<string, string> = {}
  const clock = { ms: 1_700_000_000_000 }
  const events: string[] = []
  const create = (): SharedTurns =>
    new SharedTurns({
      storage: new MemoryStorage(stored),
      maybeSent: 'resend',
      onFailure: 'refuse',
      waitMs: 50,
      renewMs: 5,
      pollMs: 5,
      now: () => clock.ms,
      onMaybeSent: () => events.push('maybe sent'),
      onTakenOver: () => events.push('taken over'),
      onStorageError: (error) => events.push(error.message),
      onAnswerTooLarge: () => events.push('too large'),
    })
  const item = (): TurnItem => {
    const [, text = '{}'] = Object.entries(stored).find(([key]) => /^turns\/[0-9a-f]{64}$/.test(key)) ?? []
    return JSON.parse(text) as TurnItem
  }
  return { clock, events, item, hosts: [create(), create()] as const }
}

const never = (): Promise<Answer> => Promise.reject(new Error('not alone'))

/** A turn, and what ends it. */
function turn() {
  let end: (answer: Answer) => void = () => {}
  const ended = new Promise<Answer>((resolve) => {
    end = resolve
  })
  let runs = 0
  const start = () => {
    runs += 1
    return { answer: ended, end: ended }
  }
  return { start, end: () => end(DONE), runs: () => runs }
}

test('a turn that takes longer than a lease stays with its host', async () => {
  const { clock, item, hosts } = scene()
  const [one, other] = hosts
  const { start, end, runs } = turn()
  const answered = one.run('a', start, never)
  for (let lease = 0; lease < 3; lease += 1) {
    clock.ms += 14_000
    while (!(item().leaseUntil >= clock.ms + 15_000)) await sleep(1)
  }

  await expect(other.run('a', start, never)).rejects.toMatchObject({ code: 'TURN_RUNS_ELSEWHERE' })
  end()

  expect(await answered).toBe(DONE)
  expect(await other.run('a', start, never)).toEqual(DONE)
  expect(runs()).toBe(1)
  await Promise.all(hosts.map((host) => host.close()))
})

test('nobody waits for another host once the own one closes', async () => {
  const { hosts } = scene()
  const [one, other] = hosts
  const { start, end } = turn()
  const answered = one.run('a', start, never)
  await other.close()

  await expect(other.run('a', start, never)).rejects.toMatchObject({ code: 'TURN_RUNS_ELSEWHERE' })
  end()

  await answered
  await one.close()
})

test('a turn that cannot begin is free for the next delivery', async () => {
  const { item, hosts } = scene()
  const [one, other] = hosts
  const failing = (): never => {
    throw new Error('the connector is closed')
  }

  await expect(one.run('a', failing, never)).rejects.toThrow('the connector is closed')
  expect(item().state).toBe('open')

  const { start, end } = turn()
  end()
  expect(await other.run('a', start, never)).toEqual(DONE)
  await Promise.all(hosts.map((host) => host.close()))
})
