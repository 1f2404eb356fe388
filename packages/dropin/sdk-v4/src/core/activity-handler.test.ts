import {
  ActivityHandler as ParleyActivityHandler,
  ActivityHandlerBase as ParleyActivityHandlerBase,
  TurnContext,
} from '@parley/core'
import type { Activity, BotAdapter } from '@parley/core'
import { ActivityHandler, ActivityHandlerBase } from './activity-handler.ts'

const turn = (activity: Partial<Activity> = { type: 'message' }): TurnContext =>
  new TurnContext({} as BotAdapter, activity)

class Open extends ActivityHandler {
  call(type: string, onNext: () => Promise<unknown>): Promise<unknown> {
    return this.handle(turn(), type, onNext as () => Promise<void>)
  }

  returning(...values: unknown[]): this {
    for (const value of values) {
      this.on('X', async (_context, next) => {
        await next()
        return value
      })
    }
    return this
  }
}

describe('ActivityHandler', () => {
  test.each<[string, unknown, string]>([
    ['no context', undefined, 'Missing TurnContext parameter'],
    ['no activity', {}, 'TurnContext does not include an activity'],
    ['no type', { activity: {} }, 'Activity is missing its type'],
  ])('%s is an error', async (_, context, message) => {
    const running = new ActivityHandler().run(context as TurnContext)
    await expect(running).rejects.toMatchObject({ name: 'Error', message })
    const base = new ActivityHandlerBase().run(context as TurnContext)
    await expect(base).rejects.toMatchObject({ name: 'Error', message })
  })

  test('a handler that forgets to wait for next() does not end the turn early', async () => {
    const log: string[] = []
    const bot = new ActivityHandler()
      .onMessage(async (_context, next) => {
        log.push('first')
        void next()
      })
      .onMessage(async (_context, next) => {
        await new Promise(setImmediate)
        log.push('second')
        await next()
      })
      .onDialog(async (_context, next) => {
        log.push('dialog')
        await next()
      })
    await bot.run(turn())
    expect(log).toEqual(['first', 'second', 'dialog'])
  })

  test('a handler that calls next() twice runs the ones after it twice', async () => {
    const log: string[] = []
    const bot = new ActivityHandler()
      .onMessage(async (_context, next) => {
        await next()
        await next()
      })
      .onMessage(async () => void log.push('second'))
    await bot.run(turn())
    expect(log).toEqual(['second', 'second'])
  })

  test.each<[string, unknown[], unknown, unknown]>([
    ['what comes after the handlers', [1, 2], 'next', 'next'],
    ['or else the innermost handler', [1, 2], undefined, 2],
    ['or the one around it', [1, undefined], undefined, 1],
    ['or null', [undefined, undefined], undefined, null],
  ])('handle() returns what is returned by %s', async (_, values, next, expected) => {
    await expect(new Open().returning(...values).call('X', async () => next)).resolves.toBe(expected)
  })

  test('handle() without handlers returns what comes after them', async () => {
    await expect(new Open().call('X', async () => 'next')).resolves.toBe('next')
  })

  test.each<[string, unknown, boolean]>([
    ['a handler of the drop-in', new ActivityHandler(), true],
    ['a subclass', new Open(), true],
    ['a handler of Parley, as the one for Teams is,', new ParleyActivityHandler(), true],
    ['a handler of the base class', new ActivityHandlerBase(), false],
    ['something else', {}, false],
  ])('%s is an instance or not', (_, value, expected) => {
    expect(value instanceof ActivityHandler).toBe(expected)
  })

  test('an instance of a subclass is made by the subclass only', () => {
    expect(new Open()).toBeInstanceOf(Open)
    expect(new ActivityHandler()).not.toBeInstanceOf(Open)
    class OpenBase extends ActivityHandlerBase {}
    expect(new OpenBase()).toBeInstanceOf(OpenBase)
    expect(new ActivityHandlerBase()).not.toBeInstanceOf(OpenBase)
  })

  test('every handler is an instance of the base class', () => {
    expect(ActivityHandler.prototype).toBeInstanceOf(ActivityHandlerBase)
    expect(new ParleyActivityHandlerBase()).toBeInstanceOf(ActivityHandlerBase)
    expect({}).not.toBeInstanceOf(ActivityHandlerBase)
  })
})
