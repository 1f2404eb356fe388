import { openInspector } from './open-inspector.ts'
import { eventually } from 'test-support/eventually'
import { entryDetail, followEntries } from '../../test/entry-stream.ts'
import { echo } from '../../test/stand-in-bot.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { startTogether, stopAll } from '../../test/start-together.ts'

afterEach(stopAll)

test('no secret and no token that was used is anywhere in what is kept', async () => {
  const together = await startTogether(echo)
  const { service, bot, directLine } = together
  const { conversationId, client, streamUrl } = await directLine.start({ user: { id: 'dl_ada' } })
  await client.call('POST', '/tokens/refresh')
  const generated = await directLine.call('POST', '/tokens/generate', { user: { id: 'dl_ada' } })
  service.userTokens.signIn({ appId: bot.appId, userId: 'dl_ada' })
  const access = service.identity.mintAccessToken(bot.appId)
  const bearer = { Authorization: `Bearer ${access}` }
  const query = 'userId=dl_ada&connectionName=local'
  await fetch(`${service.url}/api/usertoken/GetToken?${query}&code=654321`, { headers: bearer })
  const answer = await fetch(`${service.url}/api/usertoken/GetToken?${query}`, { headers: bearer })
  const userToken: Json = await answer.json()
  const sso = service.userTokens.mintSsoToken({ appId: bot.appId })
  await client.call('POST', `/conversations/${conversationId}/activities`, {
    type: 'invoke',
    name: 'signin/tokenExchange',
    from: { id: 'dl_ada' },
    value: { id: '1', connectionName: 'local', token: sso },
  })
  await client.say(conversationId, `my password is ${bot.secret}`)
  const secrets = [
    bot.secret,
    service.directLineSecret,
    client.credential,
    new URL(streamUrl).searchParams.get('t'),
    generated.body.token,
    userToken.token,
    access,
    sso,
    ...bot.tokens,
    '654321',
  ]
  expect(secrets.filter((secret) => typeof secret !== 'string' || secret === '')).toHaveLength(0)
  const { entries } = await followEntries(service.url, { conversation: conversationId })
  await eventually(() => expect(entries.at(-1)?.path).toMatch(/activities$/))
  const last = entries.at(-1).seq
  const kept: string[] = [JSON.stringify(entries)]
  // Every entry there is, of whatever conversation.
  for (let seq = 1; seq <= last; seq += 1) kept.push(JSON.stringify(await entryDetail(service.url, seq)))
  expect(kept).toHaveLength(last + 1)
  for (const secret of secrets as string[]) {
    const parts = secret.split('.')
    // Of a token its signature is what makes it one; its claims are shown.
    expect(kept.some((text) => text.includes(parts.length === 3 ? (parts[2] ?? '') : secret))).toBe(false)
  }
  expect(kept.join('')).toContain('[hidden]')
})

test('there is nothing to search when the inspector is off', () => {
  const opened = openInspector({ limits: undefined } as Parameters<typeof openInspector>[0])
  expect([opened.exchanges, opened.posts, opened.conversations]).toEqual([undefined, undefined, undefined])
})
