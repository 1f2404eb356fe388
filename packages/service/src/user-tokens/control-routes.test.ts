import { useTogether } from '../../test/start-together.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { callUserTokens } from '../../test/user-token-calls.ts'

const together = useTogether()

async function control(
  name: string,
  body: unknown,
  bearer = together.service.directLineSecret,
): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${together.service.url}/dev/${name}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

const hasToken = async (): Promise<boolean> => {
  const { service, bot } = together
  return (await callUserTokens(service, bot, 'usertoken/GetToken?userId=dl_ada&connectionName=local')).status === 200
}

test('a program with the secret signs users in, has their tokens run out, and revokes them', async () => {
  const user = { userId: 'dl_ada' }
  const signedIn = await control('user-tokens/sign-in', { ...user, user: { upn: 'ada@example.com' } })
  expect(signedIn.body).toMatchObject({ channelId: 'directline', connectionName: 'local', token: expect.any(String) })
  expect(await hasToken()).toBe(true)
  expect(await control('user-tokens/expire', user)).toEqual({ status: 200, body: { count: 1 } })
  expect(await hasToken()).toBe(false)
  await control('user-tokens/sign-in', { ...user, channelId: 'webchat', connectionName: 'local' })
  expect(await control('user-tokens/revoke', { ...user, channelId: 'directline' })).toEqual({
    status: 200,
    body: { count: 0 },
  })
  expect(await control('user-tokens/revoke', user)).toEqual({ status: 200, body: { count: 1 } })
  expect(await hasToken()).toBe(false)
})

test.each([
  ['user-tokens/expire', {}, 'MissingProperty'],
  ['user-tokens/expire', { userId: 1 }, 'BadArgument'],
  ['user-tokens/expire', { userId: 'a', appId: 'nobody' }, 'BadArgument'],
  ['user-tokens/sign-in', { userId: 'a', connectionName: 'no' }, 'BadArgument'],
  ['user-tokens/sign-in', { userId: 'a', user: { upn: 'no address' } }, 'BadArgument'],
  ['sso-token', { user: { upn: '<script>@example.com' } }, 'BadArgument'],
  ['sso-token', [], 'BadSyntax'],
])('%s with %j is refused', async (name, body, code) => {
  const answer = await control(name, body)
  expect([answer.status, answer.body.error.code]).toEqual([400, code])
})

test("a client's token opens single sign-on for its own bot, and no other control", async () => {
  const { directLine, bot, service } = together
  const { client } = await directLine.start()
  for (const name of ['sign-in', 'expire', 'revoke']) {
    expect((await control(`user-tokens/${name}`, { userId: 'dl_ada' }, client.credential)).status).toBe(403)
  }
  const { status, body } = await control('sso-token', { appId: 'another' }, client.credential)
  expect(status).toBe(200)
  const exchange = { method: 'POST', body: { token: body.token } }
  const query = 'userId=dl_ada&connectionName=local&channelId=directline'
  expect((await callUserTokens(service, bot, `usertoken/exchange?${query}`, exchange)).status).toBe(200)
  for (const bearer of ['', service.identity.mintAccessToken(bot.appId)]) {
    expect([401, 403]).toContain((await control('sso-token', {}, bearer)).status)
  }
})
