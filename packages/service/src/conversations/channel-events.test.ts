import type { DirectLineClient } from '../../test/direct-line-client.ts'
import { echo } from '../../test/stand-in-bot.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { useTogether } from '../../test/start-together.ts'

const together = useTogether(echo)

const USER = { id: 'dl_ada', name: 'Ada' }

interface Chat {
  readonly id: string
  readonly client: DirectLineClient
  readonly said: () => Promise<Json[]>
}

async function begin(): Promise<Chat> {
  const { conversationId: id, client } = await together.directLine.start({ user: USER })
  await client.say(id, 'hello')
  together.bot.received.length = 0
  const said = async (): Promise<Json[]> =>
    (await client.call('GET', `/conversations/${id}/activities`)).body.activities
  return { id, client, said }
}

const MEMBER = { id: 'dl_bob', name: 'Bob' }

test.each<[Json, Json]>([
  [
    { system: 'membersAdded', member: MEMBER },
    { type: 'conversationUpdate', membersAdded: [{ ...MEMBER, role: 'user' }] },
  ],
  [
    { system: 'membersRemoved', member: MEMBER },
    { type: 'conversationUpdate', membersRemoved: [{ ...MEMBER, role: 'user' }] },
  ],
  [{ system: 'contactAdded' }, { type: 'contactRelationUpdate', action: 'add' }],
  [{ system: 'contactRemoved' }, { type: 'contactRelationUpdate', action: 'remove' }],
  [{ system: 'installed' }, { type: 'installationUpdate', action: 'add' }],
  [{ system: 'uninstalled' }, { type: 'installationUpdate', action: 'remove' }],
  [{ system: 'typing' }, { type: 'typing' }],
  [{ system: 'deleteUserData' }, { type: 'deleteUserData' }],
  [{ system: 'endOfConversation' }, { type: 'endOfConversation', code: 'userCancelled' }],
])('%j reaches the bot as %j, and no client', async (event, expected) => {
  const { id, said } = await begin()
  const before = await said()
  const result = await together.service.channelEvents.send(id, event)
  expect(result).toEqual({ id: expect.stringMatching(/\|\d{7}$/), status: 200 })
  const { serviceUrl } = together.service
  expect(together.bot.received).toEqual([
    {
      ...expected,
      id: result.id,
      timestamp: expect.any(String),
      channelId: 'directline',
      serviceUrl,
      conversation: { id },
      recipient: expect.objectContaining({ name: 'Echo' }),
      from: { ...(event.member ?? USER), role: 'user' },
    },
  ])
  const welcome = event.system === 'membersAdded' ? 1 : 0
  expect((await said()).length).toBe(before.length + welcome)
})

test.each(['reactionsAdded', 'reactionsRemoved'] as const)(
  '%s is about the last message of the bot',
  async (system) => {
    const { id, said } = await begin()
    const last = (await said()).at(-1)
    await together.service.channelEvents.send(id, { system })
    await together.service.channelEvents.send(id, { system, reaction: 'heart', replyToId: 'another' })
    expect(together.bot.received).toMatchObject([
      { type: 'messageReaction', [system]: [{ type: 'like' }], replyToId: last.id },
      { type: 'messageReaction', [system]: [{ type: 'heart' }], replyToId: 'another' },
    ])
  },
)

test('who joins is a member, and who leaves is none', async () => {
  const { id } = await begin()
  const { channelEvents } = together.service
  const members = async (): Promise<string[]> =>
    (await together.bot.call('GET', `/${id}/members`)).body.map((member: Json) => member.id)
  await channelEvents.send(id, { system: 'membersAdded', member: MEMBER })
  expect(await members()).toContain(MEMBER.id)
  await channelEvents.send(id, { system: 'membersRemoved', member: MEMBER })
  expect(await members()).not.toContain(MEMBER.id)
})

test('an activity is sent as it is, with what it lacks; clients see a message, and the bot can answer it', async () => {
  const { id, said } = await begin()
  const activity = {
    type: 'message',
    text: 'made up',
    id: 'my-id',
    from: { id: 'eve' },
    callerId: 'x',
    other: { a: [1] },
  }
  expect(await together.service.channelEvents.send(id, { activity })).toEqual({ id: 'my-id', status: 200 })
  expect(together.bot.received.at(-1)).toMatchObject({ ...activity, conversation: { id }, channelId: 'directline' })
  expect((await said()).slice(-2)).toMatchObject([activity, { text: 'Echo: made up', replyToId: 'my-id' }])
})

test('an invoke gives the answer of the bot, and its failure is a result', async () => {
  const { id } = await begin()
  const { bot, service } = together
  bot.turn = () => 501
  const invoke = { activity: { type: 'invoke', name: 'test' } }
  expect(await service.channelEvents.send(id, invoke)).toMatchObject({ status: 501, answer: { status: 501 } })
  bot.turn = () => 500
  const result = await service.channelEvents.send(id, { system: 'installed' })
  expect(result).toMatchObject({ status: 500, problem: { kind: 'bot-failed', status: 500 } })
})

test('what the channel says waits for what is under way', async () => {
  const { id, client } = await begin()
  const { bot, service } = together
  const order: string[] = []
  bot.turn = async ({ type }) => {
    order.push(`begin ${type}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
    order.push(`end ${type}`)
  }
  const saying = client.say(id, 'slow')
  await new Promise((resolve) => setTimeout(resolve, 10))
  await Promise.all([saying, service.channelEvents.send(id, { system: 'typing' })])
  expect(order).toEqual(['begin message', 'end message', 'begin typing', 'end typing'])
})

test.each<[Json, string]>([
  [undefined, 'event must be an object'],
  [{}, 'either system or activity'],
  [{ system: 'typing', activity: { type: 'message' } }, 'either system or activity'],
  [{ system: 'explode' }, 'event.system must be one of'],
  [{ system: 'membersAdded', member: { name: 'no id' } }, 'event.member.id'],
  [{ system: 'membersAdded', member: 'Bob' }, 'event.member must be an object'],
  [{ system: 'reactionsAdded', reaction: 'x'.repeat(65) }, 'event.reaction'],
  [{ system: 'reactionsAdded', replyToId: 7 }, 'event.replyToId'],
  [{ activity: { text: 'no type' } }, 'event.activity cannot be used'],
  [{ activity: { type: 'message', text: 7 } }, 'event.activity cannot be used'],
])('%j is refused', async (event, message) => {
  const { id } = await begin()
  const sending = together.service.channelEvents.send(id, event)
  await expect(sending).rejects.toMatchObject({ code: 'SERVICE_OPTION', message: expect.stringContaining(message) })
  expect(together.bot.received).toEqual([])
})

test('neither a taken id nor a conversation that ended or never was is spoken in', async () => {
  const { id, said } = await begin()
  const { channelEvents } = together.service
  const taken = (await said())[0].id
  await expect(channelEvents.send(id, { activity: { type: 'message', id: taken } })).rejects.toThrow('another activity')
  await channelEvents.send(id, { system: 'endOfConversation' })
  await expect(channelEvents.send(id, { system: 'typing' })).rejects.toThrow('has ended')
  await expect(channelEvents.send('nowhere', { system: 'typing' })).rejects.toThrow(RangeError)
})
