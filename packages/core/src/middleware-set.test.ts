import { MiddlewareSet } from './middleware-set.ts'
import { TurnContext } from './turn-context.ts'
import type { BotAdapter, Middleware, MiddlewareHandler } from './turn-context.ts'

const context = new TurnContext({} as BotAdapter, { type: 'message' })

class Recorder implements Middleware {
  readonly log: string[]
  readonly name: string

  constructor(log: string[], name: string) {
    this.log = log
    this.name = name
  }

  async onTurn(_context: TurnContext, next: () => Promise<void>): Promise<void> {
    this.log.push(`${this.name} in`)
    await next()
    this.log.push(`${this.name} out`)
  }
}

function recorder(log: string[], name: string): MiddlewareHandler {
  return (turn, next) => new Recorder(log, name).onTurn(turn, next)
}

describe('MiddlewareSet', () => {
  test('runs functions and objects in the order added, around what is inside', async () => {
    const log: string[] = []
    const set = new MiddlewareSet(recorder(log, 'a'), new Recorder(log, 'b')).use(recorder(log, 'c'))
    await set.run(context, async () => void log.push('bot'))
    expect(log).toEqual(['a in', 'b in', 'c in', 'bot', 'c out', 'b out', 'a out'])
  })

  test('hands every layer the context of the turn', async () => {
    const seen: TurnContext[] = []
    const note: MiddlewareHandler = (turn, next) => (seen.push(turn), next())
    await new MiddlewareSet(note, note).run(context, async () => {})
    expect(seen).toEqual([context, context])
  })

  test('without middleware runs what is inside', async () => {
    const inside = jest.fn(async () => {})
    await new MiddlewareSet().run(context, inside)
    expect(inside).toHaveBeenCalledTimes(1)
  })

  test('sets nest', async () => {
    const log: string[] = []
    const inner = new MiddlewareSet(recorder(log, 'b'), recorder(log, 'c'))
    await new MiddlewareSet(recorder(log, 'a'), inner, recorder(log, 'd')).run(context, async () => {})
    expect(log).toEqual(['a in', 'b in', 'c in', 'd in', 'd out', 'c out', 'b out', 'a out'])
  })

  test('middleware that does not call next() ends the turn', async () => {
    const inside = jest.fn(async () => {})
    await new MiddlewareSet(async () => {}).run(context, inside)
    expect(inside).not.toHaveBeenCalled()
  })

  test('a synchronous throw becomes a rejection', async () => {
    const set = new MiddlewareSet(() => {
      throw new Error('broken')
    })
    await expect(set.run(context, async () => {})).rejects.toThrow('broken')
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an object without onTurn', {}],
    ['a text', 'middleware'],
  ])('refuses %s as middleware', (_, invalid) => {
    expect(() => new MiddlewareSet().use(invalid as never)).toThrow(
      expect.objectContaining({
        code: 'CORE_MIDDLEWARE_INVALID',
        message: 'MiddlewareSet.use(): invalid plugin type being added.',
      }),
    )
  })

  test('adds none of several middlewares when one is refused', async () => {
    const log: string[] = []
    const set = new MiddlewareSet()
    expect(() => set.use(recorder(log, 'a'), {} as never)).toThrow('invalid plugin')
    await set.run(context, async () => {})
    expect(log).toEqual([])
  })

  test('names an object after its class when it misuses next()', async () => {
    class Impatient implements Middleware {
      async onTurn(_context: TurnContext, next: () => Promise<void>): Promise<void> {
        await Promise.all([next(), next()])
      }
    }
    await expect(new MiddlewareSet(new Impatient()).run(context, async () => {})).rejects.toMatchObject({
      code: 'CORE_NEXT_CALLED_TWICE',
      message: expect.stringContaining('"Impatient"'),
    })
  })
})
