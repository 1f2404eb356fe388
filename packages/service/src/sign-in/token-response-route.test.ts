import { useTogether } from '../../test/start-together.ts'

const together = useTogether()

const TOKEN = { token: 'a token of a tool', connectionName: 'local' }

async function give(conversationId: string, bearer: string, body: unknown = TOKEN): Promise<number> {
  const response = await fetch(`${together.service.url}/api/usertoken/tokenResponse?conversationId=${conversationId}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.status
}

test("a tool's own token reaches the bot as the event of a sign-in, and no client", async () => {
  const { bot, directLine, service } = together
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  for (const bearer of [client.credential, service.directLineSecret])
    expect(await give(conversationId, bearer)).toBe(200)
  const events = bot.received.filter(({ type }) => type === 'event')
  expect(events).toHaveLength(2)
  expect(events[0]).toMatchObject({
    name: 'tokens/response',
    from: { id: 'dl_ada', role: 'user' },
    value: { ...TOKEN, channelId: 'directline' },
  })
  expect(JSON.stringify(await client.poll(conversationId))).not.toContain(TOKEN.token)
  bot.turn = () => 500
  expect(await give(conversationId, client.credential)).toBe(502)
})

test('nobody gives tokens in the conversation of another, or with half a token', async () => {
  const { bot, directLine, service } = together
  const [one, other] = [await directLine.start({ user: { id: 'dl_ada' } }), await directLine.start()]
  expect(await give(one.conversationId, other.client.credential)).toBe(403)
  expect(await give(one.conversationId, service.identity.mintAccessToken(bot.appId))).toBe(403)
  expect(await give(one.conversationId, '')).toBe(401)
  expect(await give('unknown', service.directLineSecret)).toBe(404)
  expect(await give(other.conversationId, other.client.credential)).toBe(400)
  for (const body of [{}, [], { token: 't' }, { connectionName: 'local' }, { token: 1, connectionName: 'local' }]) {
    expect(await give(one.conversationId, one.client.credential, body)).toBe(400)
  }
  expect(bot.received.filter(({ type }) => type === 'event')).toEqual([])
})
