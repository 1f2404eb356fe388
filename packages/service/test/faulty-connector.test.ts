import type { ConnectorFault } from '@parley/service'
import type { TurnContext } from '@parley/core'
import { startBotWithConnector } from './bot-with-connector.ts'
import type { BotWithConnector } from './bot-with-connector.ts'
import { stopAll } from './start-together.ts'

/** Faults that are injected, as Parley's own connector client meets them. */

let bot: BotWithConnector

beforeAll(async () => {
  bot = await startBotWithConnector()
})

afterAll(stopAll)
afterEach(() => bot.service.faults.clear())

const inject = (fault: ConnectorFault): string =>
  bot.service.faults.inject({ conversationId: bot.conversationId, ...fault })

/** What the bot has said. */
const answers = async (): Promise<string[]> =>
  (await bot.client.texts(bot.conversationId)).filter((text) => text !== 'go')

const send = (text: string) => async (context: TurnContext) => context.sendActivity(text)

test.each<[number, string]>([
  [401, 'SEND_UNAUTHORIZED'],
  [403, 'SEND_FORBIDDEN'],
])('a bot that is answered %i gets the error %s, and nothing was sent', async (status, code) => {
  const before = await answers()
  // Twice: one with 401 is tried once more with a new token.
  inject({ status, times: 2 })
  expect(await bot.inTurn(send('lost'))).toMatchObject({ code })
  expect(await answers()).toEqual(before)
})

test('a bot whose token is refused once sends with a new one', async () => {
  inject({ status: 401 })
  expect(await bot.inTurn(send('after 401'))).toMatchObject({ id: expect.any(String) })
  expect((await answers()).at(-1)).toBe('after 401')
})

test('a bot that is throttled comes back as it was told to, and sends once', async () => {
  const before = await answers()
  inject({ status: 429, retryAfter: 0, times: 2 })
  expect(await bot.inTurn(send('patient'))).toMatchObject({ id: expect.any(String) })
  expect(await answers()).toEqual([...before, 'patient'])
})

test.each<[string, ConnectorFault]>([
  ['412', { status: 412 }],
  ['503', { status: 503, retryAfter: 0 }],
  ['a reset', { reset: true }],
  ['a short delay', { delayMs: 20 }],
])('what may be repeated is repeated after %s', async (_, fault) => {
  inject({ method: 'GET', ...fault })
  const members = await bot.withConnector(async ({ conversations }) =>
    conversations.getConversationMembers(bot.conversationId),
  )
  expect(members).toHaveLength(2)
  expect(bot.service.faults.pending).toEqual([])
})

test('a bot whose answer was lost after it was sent hears so, and it is there once', async () => {
  const before = await answers()
  inject({ reset: true, takesEffect: true })
  expect(await bot.inTurn(send('said'))).toMatchObject({ code: 'SEND_MAYBE_SENT' })
  expect(await answers()).toEqual([...before, 'said'])
})
