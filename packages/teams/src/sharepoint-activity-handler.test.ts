import { InvokeException } from '@parley/core'
import { nameArguments, runBot } from '../test/run-bot.ts'
import { SharePointActivityHandler } from './sharepoint-activity-handler.ts'

type Method = (...args: unknown[]) => Promise<unknown>

function botWith(method: string, result: () => Promise<unknown>): { bot: SharePointActivityHandler; calls: unknown[] } {
  const calls: unknown[] = []
  const replaced: Method = (...args) => {
    calls.push([method, ...nameArguments(args)])
    return result()
  }
  return { bot: Object.assign(new SharePointActivityHandler(), { [method]: replaced }), calls }
}

const value = { data: { a: 1 }, properties: {} }
const body = { viewId: 'v' }
const base = { type: 'invoke', channelId: 'm365extensions' }

const invokes = [
  ['cardExtension/getCardView', 'onSharePointTaskGetCardViewAsync'],
  ['cardExtension/getQuickView', 'onSharePointTaskGetQuickViewAsync'],
  ['cardExtension/getPropertyPaneConfiguration', 'onSharePointTaskGetPropertyPaneConfigurationAsync'],
  ['cardExtension/setPropertyPaneConfiguration', 'onSharePointTaskSetPropertyPaneConfigurationAsync'],
  ['cardExtension/handleAction', 'onSharePointTaskHandleActionAsync'],
] as const

test.each(invokes)('%s goes to %s, whose result is the body', async (name, method) => {
  const { bot, calls } = botWith(method, async () => body)

  await expect(runBot(bot, { ...base, name, value })).resolves.toEqual([{ status: 200, body }])

  expect(calls).toEqual([[method, 'context', value]])
})

test.each(['cardExtension/token', 'signin/verifyState', 'signin/tokenExchange'])(
  '%s goes to onSignInInvoke, whose result is not sent',
  async (name) => {
    const { bot, calls } = botWith('onSignInInvoke', async () => body)

    await expect(runBot(bot, { ...base, name, value })).resolves.toEqual([{ status: 200 }])

    expect(calls).toEqual([['onSignInInvoke', 'context']])
  },
)

test.each([...invokes.map(([name]) => name), 'cardExtension/token', 'cardExtension/other', undefined])(
  '%s is answered with 501 by a bot that does not handle it',
  async (name) => {
    const activity = { ...base, value, ...(name === undefined ? {} : { name }) }

    await expect(runBot(new SharePointActivityHandler(), activity)).resolves.toEqual([{ status: 501 }])
  },
)

test.each([
  ['BadRequest', new Error('BadRequest'), { status: 400 }],
  ['NotImplemented', new Error('NotImplemented'), { status: 501 }],
  ['an InvokeException', new InvokeException(418, body), { status: 418, body }],
])('%s thrown by a handler becomes the answer', async (_, error, answer) => {
  const { bot } = botWith('onSharePointTaskGetCardViewAsync', () => Promise.reject(error))

  await expect(runBot(bot, { ...base, name: 'cardExtension/getCardView', value })).resolves.toEqual([answer])
})

test('another error thrown by a handler fails the turn', async () => {
  const { bot } = botWith('onSharePointTaskGetCardViewAsync', () => Promise.reject(new Error('boom')))

  await expect(runBot(bot, { ...base, name: 'cardExtension/getCardView', value })).rejects.toThrow('boom')
})
