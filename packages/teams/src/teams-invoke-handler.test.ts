import { InvokeException } from '@parley/core'
import { nameArguments, runBot } from '../test/run-bot.ts'
import { TeamsActivityHandler } from './teams-activity-handler.ts'

type Method = (...args: unknown[]) => Promise<unknown>

/** A bot whose methods named in `methods` are replaced; those that ran are in `calls`. */
function botWith(methods: Record<string, Method>): { bot: TeamsActivityHandler; calls: unknown[][] } {
  const calls: unknown[][] = []
  const bot = new TeamsActivityHandler()
  const replaced = Object.entries(methods).map(([name, method]) => [
    name,
    (...args: unknown[]) => {
      calls.push([name, ...nameArguments(args)])
      return method(...args)
    },
  ])
  return { bot: Object.assign(bot, Object.fromEntries(replaced)), calls }
}

const value = { a: 1 }
const body = { b: 2 }

/** Name of the invoke, method, whether what it returns is the body. */
const invokes: [string, string, boolean][] = [
  ['config/fetch', 'handleTeamsConfigFetch', true],
  ['config/submit', 'handleTeamsConfigSubmit', true],
  ['fileConsent/invoke', 'handleTeamsFileConsent', true],
  ['actionableMessage/executeAction', 'handleTeamsO365ConnectorCardAction', false],
  ['composeExtension/queryLink', 'handleTeamsAppBasedLinkQuery', true],
  ['composeExtension/anonymousQueryLink', 'handleTeamsAnonymousAppBasedLinkQuery', true],
  ['composeExtension/query', 'handleTeamsMessagingExtensionQuery', true],
  ['composeExtension/selectItem', 'handleTeamsMessagingExtensionSelectItem', true],
  ['composeExtension/submitAction', 'handleTeamsMessagingExtensionSubmitActionDispatch', true],
  ['composeExtension/fetchTask', 'handleTeamsMessagingExtensionFetchTask', true],
  ['composeExtension/querySettingUrl', 'handleTeamsMessagingExtensionConfigurationQuerySettingUrl', true],
  ['composeExtension/setting', 'handleTeamsMessagingExtensionConfigurationSetting', false],
  ['composeExtension/onCardButtonClicked', 'handleTeamsMessagingExtensionCardButtonClicked', false],
  ['task/fetch', 'handleTeamsTaskModuleFetch', true],
  ['task/submit', 'handleTeamsTaskModuleSubmit', true],
  ['tab/fetch', 'handleTeamsTabFetch', true],
  ['tab/submit', 'handleTeamsTabSubmit', true],
  ['signin/verifyState', 'handleTeamsSigninVerifyState', false],
  ['signin/tokenExchange', 'handleTeamsSigninTokenExchange', false],
  ['signin/failure', 'handleTeamsSigninFailure', false],
  ['message/fetchTask', 'handleTeamsMessageFetchTask', true],
  ['message/submitAction', 'handleTeamsMessageSubmitAction', false],
]

test.each(invokes)('%s goes to %s', async (name, method, hasBody) => {
  const { bot, calls } = botWith({ [method]: async () => body })

  const sent = await runBot(bot, { type: 'invoke', name, value })

  expect(calls).toEqual([[method, 'context', value]])
  expect(sent).toEqual([hasBody ? { status: 200, body } : { status: 200 }])
})

test.each(invokes)('%s without a value still reaches %s', async (name, method) => {
  const { bot, calls } = botWith({ [method]: async () => undefined })

  await expect(runBot(bot, { type: 'invoke', name })).resolves.toEqual([{ status: 200 }])

  expect(calls).toEqual([[method, 'context', undefined]])
})

const answeredByDefault = ['signin/failure', 'fileConsent/invoke']
const unanswered = invokes.map(([name]) => name).filter((name) => !answeredByDefault.includes(name))

test.each([...unanswered, 'handoff/action', 'no/such', 'adaptiveCard/refresh'])(
  '%s is answered with 501 by a bot that does not handle it',
  async (name) => {
    await expect(runBot(new TeamsActivityHandler(), { type: 'invoke', name, value })).resolves.toEqual([
      { status: 501 },
    ])
  },
)

test('a failed single sign-on is acknowledged by every bot', async () => {
  const failure = { code: 'resourcematchfailed', message: 'no' }

  const sent = await runBot(new TeamsActivityHandler(), { type: 'invoke', name: 'signin/failure', value: failure })

  expect(sent).toEqual([{ status: 200 }])
})

test.each([[{ continuation: 'c' }], [{ Continuation: 'c' }]])(
  'a hand-off %j brings its continuation',
  async (handedOn) => {
    const { bot, calls } = botWith({ handleTeamsHandoff: async () => {} })

    await runBot(bot, { type: 'invoke', name: 'handoff/action', value: handedOn })

    expect(calls).toEqual([['handleTeamsHandoff', 'context', 'c']])
  },
)

test('an invoke without a name is a card action, whose answer is sent as it is', async () => {
  const { bot, calls } = botWith({ handleTeamsCardActionInvoke: async () => ({ status: 202, body }) })

  await expect(runBot(bot, { type: 'invoke', value })).resolves.toEqual([{ status: 202, body }])

  expect(calls).toEqual([['handleTeamsCardActionInvoke', 'context']])
})

test.each([
  ['a card action nobody handles', { type: 'invoke', value }],
  ['an invoke without a name from elsewhere', { type: 'invoke', channelId: 'test', value }],
])('%s is answered with 501', async (_, activity) => {
  await expect(runBot(new TeamsActivityHandler(), activity)).resolves.toEqual([{ status: 501 }])
})

test('invokes of Teams are handled on other channels too', async () => {
  const { bot } = botWith({ handleTeamsTaskModuleFetch: async () => body })

  const sent = await runBot(bot, { type: 'invoke', channelId: 'test', name: 'task/fetch', value })

  expect(sent).toEqual([{ status: 200, body }])
})

test.each([
  ['fileConsent/invoke', 'accept', 'handleTeamsFileConsentAccept'],
  ['fileConsent/invoke', 'decline', 'handleTeamsFileConsentDecline'],
  ['fileconsent/Invoke', 'accept', 'handleTeamsFileConsentAccept'],
])('%s with the action %s goes to %s', async (name, action, method) => {
  const { bot, calls } = botWith({ [method]: async () => undefined })

  await expect(runBot(bot, { type: 'invoke', name, value: { action } })).resolves.toEqual([{ status: 200 }])

  expect(calls).toEqual([[method, 'context', { action }]])
})

test.each([
  ['fileConsent/invoke', { action: 'maybe' }],
  ['fileConsent/invoke', {}],
  ['fileConsent/invoke', null],
  ['fileConsent/invoke', undefined],
  ['composeExtension/submitAction', { botMessagePreviewAction: 'maybe' }],
])('%s with the value %j is answered with 400', async (name, wrong) => {
  await expect(runBot(new TeamsActivityHandler(), { type: 'invoke', name, value: wrong })).resolves.toEqual([
    { status: 400 },
  ])
})

test.each([
  [{ botMessagePreviewAction: 'edit' }, 'handleTeamsMessagingExtensionBotMessagePreviewEdit'],
  [{ botMessagePreviewAction: 'send' }, 'handleTeamsMessagingExtensionBotMessagePreviewSend'],
  [{ botMessagePreviewAction: '' }, 'handleTeamsMessagingExtensionSubmitAction'],
  [{ data: 1 }, 'handleTeamsMessagingExtensionSubmitAction'],
  [undefined, 'handleTeamsMessagingExtensionSubmitAction'],
])('a submitted action %j goes to %s', async (submitted, method) => {
  const { bot, calls } = botWith({ [method]: async () => body })

  const sent = await runBot(bot, { type: 'invoke', name: 'composeExtension/submitAction', value: submitted })

  expect(calls).toEqual([[method, 'context', submitted]])
  expect(sent).toEqual([{ status: 200, body }])
})

test.each([
  ['BadRequest', new Error('BadRequest'), { status: 400 }],
  ['NotImplemented', new Error('NotImplemented'), { status: 501 }],
  ['an InvokeException with a body', new InvokeException(418, body), { status: 418, body }],
  ['an InvokeException', new InvokeException(418), { status: 418 }],
])('%s thrown by a handler becomes the answer', async (_, error, answer) => {
  const rejects = async (): Promise<never> => {
    throw error
  }
  const names = ['task/fetch', 'signin/verifyState']
  for (const name of names) {
    const { bot } = botWith({ handleTeamsTaskModuleFetch: rejects, handleTeamsSigninVerifyState: rejects })
    await expect(runBot(bot, { type: 'invoke', name, value })).resolves.toEqual([answer])
  }
})

test('another error thrown by a handler fails the turn', async () => {
  const { bot } = botWith({ handleTeamsTaskModuleFetch: () => Promise.reject(new Error('boom')) })

  await expect(runBot(bot, { type: 'invoke', name: 'task/fetch', value })).rejects.toThrow('boom')
})

test.each(['task/fetch', 'signin/verifyState', 'no/such'])('dialogs run once after %s', async (name) => {
  const bot = new TeamsActivityHandler()
  let runs = 0
  bot.onDialog(async (_, next) => {
    runs += 1
    await next()
  })

  await runBot(bot, { type: 'invoke', name, value })

  expect(runs).toBe(1)
})

test.each([
  ['handleTeamsFileConsent', 'BadRequest'],
  ['handleTeamsTaskModuleFetch', 'NotImplemented'],
  ['handleTeamsCardActionInvoke', 'NotImplemented'],
])('%s rejects with the text %s when called directly', async (method, message) => {
  const bot = new TeamsActivityHandler() as unknown as Record<string, Method>

  await expect(bot[method]?.({}, {})).rejects.toThrow(message)
})
