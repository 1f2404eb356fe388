import { startBotWithConnector } from './bot-with-connector.ts'
import type { BotWithConnector } from './bot-with-connector.ts'
import type { Json } from './stand-in-bot.ts'
import { stopAll } from './start-together.ts'

/** The whole Connector API, as Parley's own client calls it. */

let bot: BotWithConnector

beforeAll(async () => {
  bot = await startBotWithConnector()
})

afterAll(stopAll)

const message = (text: string): Json => ({ type: 'message', text })

test('activities are sent, answered, changed and taken back', async () => {
  const id = bot.conversationId
  await bot.withConnector(async ({ conversations }) => {
    const first = await conversations.sendToConversation(id, message('first'))
    await conversations.replyToActivity(id, first.id, message('reply'))
    await conversations.updateActivity(id, first.id, message('changed'))
    const slip = await conversations.sendToConversation(id, message('a slip'))
    await conversations.deleteActivity(id, slip.id)
    await conversations.sendConversationHistory(id, { activities: [message('long ago')] })
  })
  const texts = await bot.client.texts(id)
  expect(texts).toEqual(['go', 'changed', 'reply', 'long ago'])
})

test('members and conversations are read, one by one and page by page', async () => {
  const id = bot.conversationId
  const seen = await bot.withConnector(async ({ conversations }) => {
    const members: Json[] = await conversations.getConversationMembers(id)
    const page = await conversations.getConversationPagedMembers(id, { pageSize: 1 })
    const { continuationToken } = page
    const next = await conversations.getConversationPagedMembers(id, { pageSize: 1, continuationToken })
    const one = await conversations.getConversationMember(id, 'dl_ada')
    const created = await conversations.createConversation({ isGroup: true, members: [{ id: 'dl_bob' }] })
    const all = await conversations.getConversations()
    return { members, paged: [...page.members, ...next.members], one, created: created.id, all: all.conversations }
  })
  expect(seen).toMatchObject({ one: { id: 'dl_ada' }, created: expect.any(String) })
  expect(seen.members).toEqual(seen.paged)
  expect(seen.all.map((conversation: Json) => conversation.id)).toEqual([id, seen.created])
})

test('a file comes back as it was uploaded, with what is known of it', async () => {
  const bytes = new Uint8Array([0, 1, 2, 255])
  const { info, content } = await bot.withConnector(async ({ conversations, attachments }) => {
    const file = { type: 'image/png', name: 'a.png', originalBase64: bytes, thumbnailBase64: bytes }
    const { id } = await conversations.uploadAttachment(bot.conversationId, file)
    return { info: await attachments.getAttachmentInfo(id), content: await attachments.getAttachment(id, 'thumbnail') }
  })
  expect(info).toMatchObject({ name: 'a.png', type: 'image/png', views: [{ viewId: 'original', size: 4 }, {}] })
  expect(content.contentType).toBe('image/png')
  expect(new Uint8Array(content.bytes)).toEqual(bytes)
})

test('teams, meetings and messages to many answer as the client expects', async () => {
  const ada = { id: '29:ada', aadObjectId: 'aad-ada', name: 'Ada' }
  const team = { id: '19:team@thread.tacv2', name: 'Team', tenantId: 't', members: [ada] }
  bot.service.teams.addTeam(team)
  bot.service.teams.addMeeting({
    id: 'meeting',
    conversationId: '19:meeting@thread.v2',
    details: { title: 'Weekly', scheduledStartTime: '2026-01-01T10:00:00Z' },
    participants: [{ user: ada, role: 'Organizer', inMeeting: true }],
  })
  const seen = await bot.withConnector(async ({ teams }) => {
    const { operationId } = await teams.sendMessageToListOfUsers(message('to all'), 't', [
      { id: ada.id },
      { id: '29:eve' },
    ])
    const notification = { type: 'targetedMeetingNotification', value: { recipients: ['29:eve'], surfaces: [{}] } }
    return {
      details: await teams.fetchTeamDetails(team.id),
      channels: await teams.fetchChannelList(team.id),
      meeting: await teams.fetchMeetingInfo('meeting'),
      participant: await teams.fetchMeetingParticipant('meeting', 'aad-ada'),
      notified: await teams.sendMeetingNotification('meeting', notification),
      state: await teams.getOperationState(operationId),
      failed: await teams.getOperationFailedEntries(operationId),
      cancelled: await teams.cancelOperation(operationId),
    }
  })
  expect(seen).toMatchObject({
    details: { name: 'Team', memberCount: 1 },
    channels: { conversations: [{ id: team.id }] },
    meeting: { details: { title: 'Weekly', scheduledStartTime: new Date('2026-01-01T10:00:00Z') } },
    participant: { user: ada, meeting: { role: 'Organizer' } },
    notified: { recipientsFailureInfo: [{ recipientMri: '29:eve' }] },
    state: { state: 'Completed', statusMap: { 201: 1, 404: 1 } },
    failed: { failedEntryResponses: [{ id: '29:eve' }] },
  })
})

test('a member that is taken out is gone, and the conversation with the last one', async () => {
  const error = await bot.withConnector(async ({ conversations }) => {
    const { id } = await conversations.createConversation({ isGroup: true, members: [{ id: 'dl_bob' }] })
    for (const member of await conversations.getConversationMembers(id)) {
      await conversations.deleteConversationMember(id, member.id)
    }
    return conversations.getConversationMembers(id)
  })
  expect(error).toMatchObject({ code: 'SEND_REJECTED', serviceCode: 'ConversationNotFound' })
})
