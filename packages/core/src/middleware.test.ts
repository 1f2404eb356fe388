import { setTimeout as delay } from 'node:timers/promises'
import { compose } from './middleware.ts'
import type { MiddlewareFunction } from './middleware.ts'

type Log = string[]

const done = async (): Promise<void> => {}

function layer(name: string): MiddlewareFunction<Log> {
  return async (log, next) => {
    log.push(`${name} in`)
    await next()
    log.push(`${name} out`)
  }
}

describe('compose', () => {
  test('runs layers around each other, in the order given', async () => {
    const log: Log = []
    await compose([layer('a'), layer('b')])(log, async () => {
      log.push('core')
    })
    expect(log).toEqual(['a in', 'b in', 'core', 'b out', 'a out'])
  })

  test('without layers runs what is inside', async () => {
    const core = jest.fn(done)
    await compose([])([], core)
    expect(core).toHaveBeenCalledTimes(1)
  })

  test('a layer that does not call next() ends the run', async () => {
    const log: Log = []
    const core = jest.fn(done)
    await compose([layer('a'), async () => {}, layer('b')])(log, core)
    expect(log).toEqual(['a in', 'a out'])
    expect(core).not.toHaveBeenCalled()
  })

  test.each<[string, MiddlewareFunction<Log>]>([
    ['is not async and returns next()', (_log, next) => next()],
    ['is not async and does not call next()', () => {}],
    ['awaits next() beside other work', async (_log, next) => void (await Promise.all([next(), delay(1)]))],
  ])('a layer that %s is fine', async (_, middleware) => {
    await expect(compose([middleware])([], () => delay(1))).resolves.toBeUndefined()
  })

  test('a composition is itself a layer', async () => {
    const log: Log = []
    await compose([layer('a'), compose([layer('b'), layer('c')]), layer('d')])(log, done)
    expect(log).toEqual(['a in', 'b in', 'c in', 'd in', 'd out', 'c out', 'b out', 'a out'])
  })

  test('may be run several times at once', async () => {
    const run = compose([layer('a')])
    const logs: Log[] = [[], []]
    await Promise.all(logs.map((log) => run(log, () => delay(1))))
    expect(logs).toEqual([
      ['a in', 'a out'],
      ['a in', 'a out'],
    ])
  })

  test.each<[string, MiddlewareFunction<Log>]>([
    ['rejects', async () => Promise.reject(new Error('broken'))],
    [
      'throws',
      () => {
        throw new Error('broken')
      },
    ],
    [
      'rejects after next()',
      async (_log, next) => {
        await next()
        throw new Error('broken')
      },
    ],
  ])('an error of a layer that %s reaches the caller through the outer layers', async (_, broken) => {
    const log: Log = []
    const cleanUp: MiddlewareFunction<Log> = async (_log, next) => {
      try {
        await next()
      } finally {
        log.push('cleaned up')
      }
    }
    await expect(compose([cleanUp, broken])(log, done)).rejects.toThrow('broken')
    expect(log).toEqual(['cleaned up'])
  })

  test('a layer may handle an error of what is inside', async () => {
    const handle: MiddlewareFunction<Log> = async (log, next) => {
      try {
        await next()
      } catch (error) {
        log.push((error as Error).message)
      }
    }
    const log: Log = []
    await compose([layer('a'), handle])(log, async () => Promise.reject(new Error('broken')))
    expect(log).toEqual(['a in', 'broken', 'a out'])
  })

  test('a second next() rejects with a code, naming the layer, and runs nothing', async () => {
    const core = jest.fn(done)
    async function twice(_log: Log, next: () => Promise<void>): Promise<void> {
      await next()
      await next()
    }
    await expect(compose([twice])([], core)).rejects.toMatchObject({
      code: 'CORE_NEXT_CALLED_TWICE',
      message: expect.stringContaining('"twice"'),
    })
    expect(core).toHaveBeenCalledTimes(1)
  })

  test('a second next() while the first still runs rejects too', async () => {
    const core = jest.fn(() => delay(1))
    const twice: MiddlewareFunction<Log> = async (_log, next) => void (await Promise.allSettled([next(), next()]))
    await compose([twice])([], core)
    expect(core).toHaveBeenCalledTimes(1)
  })

  test('a layer that does not wait for next() is refused once what it left running has ended', async () => {
    let ended = false
    async function unawaited(_log: Log, next: () => Promise<void>): Promise<void> {
      void next()
    }
    const running = compose([unawaited])([], async () => {
      await delay(5)
      ended = true
    })
    await expect(running).rejects.toMatchObject({
      code: 'CORE_NEXT_NOT_AWAITED',
      message: expect.stringContaining('"unawaited"'),
    })
    expect(ended).toBe(true)
  })

  test('what fails in a layer that was not waited for is the cause of the refusal', async () => {
    const failing = async (): Promise<void> => {
      await delay(1)
      throw new Error('broken')
    }
    const unawaited: MiddlewareFunction<Log> = (_log, next) => void next()
    await expect(compose([unawaited])([], failing)).rejects.toMatchObject({
      code: 'CORE_NEXT_NOT_AWAITED',
      cause: { message: 'broken' },
    })
  })
})
