import { DirectLineClient, TestStream } from '../../test/direct-line-client.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { useTogether, whenDone } from '../../test/start-together.ts'

const together = useTogether()

interface Chat {
  readonly conversationId: string
  /** Bob, who is a member. */
  readonly bob: DirectLineClient
  /** Eve, who has a token for the same conversation. */
  readonly eve: DirectLineClient
  readonly eveStream: TestStream
  readonly call: (method: string, path: string, body?: Json) => Promise<{ status: number; body: Json }>
}

async function startChat(): Promise<Chat> {
  const { service, bot, directLine } = together
  const { conversationId, client: bob } = await directLine.start()
  await bob.say(conversationId, 'hello', { from: { id: 'dl_bob' } })
  const { body } = await bob.call('POST', '/conversations', { user: { id: 'dl_eve' } })
  const eveStream = new TestStream(body.streamUrl)
  whenDone(async () => eveStream.socket.terminate())
  return {
    conversationId,
    bob,
    eve: new DirectLineClient(service.url, body.token),
    eveStream,
    call: async (method, path, activity) => bot.call(method, `/${conversationId}/activities${path}`, activity),
  }
}

const forBob = { type: 'message', text: 'for Bob', recipient: { id: 'dl_bob', name: 'Bob' } }
const TARGETED = '?isTargetedActivity=true'

test('an activity for one member is seen by that member, and not by others, in polls and streams', async () => {
  const { conversationId, bob, eve, eveStream, call } = await startChat()
  const { status, body } = await call('POST', TARGETED, forBob)
  expect(status).toBe(200)
  await call('PUT', `/${encodeURIComponent(body.id)}${TARGETED}`, { type: 'message', text: 'still for Bob' })
  await call('POST', '', { type: 'message', text: 'for all', recipient: { id: 'dl_bob' } })

  const seen = (await bob.poll(conversationId)).activities
  expect(seen.map(({ text }) => text)).toEqual(['hello', 'still for Bob', 'for all'])
  expect(seen[1]?.recipient).toEqual({ id: 'dl_bob', name: 'Bob', isTargeted: true })
  expect(await eve.texts(conversationId)).toEqual(['hello', 'for all'])
  expect((await eveStream.has(2)).map(({ text }) => text)).toEqual(['hello', 'for all'])
})

test('the watermark goes past what a client is not shown', async () => {
  const { conversationId, eve, call } = await startChat()
  const { watermark } = await eve.poll(conversationId)
  await call('POST', TARGETED, forBob)
  const next = await eve.poll(conversationId, watermark)
  expect([next.activities, Number(next.watermark)]).toEqual([[], Number(watermark) + 1])
})

test('its members are its recipient and the bot', async () => {
  const { call } = await startChat()
  const idsOf = async (id: string): Promise<string[]> =>
    (await call('GET', `/${encodeURIComponent(id)}/members`)).body.map((member: Json) => member.id)
  const { body: targeted } = await call('POST', TARGETED, forBob)
  const { body: open } = await call('POST', '', { type: 'message', text: 'for all' })
  expect(await idsOf(targeted.id)).toEqual(await idsOf(open.id))
  expect(await idsOf(targeted.id)).toEqual([expect.stringMatching(/^echo@/), 'dl_bob'])
})

test('in a group the others are not among them', async () => {
  const { bot } = together
  const members = [{ id: 'ada' }, { id: 'bob' }]
  const { body: group } = await bot.call('POST', '', { isGroup: true, members })
  const activity = { type: 'message', text: 'psst', recipient: { id: 'bob' } }
  const { body } = await bot.call('POST', `/${group.id}/activities${TARGETED}`, activity)
  const { body: audience } = await bot.call('GET', `/${group.id}/activities/${encodeURIComponent(body.id)}/members`)
  expect(audience.map(({ id }: Json) => id)).toEqual([expect.stringMatching(/^echo@/), 'bob'])
})

test.each<[string, Json]>([
  ['nobody', undefined],
  ['somebody without an id', {}],
  ['somebody who is not there', { id: 'dl_eve' }],
])('an activity targeted at %s is refused, and seen by nobody', async (_, recipient) => {
  const { conversationId, bob, call } = await startChat()
  expect(await call('POST', TARGETED, { ...forBob, recipient })).toMatchObject({
    status: 400,
    body: { error: { code: 'BadArgument' } },
  })
  expect(await bob.texts(conversationId)).toEqual(['hello'])
})
