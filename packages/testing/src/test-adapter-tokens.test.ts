import type { TurnContext } from '@parley/core'
import { TestAdapter } from './test-adapter.ts'

/** A turn of User1 on the channel `test`. */
async function signIn(): Promise<{ adapter: TestAdapter; context: TurnContext }> {
  let context: TurnContext | undefined
  const adapter = new TestAdapter(async (turn) => {
    context = turn
  })
  await adapter.receiveActivity('hi')
  return { adapter, context: context as TurnContext }
}

describe('user tokens', () => {
  test('are there once added, for that user, channel and connection', async () => {
    const { adapter, context } = await signIn()
    await expect(adapter.getUserToken(context, 'mail')).resolves.toBeUndefined()
    adapter.addUserToken('mail', 'test', 'user1', 'secret')
    await expect(adapter.getUserToken(context, 'mail')).resolves.toEqual({
      connectionName: 'mail',
      channelId: 'test',
      token: 'secret',
    })
    await expect(adapter.getUserToken(context, 'calendar')).resolves.toBeUndefined()
  })

  test.each([
    ['another user', 'test', 'user2'],
    ['another channel', 'skype', 'user1'],
  ])('of %s are not handed out', async (_, channelId, userId) => {
    const { adapter, context } = await signIn()
    adapter.addUserToken('mail', channelId, userId, 'secret')
    await expect(adapter.getUserToken(context, 'mail')).resolves.toBeUndefined()
  })

  test('with a code are there once asked for with it', async () => {
    const { adapter, context } = await signIn()
    adapter.addUserToken('mail', 'test', 'user1', 'secret', '123456')
    await expect(adapter.getUserToken(context, 'mail')).resolves.toBeUndefined()
    await expect(adapter.getUserToken(context, 'mail', '654321')).resolves.toBeUndefined()
    await expect(adapter.getUserToken(context, 'mail', '123456')).resolves.toMatchObject({ token: 'secret' })
    await expect(adapter.getUserToken(context, 'mail')).resolves.toMatchObject({ token: 'secret' })
  })

  test.each<[string, [connectionName?: string | undefined, userId?: string | undefined], string[]]>([
    ['of one connection', ['mail'], ['calendar']],
    ['of all connections', [], []],
    ['of another user', [undefined, 'user2'], ['mail', 'calendar']],
  ])('%s can be signed out of', async (_, args, left) => {
    const { adapter, context } = await signIn()
    adapter.addUserToken('mail', 'test', 'user1', 'secret')
    adapter.addUserToken('calendar', 'test', 'user1', 'secret')
    await adapter.signOutUser(context, ...args)
    const status = await adapter.getTokenStatus(context, 'user1')
    expect(status.map(({ connectionName }) => connectionName)).toEqual(left)
  })

  test('are listed by connection', async () => {
    const { adapter, context } = await signIn()
    for (const connection of ['mail', 'calendar', 'files']) adapter.addUserToken(connection, 'test', 'user1', 'secret')
    adapter.addUserToken('other', 'test', 'user2', 'secret')
    await expect(adapter.getTokenStatus(context, undefined, 'mail,files')).resolves.toEqual([
      { channelId: 'test', connectionName: 'mail', hasToken: true, serviceProviderDisplayName: 'mail' },
      { channelId: 'test', connectionName: 'files', hasToken: true, serviceProviderDisplayName: 'files' },
    ])
    await expect(adapter.getTokenStatus(context)).resolves.toHaveLength(3)
  })

  test('of resources are none', async () => {
    const { adapter, context } = await signIn()
    await expect(adapter.getAadTokens(context, 'mail', ['https://graph.test'])).resolves.toEqual({})
  })
})

describe('sign-in', () => {
  test('has a link that names connection, channel and user', async () => {
    const { adapter, context } = await signIn()
    await expect(adapter.getSignInLink(context, 'mail')).resolves.toMatch(/\/oauthsignin\/mail\/test\/user1$/)
  })

  test('has a resource for an OAuth card', async () => {
    const { adapter, context } = await signIn()
    await expect(adapter.getSignInResource(context, 'mail', 'ann')).resolves.toEqual({
      signInLink: 'https://botframeworktestadapter.com/oauthsignin/mail/test/ann',
      tokenExchangeResource: { id: expect.any(String), uri: 'api://mail/resource' },
    })
  })
})

describe('token exchange', () => {
  test.each([
    ['a token', { token: 'sso' }],
    ['an address', { uri: 'sso' }],
  ])('gives a token for %s', async (_, request) => {
    const { adapter, context } = await signIn()
    adapter.addExchangeableToken('mail', 'test', 'user1', 'sso', 'secret')
    await expect(adapter.exchangeToken(context, 'mail', 'user1', request)).resolves.toMatchObject({ token: 'secret' })
  })

  test.each([
    ['what was not added', 'mail', 'user1', { token: 'other' }],
    ['another connection', 'calendar', 'user1', { token: 'sso' }],
    ['another user', 'mail', 'user2', { token: 'sso' }],
    ['nothing', 'mail', 'user1', {}],
  ])('gives no token for %s', async (_, connection, user, request) => {
    const { adapter, context } = await signIn()
    adapter.addExchangeableToken('mail', 'test', 'user1', 'sso', 'secret')
    await expect(adapter.exchangeToken(context, connection, user, request)).resolves.toBeUndefined()
  })

  test('fails when told to', async () => {
    const { adapter, context } = await signIn()
    adapter.throwOnExchangeRequest('mail', 'test', 'user1', 'sso')
    const exchange = adapter.exchangeToken(context, 'mail', 'user1', { token: 'sso' })
    await expect(exchange).rejects.toThrow('Exception occurred during exchanging tokens')
  })
})
