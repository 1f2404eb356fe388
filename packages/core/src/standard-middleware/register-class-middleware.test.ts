import { TurnContext } from '../turn-context.ts'
import type { BotAdapter } from '../turn-context.ts'
import { RegisterClassMiddleware } from './register-class-middleware.ts'

class Clock {}

const turn = (): TurnContext => new TurnContext({} as BotAdapter, { type: 'message' })

describe('RegisterClassMiddleware', () => {
  test.each([
    ['the given name', 'clock'],
    ['the given symbol', Symbol('clock')],
  ])('leaves the service under %s, before what is inside runs', async (_, key) => {
    const [context, clock] = [turn(), new Clock()]
    let found: unknown
    await new RegisterClassMiddleware(clock, key).onTurn(context, async () => {
      found = context.turnState.get(key)
    })
    expect(found).toBe(clock)
  })

  test('takes the name of the class when none is given', async () => {
    const [context, clock] = [turn(), new Clock()]
    await new RegisterClassMiddleware(clock).onTurn(context, async () => {})
    expect(context.turnState.get('Clock')).toBe(clock)
  })

  test('a replaced service is found in the next turn', async () => {
    const context = turn()
    const middleware = new RegisterClassMiddleware('old', 'key')
    middleware.service = 'new'
    await middleware.onTurn(context, async () => {})
    expect(context.turnState.get('key')).toBe('new')
  })
})
