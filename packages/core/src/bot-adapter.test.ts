import type { ResourceResponse } from './connector-models.ts'
import { BotAdapter, TurnContext } from './turn-context.ts'
import type { TurnLogic } from './turn-context.ts'
import { toError } from './turn-errors.ts'

class SilentAdapter extends BotAdapter {
  async sendActivities(): Promise<ResourceResponse[]> {
    return []
  }

  async updateActivity(): Promise<void> {}

  async deleteActivity(): Promise<void> {}

  async continueConversation(): Promise<void> {}

  run(logic: TurnLogic): Promise<void> {
    return this.runMiddleware(new TurnContext(this, { type: 'message', locale: 'de-DE' }), logic)
  }
}

describe('BotAdapter', () => {
  test('runs the bot inside the middleware, outermost first', async () => {
    const log: string[] = []
    const adapter = new SilentAdapter()
      .use(async (_context, next) => {
        log.push('a')
        await next()
        log.push('z')
      })
      .use(async (_context, next) => {
        log.push('b')
        await next()
      })
    await adapter.run(async () => void log.push('bot'))
    expect(log).toEqual(['a', 'b', 'bot', 'z'])
  })

  test('hands the bot a TurnContext with the language of the activity', async () => {
    expect.assertions(2)
    await new SilentAdapter().run(async (context) => {
      expect(context).toBeInstanceOf(TurnContext)
      expect(context.locale).toBe('de-DE')
    })
  })

  test('the context can be read after its turn', async () => {
    let kept: TurnContext | undefined
    await new SilentAdapter().run(async (context) => {
      kept = context
    })
    expect(kept?.activity.type).toBe('message')
  })

  test('without onTurnError an error reaches the caller', async () => {
    await expect(new SilentAdapter().run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  })

  test.each<[string, (adapter: SilentAdapter) => Promise<void>]>([
    ['the bot', (adapter) => adapter.run(() => Promise.reject(new Error('broken')))],
    [
      'the bot, thrown synchronously,',
      (adapter) =>
        adapter.run(() => {
          throw new Error('broken')
        }),
    ],
    ['middleware', (adapter) => adapter.use(() => Promise.reject(new Error('broken'))).run(async () => {})],
  ])('an error of %s goes to onTurnError once and then is handled', async (_, run) => {
    const adapter = new SilentAdapter()
    const onTurnError = jest.fn(async () => {})
    adapter.onTurnError = onTurnError
    await run(adapter)
    expect(onTurnError).toHaveBeenCalledTimes(1)
    expect(onTurnError).toHaveBeenCalledWith(expect.any(TurnContext), expect.objectContaining({ message: 'broken' }))
  })

  test('when onTurnError fails itself the caller learns both errors', async () => {
    const adapter = new SilentAdapter()
    adapter.onTurnError = () => Promise.reject(new Error('worse'))
    await expect(adapter.run(() => Promise.reject(new Error('broken')))).rejects.toMatchObject({
      code: 'CORE_TURN_ERROR_HANDLER_FAILED',
      failure: { message: 'worse' },
      cause: { message: 'broken' },
    })
  })

  test('an onTurnError that throws the error again lets it reach the caller as it is', async () => {
    const adapter = new SilentAdapter()
    adapter.onTurnError = (_context, error) => Promise.reject(error)
    const error = new Error('broken')
    await expect(adapter.run(() => Promise.reject(error))).rejects.toBe(error)
  })

  test('what is thrown instead of an error is wrapped in one', async () => {
    const adapter = new SilentAdapter()
    const onTurnError = jest.fn(async () => {})
    adapter.onTurnError = onTurnError
    // oxlint-disable-next-line no-throw-literal -- what this is about
    await adapter.run(() => Promise.reject('broken'))
    expect(onTurnError).toHaveBeenCalledWith(
      expect.anything(),
      expect.objectContaining({ message: 'broken', cause: 'broken' }),
    )
  })

  test('toError leaves an error as it is', () => {
    const error = new RangeError('broken')
    expect(toError(error)).toBe(error)
  })

  test.each([
    ['continueConversationAsync', (adapter: BotAdapter) => adapter.continueConversationAsync('id', {}, async () => {})],
    [
      'createConversationAsync',
      (adapter: BotAdapter) =>
        adapter.createConversationAsync('id', 'test', 'https://test.com', '', {}, async () => {}),
    ],
  ])('%s rejects with the message NotImplemented unless an adapter has it', async (_, call) => {
    await expect(call(new SilentAdapter())).rejects.toMatchObject({
      code: 'CORE_NOT_IMPLEMENTED',
      message: 'NotImplemented',
    })
  })

  test('two adapters have different keys for their services', () => {
    const [one, other] = [new SilentAdapter(), new SilentAdapter()]
    expect(one.BotIdentityKey).not.toBe(other.BotIdentityKey)
    expect(one.ConnectorClientKey).not.toBe(other.ConnectorClientKey)
    expect(one.OAuthScopeKey).not.toBe(other.OAuthScopeKey)
  })
})
