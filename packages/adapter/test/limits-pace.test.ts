import { InboundRefusedError } from '@parley/core'
import { refuse } from '../src/http/answers.ts'
import type { Answer } from '../src/http/inbound-request.ts'
import { RefusalPace } from '../src/http/refusal-pace.ts'

const LIMITS = { intervalMs: 10, burst: 5, maxDelayMs: 30 }

/** The next answers of a flood, and a clock to set. */
function paceAt(time: { now: number }): (count: number) => (number | undefined)[] {
  const pace = new RefusalPace({ ...LIMITS, now: () => time.now })
  return (count) => Array.from({ length: count }, () => pace.next())
}

test('a burst is answered at once, what follows at intervals', () => {
  const next = paceAt({ now: 1000 })
  expect(next(5)).toEqual([0, 0, 0, 0, 0])
  expect(next(4)).toEqual([0, 10, 20, 30])
})

test('no answer is held back longer than the longest time', () => {
  const next = paceAt({ now: 1000 })
  next(9)
  expect(next(2)).toEqual([undefined, undefined])
})

test('refusals that nobody would call a flood are answered at once, for ever', () => {
  const time = { now: 1000 }
  const next = paceAt(time)
  for (let count = 0; count < 100; count += 1) {
    expect(next(1)).toEqual([0])
    time.now += 10
  }
})

test('a quiet time makes up for a flood, and for no more than one burst', () => {
  const time = { now: 1000 }
  const next = paceAt(time)
  next(9)
  time.now += 10_000
  expect(next(7)).toEqual([0, 0, 0, 0, 0, 0, 10])
})

describe('the answer to a refused request', () => {
  const flood = (status: number, isProven: boolean): Answer[] => {
    const error = new InboundRefusedError({ code: 'SOME_CODE', status }, 'No.')
    return Array.from({ length: 5000 }, () => refuse(error, isProven).answer)
  }

  test.each([
    ['a proven sender', 400, true],
    ['a stranger whom we could not check', 503, false],
  ])('is held back from %s at no time', (_, status, isProven) => {
    const answers = flood(status, isProven)
    expect(answers.filter(({ delayMs, headers }) => delayMs || headers['Connection'])).toEqual([])
  })

  test('is held back from strangers in a flood; when too many wait, the rest lose their connection', () => {
    const answers = flood(401, false)
    const atOnce = answers.findIndex(({ delayMs }) => delayMs)
    const later = answers.findIndex(({ headers }) => headers['Connection'] === 'close')
    expect(atOnce).toBeGreaterThanOrEqual(200)
    expect(later - atOnce).toBeGreaterThanOrEqual(400)
    expect(answers[later]).toMatchObject({ status: 401, headers: { 'WWW-Authenticate': expect.any(String) } })
  })
})
