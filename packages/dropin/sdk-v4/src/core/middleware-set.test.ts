import type { TurnContext } from '@parley/core'
import { MiddlewareSet } from './middleware-set.ts'

const context = {} as TurnContext

describe('MiddlewareSet', () => {
  test('runs functions and objects in the order they were added', async () => {
    const log: string[] = []
    const set = new MiddlewareSet(async (_context, next) => {
      log.push('a')
      await next()
      log.push('z')
    }).use({
      onTurn: async (_context, next) => {
        log.push('b')
        await next()
      },
    })
    await set.run(context, async () => void log.push('bot'))
    expect(log).toEqual(['a', 'b', 'bot', 'z'])
  })

  test('sets nest', async () => {
    const log: string[] = []
    const note = (name: string) => async (_context: TurnContext, next: () => Promise<void>) => {
      log.push(name)
      await next()
    }
    await new MiddlewareSet(note('a'), new MiddlewareSet(note('b'), note('c')), note('d')).run(context, async () => {})
    expect(log).toEqual(['a', 'b', 'c', 'd'])
  })

  test.each([{}, null, undefined, 5, 'text'])('refuses %p', (plugin) => {
    expect(() => new MiddlewareSet(plugin as never)).toThrow(
      expect.objectContaining({ name: 'Error', message: 'MiddlewareSet.use(): invalid plugin type being added.' }),
    )
  })
})
