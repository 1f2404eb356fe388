import { BotCallbackHandlerKey, TurnContext } from '@parley/core'
import type { Activity, BotAdapter, TokenResponse } from '@parley/core'
import { TokenResolver } from './token-resolver.ts'

const card = (connectionName?: string): Activity =>
  ({
    type: 'message',
    id: 'out',
    from: { id: 'bot' },
    recipient: { id: 'user' },
    conversation: { id: 'c' },
    channelId: 'test',
    serviceUrl: 'urn:x',
    attachments: [{ contentType: 'application/vnd.microsoft.card.oauth', content: { connectionName } }],
  }) as unknown as Activity

const logic = async (): Promise<void> => {}

function begin(answers: unknown[], act: { activity?: Activity; direct?: () => Promise<void> } = {}) {
  const adapter = {
    getUserToken: jest.fn(async () => {
      const answer = answers.shift()
      if (answer instanceof Error) throw answer
      return answer as TokenResponse
    }),
    processActivityDirect: jest.fn(act.direct ?? (async () => {})),
    onTurnError: jest.fn(async () => {}),
  }
  const context = new TurnContext(adapter as unknown as BotAdapter, { type: 'message' })
  context.turnState.set(BotCallbackHandlerKey, logic)
  const log: string[] = []
  TokenResolver.checkForOAuthCards(adapter, context, act.activity ?? card('graph'), log)
  return { adapter, context, log }
}

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

test('the token comes to the bot as an event, once it is there', async () => {
  const { adapter, log } = begin([undefined, { token: 'T' }])
  await jest.advanceTimersByTimeAsync(1000)
  expect(log).toEqual(['Polling again'])
  await jest.advanceTimersByTimeAsync(1000)
  expect(log).toEqual(['Polling again', 'Returned token'])
  expect(adapter.processActivityDirect).toHaveBeenCalledWith(
    expect.objectContaining({
      type: 'event',
      name: 'tokens/response',
      from: { id: 'bot' },
      recipient: { id: 'user' },
      conversation: { id: 'c' },
      replyToId: 'out',
      value: { token: 'T', connectionName: 'graph' },
      relatesTo: expect.objectContaining({ activityId: 'out', user: { id: 'bot' } }),
    }),
    logic,
  )
  await jest.advanceTimersByTimeAsync(5000)
  expect(adapter.getUserToken).toHaveBeenCalledTimes(2)
})

test.each([
  ['an interval of its own', [{ properties: { tokenPollingSettings: { interval: 100 } } }, { token: 'T' }], 1100, 2],
  ['the end of it', [{ properties: { tokenPollingSettings: { timeout: 0 } } }, { token: 'T' }], 5000, 1],
])('the channel may ask for %s', async (_, answers, afterMs, expected) => {
  const { adapter, log } = begin(answers)
  await jest.advanceTimersByTimeAsync(afterMs)
  expect(adapter.getUserToken).toHaveBeenCalledTimes(expected)
  expect(log[0]).toBe(expected === 1 ? 'End polling' : 'Changing polling interval to 100')
})

test('after fifteen minutes nobody asks any more', async () => {
  const { adapter } = begin([])
  await jest.advanceTimersByTimeAsync(901_000)
  const { length } = adapter.getUserToken.mock.calls
  await jest.advanceTimersByTimeAsync(10_000)
  expect(adapter.getUserToken).toHaveBeenCalledTimes(length)
})

test.each([
  ['asking', [new Error('broken')], undefined],
  [
    'the turn',
    [{ token: 'T' }],
    async () => {
      throw new Error('broken')
    },
  ],
])('what goes wrong while %s goes to onTurnError', async (_, answers, direct) => {
  const { adapter, context } = begin(answers, direct ? { direct } : {})
  await jest.advanceTimersByTimeAsync(1000)
  expect(adapter.onTurnError).toHaveBeenCalledWith(context, new Error('broken'))
})

test('a card without a connection is an error', () => {
  expect(() => begin([], { activity: card() })).toThrow(
    new Error("The OAuthPrompt's ConnectionName property is missing a value."),
  )
})

test.each([[{}], [{ attachments: [] }], [{ attachments: [{ contentType: 'text/plain' }] }]])(
  'nobody asks for a token for %j',
  async (activity) => {
    const { adapter } = begin([], { activity: activity as Activity })
    await jest.advanceTimersByTimeAsync(5000)
    expect(adapter.getUserToken).not.toHaveBeenCalled()
  },
)
