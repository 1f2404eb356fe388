import type { BotTurn, Json } from '../../test/stand-in-bot.ts'
import { TestStream } from '../../test/direct-line-client.ts'
import { eventually } from 'test-support/eventually'
import { startTogether, stopAll, useTogether, whenDone } from '../../test/start-together.ts'
import type { Together } from '../../test/start-together.ts'

const shared = useTogether()
afterAll(stopAll)

function openStream(streamUrl: string): TestStream {
  const stream = new TestStream(streamUrl)
  whenDone(async () => stream.socket.terminate())
  return stream
}

/** Says something as the bot and tries to change it and to take it back. */
async function change({ bot, directLine }: Together): Promise<{ answers: unknown[]; texts: string[] }> {
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  const { body } = await bot.call('POST', `/${conversationId}/activities`, { type: 'message', text: 'one' })
  const path = `/${conversationId}/activities/${encodeURIComponent(body.id)}`
  const answers = [await bot.call('PUT', path, { type: 'message', text: 'two' })]
  const texts = await client.texts(conversationId)
  answers.push(await bot.call('DELETE', path))
  return { answers: answers.map(({ status, body: answer }) => [status, answer?.error?.code]), texts }
}

test('bots may change and take back what they said, unless Direct Line is to be as in the cloud', async () => {
  expect(await change(shared)).toEqual({
    answers: [
      [200, undefined],
      [200, undefined],
    ],
    texts: ['two'],
  })
  const strict = await startTogether(undefined, { strictDirectLine: true })
  expect(await change(strict)).toEqual({
    answers: [
      [405, 'BadArgument'],
      [405, 'BadArgument'],
    ],
    texts: ['one'],
  })
})

test('a streamed reply reaches an open stream piece by piece, and a poll when it is complete', async () => {
  const { bot, directLine } = shared
  const { conversationId, streamUrl, client } = await directLine.start({ user: { id: 'dl_ada' } })
  const stream = openStream(streamUrl)
  await eventually(() => expect(stream.socket.readyState).toBe(1))
  const say = async (type: string, text: string, info: Json): Promise<string> => {
    const activity = { type, text, entities: [{ type: 'streaminfo', ...info }] }
    return (await bot.call('POST', `/${conversationId}/activities`, activity)).body.id
  }
  const streamId = await say('typing', 'Hel', { streamType: 'streaming', streamSequence: 1 })
  await say('typing', 'Hello', { streamId, streamType: 'streaming', streamSequence: 2 })
  await say('message', 'Hello Ada', { streamId, streamType: 'final' })
  expect((await stream.has(3)).map(({ text, channelData }) => [text, channelData])).toEqual([
    ['Hel', { streamType: 'streaming', streamSequence: 1 }],
    ['Hello', { streamId, streamType: 'streaming', streamSequence: 2 }],
    ['Hello Ada', { streamId, streamType: 'final' }],
  ])
  expect(await client.texts(conversationId)).toEqual(['Hello Ada'])
})

describe('invokes', () => {
  const invoke = { type: 'invoke', name: 'signin/tokenExchange', value: { token: 't' }, from: { id: 'dl_ada' } }

  /** Answers invokes with `status` and `body`. */
  const answering =
    (status: number, body?: string): BotTurn =>
    ({ type }, bot) => {
      if (type !== 'invoke') return
      bot.answerBody = body
      return status
    }

  const post = async (turn: BotTurn, together: Together = shared): Promise<{ status: number; body: Json }> => {
    together.bot.turn = turn
    const { conversationId, client } = await together.directLine.start({ user: { id: 'dl_ada' } })
    return client.call('POST', `/conversations/${conversationId}/activities`, invoke)
  }

  test.each<[number, string | undefined, Json]>([
    [200, '{"ok":true}', { status: 200, body: { ok: true } }],
    [200, undefined, { status: 200 }],
    [202, 'plain', { status: 202, body: 'plain' }],
  ])('the client learns that the bot answered %i %s', async (status, body, invokeResponse) => {
    const answer = await post(answering(status, body))
    expect(answer).toMatchObject({ status: 200, body: { id: expect.any(String), invokeResponse } })
    expect(shared.bot.received.at(-1)).toMatchObject(invoke)
  })

  test.each([400, 404, 412, 501])('a bot that answers %i makes it 502, and is not thought broken', async (status) => {
    const answer = await post(answering(status, '{"why":"not signed in"}'))
    expect(answer).toMatchObject({
      status: 502,
      body: { error: { code: 'BotError', innerHttpError: { statusCode: status, body: { why: 'not signed in' } } } },
    })
    expect(shared.events).toEqual([])
    expect(shared.service.bots[0]?.problem).toBeUndefined()
  })

  test('as in the cloud, the client learns the id alone', async () => {
    const strict = await startTogether(undefined, { strictDirectLine: true })
    const { status, body } = await post(answering(200, '{"ok":true}'), strict)
    expect([status, Object.keys(body)]).toEqual([200, ['id']])
  })
})

test('a developer reads what was said in a conversation with the token of its bot', async () => {
  const { bot, directLine } = shared
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  await client.say(conversationId, 'hello')
  await bot.call('POST', `/${conversationId}/activities`, { type: 'typing' })
  const { status, body } = await bot.call('GET', `/${conversationId}/activities`)
  expect([status, body.activities.map(({ text }: Json) => text)]).toEqual([200, ['hello']])
})
