import type { Activity, OpenValue, TokenResponse, TurnContext } from '@parley/core'
import { TestAdapter } from '@parley/testing'
import { converse } from '../../test/converse.ts'
import type { DialogStack } from '../dialog.ts'
import { OAuthPrompt } from './oauth-prompt.ts'
import type { OAuthPromptSettings } from './oauth-prompt-settings.ts'
import type { PromptValidatorContext } from './prompt-validator.ts'

const settings: OAuthPromptSettings = { connectionName: 'mail', title: 'Sign in', text: 'Please' }
const options = { prompt: 'who are you?', retryPrompt: 'sign in first' }
const event: Partial<Activity> = { type: 'event', name: 'tokens/response', value: { token: 'from event' } }
const verify = (state?: string): Partial<Activity> => ({
  type: 'invoke',
  name: 'signin/verifyState',
  ...(state === undefined ? {} : { value: { state } }),
})
const exchange = (value?: unknown): Partial<Activity> => ({ type: 'invoke', name: 'signin/tokenExchange', value })

/** What the token service of a turn does; it is asked with these arguments. */
interface TokenService {
  token?: (magicCode: string | undefined) => TokenResponse | undefined
  exchange?: () => TokenResponse | undefined
  asked?: unknown[][]
}

function withService({ token, exchange: exchangeIt, asked = [] }: TokenService): {
  adapter: TestAdapter
  prepare: (context: TurnContext) => void
} {
  const adapter = Object.assign(new TestAdapter(), { UserTokenClientKey: Symbol('UserTokenClient') })
  const client = {
    getUserToken: async (...args: (string | undefined)[]) => (asked.push(['getUserToken', ...args]), token?.(args[3])),
    signOutUser: async (...args: unknown[]) => void asked.push(['signOutUser', ...args]),
    getSignInResource: async () => ({ signInLink: 'https://sign.in', tokenExchangeResource: { id: '1' } }),
    exchangeToken: async (...args: unknown[]) => (asked.push(['exchangeToken', ...args]), exchangeIt?.()),
  }
  return { adapter, prepare: (context) => void context.turnState.set(adapter.UserTokenClientKey, client) }
}

const TOKEN = { token: 'secret', connectionName: 'mail', channelId: 'test', expiration: 'never' } as TokenResponse
const signedIn = (magicCode: string | undefined): TokenResponse | undefined =>
  magicCode === '123456' ? TOKEN : undefined
const invokeResponse = (status: number, body?: object): object => ({
  type: 'invokeResponse',
  value: { status, ...(body && { body }) },
})

test('a user who is signed in is not asked', async () => {
  const [turn] = await converse(new OAuthPrompt('p', settings), options, ['hi'], withService({ token: () => TOKEN }))
  expect(turn).toMatchObject({ replies: [], result: { status: 'complete', result: TOKEN } })
})

test('what is stored is what SDK v4 stores', async () => {
  const before = Date.now()
  const prompt = { text: 'who?' }
  const [turn] = await converse(new OAuthPrompt('p', settings), { prompt }, ['hi'], withService({}))
  const { expires, ...state } = turn!.state
  expect(state).toEqual({
    options: { prompt: { text: 'who?', inputHint: 'acceptingInput' } },
    state: {},
    'botbuilder-dialogs.caller': null,
  })
  expect(expires - before).toBeGreaterThanOrEqual(900_000)
  expect(expires - before).toBeLessThan(960_000)
})

test.each([
  ['a token', event, 'from event'],
  ['a code', { type: 'message', text: 'it is 123456.' }, 'secret'],
  ['a verified sign-in', verify('123456'), 'secret'],
  ['a token to exchange', exchange({ id: '7', connectionName: 'mail', token: 'sso' }), 'exchanged'],
])('%s ends the prompt with the token', async (_, activity, token) => {
  const service = withService({ token: signedIn, exchange: () => ({ ...TOKEN, token: 'exchanged' }) })
  const [, turn] = await converse(
    new OAuthPrompt('p', settings),
    options,
    ['hi', activity as Partial<Activity>],
    service,
  )
  expect(turn!.result).toMatchObject({ status: 'complete', result: { token } })
})

test.each([
  ['the right code', '123456', 200],
  ['a wrong code', '000000', 404],
  ['a cancelled sign-in', 'CancelledByUser', 404],
  ['no code', undefined, 404],
  ['a code, when the service fails', '500500', 500],
])('an invoke that verifies %s is answered %s with %i', async (_, code, status) => {
  const token = (magicCode: string | undefined): TokenResponse | undefined => {
    if (magicCode === '500500') throw new Error('down')
    return signedIn(magicCode)
  }
  const [, turn] = await converse(new OAuthPrompt('p', settings), options, ['hi', verify(code)], withService({ token }))
  expect(turn!.replies).toMatchObject([invokeResponse(status)])
  expect(turn!.result.status).toBe(status === 200 ? 'complete' : 'waiting')
})

const MISSING =
  'The bot received an InvokeActivity that is missing a TokenExchangeInvokeRequest value. This is required to be sent with the InvokeActivity.'
const OTHER =
  'The bot received an InvokeActivity with a TokenExchangeInvokeRequest containing a ConnectionName that does not match the ConnectionNameexpected by the bots active OAuthPrompt. Ensure these names match when sending the InvokeActivityInvalid ConnectionName in the TokenExchangeInvokeRequest'
const UNABLE = 'The bot is unable to exchange token. Proceed with regular login.'
const request = { id: '7', connectionName: 'mail', token: 'sso' }

const give = (): TokenResponse => TOKEN
const giveNothing = (): undefined => undefined
const fail = (): never => {
  throw new Error('down')
}

test.each([
  ['no request', undefined, give, 400, MISSING],
  ['another value', { some: 'thing' }, give, 400, MISSING],
  ['another connection', { ...request, connectionName: 'files' }, give, 400, OTHER],
  ['a token that gives none', request, giveNothing, 412, UNABLE],
  ['a token, when the service fails', request, fail, 412, UNABLE],
  ['a token that gives one', request, give, 200, null],
] as const)(
  'an invoke that exchanges %s is answered with its status and text',
  async (_, value, answer, status, failureDetail) => {
    const [, turn] = await converse(
      new OAuthPrompt('p', settings),
      options,
      ['hi', exchange(value)],
      withService({ exchange: answer }),
    )
    const id = status === 200 ? { id: '7' } : {}
    expect(JSON.parse(JSON.stringify(turn!.replies[0]!.value))).toEqual({
      status,
      body: { ...id, connectionName: 'mail', failureDetail },
    })
    expect(turn!.result.status).toBe(status === 200 ? 'complete' : 'waiting')
  },
)

test('an exchanged token is returned without its expiration, as SDK v4 did', async () => {
  const service = withService({ exchange: () => TOKEN })
  const [, turn] = await converse(new OAuthPrompt('p', settings), options, ['hi', exchange(request)], service)
  expect(turn!.result.result).toEqual({ channelId: 'test', connectionName: 'mail', token: 'secret', expiration: null })
})

test('the service is asked for the user of the turn, and with the code', async () => {
  const asked: unknown[][] = []
  await converse(new OAuthPrompt('p', settings), options, ['hi', '1234567', exchange(request)], withService({ asked }))
  expect(asked).toEqual([
    ['getUserToken', 'user1', 'mail', 'test', undefined],
    ['getUserToken', 'user1', 'mail', 'test', '123456'],
    ['exchangeToken', 'user1', 'mail', 'test', { token: 'sso' }],
  ])
})

test('a message that is no code has the user asked again, or ends the prompt if it is to', async () => {
  const [, again] = await converse(new OAuthPrompt('p', settings), options, ['hi', 'who?'], withService({}))
  expect(again).toMatchObject({
    texts: ['sign in first'],
    result: { status: 'waiting' },
    state: { state: { attemptCount: 0 } },
  })
  const ending = new OAuthPrompt('p', { ...settings, endOnInvalidMessage: true })
  const [, ended] = await converse(ending, options, ['hi', 'who?'], withService({}))
  expect(ended).toMatchObject({ texts: [], result: { status: 'complete' } })
  expect(ended!.result.result).toBeUndefined()
})

test.each([
  ['a message', { type: 'message', text: 'hi' }, 'complete'],
  ['a token', event, 'complete'],
  ['a verified sign-in', verify('123456'), 'complete'],
  ['a token to exchange', exchange(request), 'complete'],
  ['anything else', { type: 'typing' }, 'waiting'],
])('after too long %s finds the prompt %s', async (_, activity, status) => {
  const prompt = new OAuthPrompt('p', { ...settings, timeout: -1 })
  const service = withService({ token: signedIn, exchange: () => TOKEN })
  const [, turn] = await converse(prompt, options, ['hi', activity as Partial<Activity>], service)
  expect(turn!.result.status).toBe(status)
  expect(turn!.result.result).toBeUndefined()
})

test('the validator is asked about each activity, and counted', async () => {
  const asked: unknown[] = []
  const validator = async ({ recognized, attemptCount }: PromptValidatorContext<TokenResponse>): Promise<boolean> => {
    asked.push([recognized.succeeded, attemptCount])
    return recognized.succeeded
  }
  const prompt = new OAuthPrompt('p', settings, validator)
  await converse(
    prompt,
    options,
    ['hi', 'x', { type: 'event', name: 'tick' }, '123456'],
    withService({ token: signedIn }),
  )
  expect(asked).toEqual([
    [false, 1],
    [false, 2],
    [true, 3],
  ])
})

test('an adapter that gets tokens itself is asked with the credentials of the prompt', async () => {
  const oAuthAppCredentials = { signRequest: async (resource: OpenValue) => resource }
  const adapter = new TestAdapter()
  const asked: unknown[][] = []
  for (const method of ['getUserToken', 'signOutUser'] as const) {
    Object.assign(adapter, {
      [method]: async (_: TurnContext, ...args: unknown[]) => void asked.push([method, ...args]),
    })
  }
  const prompt = new OAuthPrompt('p', { ...settings, oAuthAppCredentials })
  await adapter.processActivity('hi', async (context) => {
    await prompt.getUserToken(context, '123456')
    await prompt.signOutUser(context)
  })
  expect(asked).toEqual([
    ['getUserToken', 'mail', '123456', oAuthAppCredentials],
    ['signOutUser', 'mail', 'user1', oAuthAppCredentials],
  ])
})

test('an adapter that knows nothing of tokens is told so', async () => {
  const adapter = Object.assign(new TestAdapter(), { getUserToken: undefined }) as OpenValue
  const prompt = new OAuthPrompt('p', settings)
  await adapter.processActivity('hi', async (context: TurnContext) => {
    const error = expect.objectContaining({
      code: 'DIALOGS_OAUTH_UNSUPPORTED',
      message: 'OAuth prompt is not supported by the current adapter',
    })
    await expect(prompt.getUserToken(context)).rejects.toEqual(error)
    await expect(prompt.signOutUser(context)).rejects.toEqual(error)
    await expect(OAuthPrompt.sendOAuthCard(settings, context)).rejects.toEqual(error)
  })
})

describe('a token that comes to a skill', () => {
  const state = { 'botbuilder-dialogs.caller': { callerServiceUrl: 'https://caller.test', scope: 'caller-app' } }

  async function receive(more: OpenValue, prepare: (context: TurnContext) => void = () => {}): Promise<TurnContext> {
    const adapter = Object.assign(new TestAdapter(), more)
    let turn: TurnContext | undefined
    await adapter.processActivity(event, async (context: TurnContext) => {
      prepare((turn = context))
      const dc = { context, activeDialog: { id: 'p', state } } as unknown as DialogStack
      await new OAuthPrompt('p', settings).recognizeToken(dc)
    })
    return turn!
  }

  test('is answered through its caller', async () => {
    const made: unknown[] = []
    const key = Symbol('factory')
    const create = async (...args: unknown[]): Promise<string> => (made.push(args), 'connector')
    const context = await receive({ ConnectorFactoryKey: key }, ({ turnState }) => void turnState.set(key, { create }))
    expect(made).toEqual([['https://caller.test', 'caller-app']])
    expect(context.activity.serviceUrl).toBe('https://caller.test')
    expect(context.turnState.get(context.adapter.ConnectorClientKey)).toBe('connector')
  })

  test('is answered through an adapter of SDK v4, too', async () => {
    const made: unknown[] = []
    const createConnectorClientWithIdentity = async (...args: unknown[]): Promise<string> => (
      made.push(args),
      'connector'
    )
    await receive({ createConnectorClientWithIdentity })
    expect(made).toEqual([['https://caller.test', undefined, 'caller-app']])
  })

  test('needs an adapter that makes connectors', async () => {
    await expect(receive({})).rejects.toMatchObject({ code: 'DIALOGS_OAUTH_UNSUPPORTED' })
  })
})
