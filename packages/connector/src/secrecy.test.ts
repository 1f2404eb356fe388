import { inspect } from 'node:util'
import { closeAfterEach } from '../test/closing.ts'
import { AUDIENCE, createTestFactory } from '../test/factory.ts'
import { BEARER, createFakeTokens } from '../test/fakes.ts'
import { json, raw, refusal, reset, silence, startConnector } from '../test/fake-connector.ts'
import type { Answer } from '../test/fake-connector.ts'

const opened = closeAfterEach()
const CONVERSATION = 'conversation-of-ann'
const TEXT = 'the text of a message'

/** A service that wants to see the bearer in the bot's log. */
const mirror: Answer = (response, { headers }) => {
  const token = headers.authorization ?? ''
  response.writeHead(400, { 'content-type': 'application/json', 'x-mirror': token })
  response.end(JSON.stringify({ error: { code: token.slice('Bearer '.length), message: token } }))
}

test.each<[string, Answer]>([
  ['400', refusal(400)],
  ['401', refusal(401)],
  ['403', refusal(403)],
  ['429', refusal(429)],
  ['503', refusal(503)],
  ['a redirect', raw(302, '', { location: `https://evil.example/?t=${BEARER}` })],
  ['a reset', reset],
  ['silence', silence],
  ['an answer that is not HTTP', (response) => void response.socket?.end(`junk ${TEXT} ${BEARER}`)],
  ['a service that mirrors the token', mirror],
  ['a body that is no list', json(200, { text: TEXT, token: BEARER })],
])('after %s no error, cause or log line holds the token, the body or an id', async (_, answer) => {
  const connector = opened(await startConnector(answer))
  const { factory, logger } = opened(createTestFactory({ tryTimeoutMs: 20 }))
  const { conversations } = factory.create(connector.serviceUrl, AUDIENCE)

  const errors = await Promise.all([
    conversations.updateActivity(CONVERSATION, 'activity-7', { text: TEXT }).catch((error: unknown) => error),
    conversations.getConversationMembers(CONVERSATION).catch((error: unknown) => error),
  ])

  const shown = [errors, logger.lines].flatMap((value) => [
    inspect(value, { depth: Infinity, showHidden: true }),
    JSON.stringify(value),
  ])
  for (const text of shown) {
    expect(text).not.toContain('canary')
    expect(text).not.toContain(TEXT)
    expect(text).not.toContain(CONVERSATION)
    expect(text).not.toContain('must not travel')
  }
})

test('a factory and its clients do not show the token, also while a call is under way', async () => {
  const connector = opened(await startConnector(silence))
  // The token source is someone else's; here it hides its own.
  const { getToken, forget } = createFakeTokens()
  const made = opened(createTestFactory({ tokens: { getToken, forget }, tryTimeoutMs: 50 }))
  const client = made.factory.create(connector.serviceUrl, AUDIENCE)
  const sending = client.conversations.sendToConversation(CONVERSATION, { text: TEXT }).catch(() => {})
  while (connector.received.length === 0) await new Promise(setImmediate)

  const shown = inspect([made.factory, client], { depth: Infinity, showHidden: true })
  await sending

  expect(shown).not.toContain('canary')
  expect(shown).not.toContain(TEXT)
})
