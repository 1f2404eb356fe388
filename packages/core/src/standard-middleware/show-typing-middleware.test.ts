import type { Activity } from '../activity.ts'
import { ClaimsIdentity } from '../claims-identity.ts'
import type { ResourceResponse } from '../connector-models.ts'
import { BotAdapter, TurnContext } from '../turn-context.ts'
import type { TurnLogic } from '../turn-context.ts'
import { ShowTypingMiddleware } from './show-typing-middleware.ts'

class RecordingAdapter extends BotAdapter {
  readonly sent: Partial<Activity>[] = []
  failure: Error | undefined

  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    if (this.failure) throw this.failure
    this.sent.push(...activities)
    return activities.map(() => ({ id: '1' }))
  }

  async updateActivity(): Promise<void> {}

  async deleteActivity(): Promise<void> {}

  async continueConversation(): Promise<void> {}

  run(activity: Partial<Activity>, logic: TurnLogic, identity?: ClaimsIdentity): Promise<void> {
    const context = new TurnContext(this, activity)
    if (identity) context.turnState.set(this.BotIdentityKey, identity)
    return this.runMiddleware(context, logic)
  }
}

const message: Partial<Activity> = {
  type: 'message',
  id: '1',
  channelId: 'test',
  from: { id: 'user', name: '' },
  recipient: { id: 'bot', name: '' },
}

const claims = (...list: [type: string, value: string][]): ClaimsIdentity =>
  new ClaimsIdentity(
    list.map(([type, value]) => ({ type, value })),
    true,
  )

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

/** A bot that takes that long. */
const slow = (ms: number) => async (): Promise<void> => {
  await jest.advanceTimersByTimeAsync(ms)
}

describe('ShowTypingMiddleware', () => {
  test.each([
    [-1, 1, 'Delay must be greater than or equal to zero'],
    [Number.NaN, 1, 'Delay must be greater than or equal to zero'],
    [0, 0, 'Repeat period must be greater than zero'],
    [0, -1, 'Repeat period must be greater than zero'],
  ])('a delay of %p and a period of %p are refused', (delay, period, text) => {
    const code = 'CORE_MIDDLEWARE_OPTION'
    expect(() => new ShowTypingMiddleware(delay, period)).toThrow(expect.objectContaining({ code, message: text }))
  })

  test.each([
    [499, 0],
    [500, 1],
    [2499, 1],
    [2500, 2],
    [4500, 3],
  ])('an answer after %p ms shows typing %p times', async (ms, times) => {
    const adapter = new RecordingAdapter().use(new ShowTypingMiddleware())
    await adapter.run(message, slow(ms))
    expect(adapter.sent).toHaveLength(times)
  })

  test('typing is addressed to the user and leaves `responded` and the handlers alone', async () => {
    const adapter = new RecordingAdapter().use(new ShowTypingMiddleware(0, 1000))
    const handler = jest.fn()
    let responded: boolean | undefined
    await adapter.run(message, async (context) => {
      context.onSendActivities(handler)
      await slow(1)()
      responded = context.responded
    })
    const address = { channelId: 'test', from: { id: 'bot' }, recipient: { id: 'user' }, replyToId: '1' }
    expect(adapter.sent).toMatchObject([{ type: 'typing', ...address }])
    expect(handler).not.toHaveBeenCalled()
    expect(responded).toBe(false)
  })

  test('typing ends with the turn, also with one that failed', async () => {
    const adapter = new RecordingAdapter().use(new ShowTypingMiddleware(10, 10))
    await expect(adapter.run(message, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    await jest.advanceTimersByTimeAsync(100)
    expect(adapter.sent).toEqual([])
    expect(jest.getTimerCount()).toBe(0)
  })

  test.each<[string, Partial<Activity>, ClaimsIdentity | undefined, number]>([
    ['a message', message, undefined, 1],
    ['an event', { ...message, type: 'event' }, undefined, 0],
    ['a message of a channel', message, claims(['ver', '1.0'], ['aud', 'bot'], ['appid', 'bot']), 1],
    [
      'a message of the connector',
      message,
      claims(['ver', '1.0'], ['aud', 'https://api.botframework.com'], ['appid', 'a']),
      1,
    ],
    ['a message of a bot (version 1)', message, claims(['ver', '1.0'], ['aud', 'bot'], ['appid', 'other']), 0],
    ['a message of a bot (version 2)', message, claims(['ver', '2.0'], ['aud', 'bot'], ['azp', 'other']), 0],
    ['a message of an anonymous bot', message, claims(['appid', 'AnonymousSkill']), 0],
    ['a message without a version', message, claims(['aud', 'bot'], ['appid', 'other']), 1],
  ])('%s decides whether typing is shown', async (_, activity, identity, times) => {
    const adapter = new RecordingAdapter().use(new ShowTypingMiddleware(0, 1000))
    await adapter.run(activity, slow(1), identity)
    expect(adapter.sent).toHaveLength(times)
  })

  test.each([
    ['handles it', async () => {}],
    ['throws', () => Promise.reject(new Error('worse'))],
  ])('typing that cannot be sent goes to onTurnError, which %s, and the turn goes on', async (_, handle) => {
    const adapter = new RecordingAdapter().use(new ShowTypingMiddleware(0, 1000))
    adapter.failure = new Error('offline')
    const onTurnError = jest.fn(handle)
    adapter.onTurnError = onTurnError
    let ended = false
    await adapter.run(message, async () => {
      await slow(1)()
      ended = true
    })
    expect(onTurnError.mock.calls).toEqual([[expect.any(TurnContext), adapter.failure]])
    expect(ended).toBe(true)
  })
})
