import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { failedChecks, lastPost } from '../../../test/token-inspection.ts'
import { echo } from '../../../test/stand-in-bot.ts'
import type { Json } from '../../../test/stand-in-bot.ts'
import { addBot, startTogether, useTogether, whenDone } from '../../../test/start-together.ts'
import type { Service } from '../../service.ts'

const together = useTogether(echo)

/** A bot that gives the same answer to everything, whatever the token. */
async function startRefusingBot(
  service: Service,
  appId: string,
  status: number,
  body: string,
  date?: Date,
): Promise<void> {
  const server = createServer((_request, response) => {
    if (date) response.setHeader('Date', date.toUTCString())
    response.writeHead(status).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  whenDone(async () => {
    server.closeAllConnections()
    server.close()
  })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`
  service.registerBot({ appId, secret: 'whatever it is', endpoint })
}

test('the token of a post is shown, with what the bot checks', async () => {
  const { service, bot, directLine } = together
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  await client.say(conversationId, 'hello')
  const { token } = await lastPost(service, conversationId)
  expect(token).toMatchObject({
    header: { kid: service.identity.currentKey('channel') },
    claims: { aud: bot.appId, iss: service.issuer, serviceurl: service.serviceUrl },
    verdict: 'accepted',
  })
  expect(failedChecks(token)).toEqual([])
  expect(token.advice).toBeUndefined()
})

test('a bot that has never asked for the keys listens to another channel service, and the page says with which settings not', async () => {
  const { service, directLine } = await startTogether(echo)
  await startRefusingBot(service, 'elsewhere', 401, '')
  const { conversationId, client } = await directLine.start({ bot: { id: 'elsewhere' }, user: { id: 'dl_ada' } })
  await client.say(conversationId, 'hello')
  const { token } = await lastPost(service, conversationId)
  expect(failedChecks(token)).toEqual(['metadata fetched', 'keys fetched'])
  expect(token.advice).toContain(`ChannelService=${service.url}`)
  expect(token.advice).toContain(`ToBotFromChannelOpenIdMetadataUrl=${service.url}/v1/.well-known/openidconfiguration`)
  // The first bot fetched them while it was at work on something.
  await addBot(service, echo, 'a-third-one')
  const other = await directLine.start({ user: { id: 'dl_ada' } })
  await other.client.say(other.conversationId, 'hello')
  const metadata = (await lastPost(service, other.conversationId)).token
  expect(metadata.verdict).toBe('accepted')
})

test.each<[number, string, RegExp]>([
  [401, 'Unauthorized. ServiceUrl claim do not match.', /serviceurl claim/],
  [401, '{"message":"Unauthorized. Invalid AppId passed on token: x"}', /another app id.*MicrosoftAppId with picky/],
  [401, 'Unauthorized. Is not authenticated', /could not verify/],
  [401, '{"error":{"code":"Unauthorized","id":"0c1d"}}', /under the id 0c1d.*AUTH_/],
  [401, 'no', /See the bot's log/],
  [403, '', /sender is not allowed/],
])('a bot that answers %i %s is explained', async (status, body, advice) => {
  const { service, directLine } = together
  await startRefusingBot(service, 'picky', status, body)
  const { conversationId, client } = await directLine.start({ bot: { id: 'picky' }, user: { id: 'dl_ada' } })
  // Some bot has fetched the keys; that it was this one cannot be ruled out.
  for (const path of ['openidconfiguration', 'keys']) await fetch(`${service.url}/v1/.well-known/${path}`)
  await client.say(conversationId, 'hello')
  const { token } = await lastPost(service, conversationId)
  expect(token.verdict).toBe('refused')
  expect(failedChecks(token)).toEqual([])
  expect(token.advice).toMatch(advice)
})

test('a bot whose clock is wrong is found out', async () => {
  const { service, directLine } = together
  await startRefusingBot(service, 'late', 401, '', new Date(Date.now() - 3_600_000))
  for (const path of ['openidconfiguration', 'keys']) await fetch(`${service.url}/v1/.well-known/${path}`)
  const { conversationId, client } = await directLine.start({ bot: { id: 'late' }, user: { id: 'dl_ada' } })
  await client.say(conversationId, 'hello')
  const { token } = await lastPost(service, conversationId)
  expect(failedChecks(token)).toEqual(['clock'])
  expect(token.advice).toMatch(/clocks differ/)
})

test('a bot that does not answer has neither accepted nor refused its token', async () => {
  const { service, bot, directLine } = await startTogether(echo)
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  await client.say(conversationId, 'hello')
  await bot.stop()
  await client.say(conversationId, 'hello')
  const { token, problem, status } = await lastPost(service, conversationId)
  expect([token.verdict, status]).toEqual(['unknown', undefined])
  expect(problem).toMatch(/Nothing answers/)
})

test('a bad token is sent as often as asked, and can be taken back', async () => {
  const { service, directLine } = together
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  const call = (method: string, path = '', body?: unknown): Promise<Response> =>
    fetch(`${service.url}/chat/token-faults${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  await client.say(conversationId, 'hello')
  const first: Json = await (await call('POST', '', { kind: 'expired', times: 2 })).json()
  expect(await (await call('GET')).json()).toEqual({ pending: [{ ...first, kind: 'expired', left: 2 }] })
  const statuses = [
    await client.say(conversationId, 'a'),
    await client.say(conversationId, 'b'),
    await client.say(conversationId, 'c'),
  ]
  expect(statuses.map(({ status }) => status)).toEqual([502, 502, 200])
  const second: Json = await (await call('POST', '', { kind: 'missing' })).json()
  expect((await call('DELETE', `/${second.id}`)).status).toBe(204)
  expect((await call('DELETE', `/${second.id}`)).status).toBe(404)
  await call('POST', '', { kind: 'missing' })
  expect((await call('DELETE')).status).toBe(204)
  expect((await client.say(conversationId, 'd')).status).toBe(200)
  for (const body of [{}, { kind: 'evil' }, { kind: 'expired', times: 0 }, [], 'x']) {
    expect((await call('POST', '', body)).status).toBe(400)
  }
  const other = await fetch(`${service.url}/chat/token-faults`, { headers: { 'Sec-Fetch-Site': 'same-site' } })
  expect(other.status).toBe(403)
})
