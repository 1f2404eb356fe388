import { delay } from './delay.ts'
import { retry } from './retry.ts'

test('calls are counted from one until one succeeds', async () => {
  const calls: number[] = []
  const result = await retry(
    async (n) => {
      calls.push(n)
      if (n < 3) throw new Error('not yet')
      return 'ok'
    },
    5,
    1,
  )
  expect([result, calls]).toEqual(['ok', [1, 2, 3]])
})

test.each([
  [3, 3],
  [1, 1],
  [0, 1],
])('with %i retries there are %i calls, and the last rejection is passed on', async (maxRetries, expected) => {
  let calls = 0
  const failing = retry(
    async () => {
      calls += 1
      throw new Error(`call ${calls}`)
    },
    maxRetries,
    1,
  )
  await expect(failing).rejects.toThrow(`call ${expected}`)
  expect(calls).toBe(expected)
})

test('what is thrown instead of rejected is not retried', async () => {
  let calls = 0
  const thrower = retry(
    () => {
      calls += 1
      throw new Error('sync')
    },
    3,
    1,
  )
  await expect(thrower).rejects.toThrow('sync')
  expect(calls).toBe(1)
})

test('delay gives what it waited with, and passes a rejection on', async () => {
  expect(await delay(1)).toBeUndefined()
  expect(await delay(Promise.resolve(3), 1)).toBe(3)
  await expect(delay(Promise.reject(new Error('no')), 1)).rejects.toThrow('no')
})
