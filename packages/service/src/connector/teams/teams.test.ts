import type { Json } from '../../../test/stand-in-bot.ts'
import { TestStream } from '../../../test/direct-line-client.ts'
import { addBot, startTogether, stopAll, useTogether, whenDone } from '../../../test/start-together.ts'

const together = useTogether()
afterAll(stopAll)

const [ada, bob] = [
  { id: '29:ada', aadObjectId: 'aad-ada', name: 'Ada', userPrincipalName: 'ada@example.com', tenantId: 't' },
  { id: '29:bob', aadObjectId: 'aad-bob', name: 'Bob', tenantId: 't' },
]
const team = {
  id: '19:team@thread.tacv2',
  name: 'Team',
  aadGroupId: 'group',
  tenantId: 't',
  channels: [{ id: '19:news@thread.tacv2', name: 'News' }],
  members: [ada, bob],
}
const meeting = {
  id: 'MCMxOTptZWV0aW5n',
  tenantId: 't',
  conversationId: '19:meeting_x@thread.v2',
  details: { title: 'Weekly', type: 'Scheduled', scheduledStartTime: '2026-01-01T10:00:00Z' },
  organizer: ada,
  participants: [{ user: ada, role: 'Organizer', inMeeting: true }],
}

beforeAll(() => {
  together.service.teams.addTeam(team)
  together.service.teams.addMeeting(meeting)
})

async function call(
  method: string,
  path: string,
  body?: unknown,
  appId = together.bot.appId,
): Promise<{ status: number; body: Json }> {
  const response = await fetch(together.service.url + path, {
    method,
    headers: {
      Authorization: `Bearer ${together.service.identity.mintAccessToken(appId)}`,
      'Content-Type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

const encoded = encodeURIComponent

test('a team tells its name, its size and its channels, of which General has no name', async () => {
  expect((await call('GET', `/v3/teams/${encoded(team.id)}`)).body).toEqual({
    id: team.id,
    name: 'Team',
    aadGroupId: 'group',
    channelCount: 2,
    memberCount: 2,
    type: 'standard',
  })
  expect((await call('GET', `/v3/teams/${encoded(team.id)}/conversations`)).body).toEqual({
    conversations: [{ id: team.id, type: 'standard' }, team.channels[0]],
  })
})

test('the members of a team are those of its conversation, with every field', async () => {
  const { body } = await call('GET', `/v3/conversations/${encoded(team.id)}/pagedmembers?pageSize=2`)
  expect(body.members[1]).toEqual(ada)
  expect((await call('GET', `/v3/conversations/${encoded(team.id)}/members/${encoded(bob.id)}`)).body).toEqual(bob)
})

test('a meeting tells its details, and its participants by object id', async () => {
  const path = `/v1/meetings/${meeting.id}`
  expect((await call('GET', path)).body).toEqual({
    details: { id: meeting.id, ...meeting.details },
    conversation: expect.objectContaining({ id: meeting.conversationId, conversationType: 'groupChat' }),
    organizer: ada,
  })
  expect((await call('GET', `${path}/participants/aad-ada?tenantId=t`)).body).toMatchObject({
    user: ada,
    meeting: { role: 'Organizer', inMeeting: true },
  })
  expect((await call('GET', `${path}/participants/aad-ada?tenantId=other`)).status).toBe(404)
  expect((await call('GET', `${path}/participants/aad-bob`)).status).toBe(404)
})

test('a notification of a meeting names those who do not take part', async () => {
  const path = `/v1/meetings/${meeting.id}/notification`
  const notify = async (recipients: unknown): Promise<{ status: number; body: Json }> =>
    call('POST', path, { type: 'targetedMeetingNotification', value: { recipients, surfaces: [{}] } })
  expect(await notify([ada.id])).toEqual({ status: 202, body: undefined })
  expect(await notify([ada.id, bob.id])).toMatchObject({
    status: 207,
    body: { recipientsFailureInfo: [{ recipientMri: bob.id }] },
  })
  expect((await notify([])).body.error.code).toBe('MissingProperty')
  expect((await call('POST', path, { type: 'other' })).body.error.code).toBe('BadArgument')
})

test('a message in a channel is a thread with an id of its own, which names the message', async () => {
  const channel = team.channels[0]?.id
  const parameters = {
    isGroup: true,
    channelData: { channel: { id: channel } },
    activity: { type: 'message', text: 'new' },
  }
  const [first, second] = [
    await call('POST', '/v3/conversations', parameters),
    await call('POST', '/v3/conversations', parameters),
  ]
  expect([first.status, second.status]).toEqual([201, 201])
  expect(first.body.id).toBe(`${channel};messageid=${first.body.activityId}`)
  expect(first.body.activityId).toMatch(/^\d{13}$/)
  expect(second.body.id).not.toBe(first.body.id)
  expect((await call('GET', `/v3/conversations/${encoded(first.body.id)}/members`)).body).toHaveLength(3)
  const reply = `/v3/conversations/${encoded(first.body.id)}/activities/${first.body.activityId}`
  expect((await call('POST', reply, { type: 'message', text: 'more' })).status).toBe(200)
  expect(await together.directLine.texts(encoded(first.body.id))).toEqual(['new', 'more'])
})

test('a chat with somebody of a team is one of Teams, the same every time', async () => {
  const parameters = { isGroup: false, members: [{ id: ada.id }], tenantId: 't', channelData: { tenant: { id: 't' } } }
  const [first, second] = [
    await call('POST', '/v3/conversations', parameters),
    await call('POST', '/v3/conversations', parameters),
  ]
  expect([first.status, second.status]).toEqual([201, 200])
  expect(first.body.id).toMatch(/^a:1[A-Za-z0-9]{60}$/)
  expect(second.body.id).toBe(first.body.id)
})

test('what a program says in a channel reaches the bot as Teams would send it, and the answer comes back on a stream', async () => {
  const { bot, directLine } = together
  bot.turn = async (activity) => {
    if (activity.type === 'message') await bot.reply(activity, { type: 'message', text: 'hello Ada' })
  }
  const path = `/conversations/${encoded(team.id)}`
  const { body } = await directLine.call('GET', path)
  const stream = new TestStream(body.streamUrl)
  whenDone(async () => stream.socket.terminate())
  const said = await directLine.call('POST', `${path}/activities`, { type: 'message', text: 'hello', from: ada })
  expect(said.status).toBe(200)
  const inChannel = {
    channelId: 'msteams',
    conversation: { id: team.id, conversationType: 'channel', isGroup: true, tenantId: 't', name: 'General' },
    channelData: {
      team: { id: team.id, name: 'Team' },
      channel: { id: team.id, name: 'General' },
      tenant: { id: 't' },
    },
  }
  expect(bot.received).toEqual([
    expect.objectContaining({ ...inChannel, type: 'conversationUpdate', membersAdded: [bot.received[0].recipient] }),
    expect.objectContaining({ ...inChannel, type: 'message', from: { ...ada, role: 'user' } }),
  ])
  expect((await stream.has(2)).map(({ text }) => text)).toEqual(['hello', 'hello Ada'])
})

describe('a message to many', () => {
  const activity = { type: 'message', text: 'to all' }
  const post = async (target: string, more: Json = {}): Promise<{ status: number; body: Json }> =>
    call('POST', `/v3/batch/conversation/${target}`, { activity, tenantId: 't', ...more })

  test.each<[string, Json, Json, string[]]>([
    ['users', { members: [{ id: ada.id }, { id: 'aad-bob' }, { id: '29:eve' }] }, { 201: 2, 404: 1 }, ['29:eve']],
    ['tenant', {}, { 201: 2 }, []],
    ['team', { teamId: team.id }, { 201: 2 }, []],
    [
      'channels',
      { members: [{ id: team.id }, { id: '19:other@thread.tacv2' }] },
      { 201: 1, 404: 1 },
      ['19:other@thread.tacv2'],
    ],
  ])('reaches %s, and tells whom it did not', async (target, more, statusMap, failed) => {
    const { status, body } = await post(target, more)
    expect([status, Object.keys(body)]).toEqual([201, ['operationId']])
    const path = `/v3/batch/conversation/${body.operationId}`
    expect((await call('GET', path)).body).toEqual({
      state: 'Completed',
      statusMap,
      totalEntriesCount: Object.values<number>(statusMap).reduce((sum, count) => sum + count),
    })
    const { failedEntryResponses } = (await call('GET', path.replace('conversation/', 'conversation/failedentries/')))
      .body
    expect(failedEntryResponses.map(({ id }: Json) => id)).toEqual(failed)
    expect((await call('DELETE', path)).status).toBe(200)
  })

  test('is in the chat of who got it', async () => {
    await post('users', { members: [{ id: bob.id }] })
    const { body } = await call('POST', '/v3/conversations', { members: [{ id: bob.id }] })
    expect((await together.directLine.texts(encoded(body.id))).at(-1)).toBe('to all')
  })

  test.each<[string, Json, string]>([
    ['users', {}, 'MissingProperty'],
    ['users', { members: [{}] }, 'BadArgument'],
    ['users', { members: [{ id: ada.id }], tenantId: '' }, 'MissingProperty'],
    ['team', {}, 'MissingProperty'],
    ['team', { teamId: 'other' }, 'NotFound'],
    ['tenant', { activity: undefined }, 'MissingProperty'],
    ['tenant', { activity: {} }, 'MissingProperty'],
  ])('to %s with %j is refused', async (target, more, code) => {
    expect((await post(target, more)).body.error.code).toBe(code)
  })
})

test('another bot finds nothing of the team, the meeting or the operations', async () => {
  const other = await addBot(together.service, () => {}, 'another-bot')
  const { body } = await call('POST', '/v3/batch/conversation/tenant', { activity: { type: 'message' }, tenantId: 't' })
  for (const path of [
    `/v3/teams/${encoded(team.id)}`,
    `/v1/meetings/${meeting.id}`,
    `/v3/batch/conversation/${body.operationId}`,
  ]) {
    expect((await call('GET', path, undefined, other.appId)).status).toBe(404)
  }
  const thread = { isGroup: true, channelData: { channel: { id: team.id } } }
  expect((await call('POST', '/v3/conversations', thread, other.appId)).status).toBe(404)
  const nobody = await call(
    'POST',
    '/v3/batch/conversation/tenant',
    { activity: { type: 'message' }, tenantId: 't' },
    other.appId,
  )
  expect(
    (await call('GET', `/v3/batch/conversation/${nobody.body.operationId}`, undefined, other.appId)).body
      .totalEntriesCount,
  ).toBe(0)
})

test('teams can be among the options, and need a bot', async () => {
  const { service } = await startTogether(undefined, { teams: [team], meetings: [meeting] })
  expect(service.bots).toHaveLength(1)
  expect(() => service.teams.addTeam({ ...team, id: '19:x@thread.tacv2', botId: 'nobody' })).toThrow(
    expect.objectContaining({ code: 'SERVICE_OPTION' }),
  )
})
