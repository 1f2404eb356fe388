import { DirectLineClient } from '../../test/direct-line-client.ts'
import type { Answer } from '../../test/direct-line-client.ts'
import { useTogether } from '../../test/start-together.ts'

const together = useTogether()

async function generate(body: unknown): Promise<{ answer: Answer; client: DirectLineClient }> {
  const answer = await together.directLine.call('POST', '/tokens/generate', body)
  return { answer, client: new DirectLineClient(together.service.url, answer.body.token) }
}

test('the eTag of a client comes back with everything about its conversation', async () => {
  const { answer, client } = await generate({ eTag: 'mine' })
  const started = await client.call('POST', '/conversations', { eTag: 'mine' })
  const path = `/conversations/${answer.body.conversationId}`
  const answers = [
    answer,
    started,
    await client.call('POST', '/conversations'),
    await client.call('POST', '/tokens/refresh'),
    await client.call('GET', path),
    await together.directLine.call('GET', path),
  ]
  expect(answers.map(({ status, body }) => [status, body.eTag])).toEqual([
    [200, 'mine'],
    [201, 'mine'],
    [200, 'mine'],
    [200, 'mine'],
    [200, 'mine'],
    [200, 'mine'],
  ])
})

test('one given only when the conversation starts counts too', async () => {
  const { client } = await generate({})
  expect(await client.call('POST', '/conversations', { eTag: 'late' })).toMatchObject({
    status: 201,
    body: { eTag: 'late' },
  })
  expect((await client.call('POST', '/conversations', { eTag: 'late' })).status).toBe(200)
})

test('who gives none gets none', async () => {
  const { answer, client } = await generate({})
  expect(Object.keys(answer.body)).toEqual(['conversationId', 'token', 'expires_in'])
  const { body } = await client.call('POST', '/conversations')
  expect(Object.keys(body)).toEqual(['conversationId', 'token', 'expires_in', 'streamUrl'])
})

test.each([
  ['another one', { eTag: 'mine' }, { eTag: 'mine' }, { eTag: 'other' }],
  ['one where there was none', {}, {}, { eTag: 'other' }],
  ['another one than the token has', { eTag: 'mine' }, undefined, { eTag: 'other' }],
])('a start with %s is answered 409, and changes nothing', async (_, token, first, second) => {
  const { answer, client } = await generate(token)
  if (first) await client.call('POST', '/conversations', first)
  expect(await client.call('POST', '/conversations', second)).toMatchObject({
    status: 409,
    body: { error: { code: 'ConversationExists', message: expect.any(String) } },
  })
  const exists = (await together.directLine.call('GET', `/conversations/${answer.body.conversationId}`)).status
  expect(exists).toBe(first ? 200 : 404)
})

test.each([7, {}, 'x'.repeat(257)])('the eTag %.20j is refused', async (eTag) => {
  expect((await together.directLine.call('POST', '/tokens/generate', { eTag })).status).toBe(400)
})

test("clients learn the id of the bot's grammar, if it has one", async () => {
  const { service, bot, directLine } = together
  service.registerBot({ ...bot.registration, referenceGrammarId: 'a-grammar' })
  const { body } = await directLine.call('POST', '/conversations')
  expect(body.referenceGrammarId).toBe('a-grammar')
  const again = await directLine.call('GET', `/conversations/${body.conversationId}`)
  expect(again.body.referenceGrammarId).toBe('a-grammar')
  service.registerBot(bot.registration)
})
