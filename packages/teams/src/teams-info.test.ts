import { TurnContext } from '@parley/core'
import type { Activity, BotAdapter } from '@parley/core'
import { TestAdapter } from '@parley/testing'
import { contextOf, startTeams } from '../test/fake-teams.ts'
import type { FakeTeams } from '../test/fake-teams.ts'
import type { MeetingNotification } from './models/meeting-notifications.ts'
import { TeamsInfo } from './teams-info.ts'

let teams: FakeTeams

beforeEach(async () => {
  teams = await startTeams()
})

afterEach(() => teams.close())

const inTeam: Partial<Activity> = {
  channelData: { team: { id: 'te/am' }, tenant: { id: 'tenant' }, meeting: { id: 'me/et' }, channel: { id: 'ch' } },
}
const hello = { type: 'message', text: 'hello' } as Activity
const members = [{ id: '29:a' }, { id: '29:b' }]
const notification = { type: 'targetedMeetingNotification', value: { recipients: ['29:a'], surfaces: [] } } as const
const member = { id: '29:a', name: 'Ann', objectId: 'o', givenName: 'Ann' }
const page = { continuationToken: 'p2', members: [member] }
const operation = { operationId: 'op' }

type Call = (context: TurnContext) => Promise<unknown>

/** Answer of the service, request, result when it is another than the answer. */
const calls: [string, Call, unknown, string, unknown?][] = [
  ['getTeamDetails', (c) => TeamsInfo.getTeamDetails(c), { id: 't', memberCount: 2 }, 'GET /v3/teams/te%2Fam'],
  ['getTeamDetails(id)', (c) => TeamsInfo.getTeamDetails(c, 'T2'), { id: 't' }, 'GET /v3/teams/T2'],
  [
    'getTeamChannels',
    (c) => TeamsInfo.getTeamChannels(c),
    { conversations: [{ id: 'c' }] },
    'GET /v3/teams/te%2Fam/conversations',
    [{ id: 'c' }],
  ],
  ['getTeamChannels(id)', (c) => TeamsInfo.getTeamChannels(c, 'T2'), {}, 'GET /v3/teams/T2/conversations', []],
  [
    'getMembers',
    (c) => TeamsInfo.getMembers(c),
    [member, { id: 'b' }],
    'GET /v3/conversations/te%2Fam/members',
    [{ ...member, aadObjectId: 'o' }, { id: 'b' }],
  ],
  ['getTeamMembers(id)', (c) => TeamsInfo.getTeamMembers(c, 'T2'), [], 'GET /v3/conversations/T2/members'],
  ['getPagedMembers', (c) => TeamsInfo.getPagedMembers(c), page, 'GET /v3/conversations/te%2Fam/pagedmembers'],
  [
    'getPagedMembers(size, token)',
    (c) => TeamsInfo.getPagedMembers(c, 5, 'p&1'),
    page,
    'GET /v3/conversations/te%2Fam/pagedmembers?pageSize=5&continuationToken=p%261',
  ],
  [
    'getPagedTeamMembers(id, size, token)',
    (c) => TeamsInfo.getPagedTeamMembers(c, 'T2', 5, 'p1'),
    page,
    'GET /v3/conversations/T2/pagedmembers?pageSize=5&continuationToken=p1',
  ],
  ['getMember', (c) => TeamsInfo.getMember(c, '29:a'), member, 'GET /v3/conversations/te%2Fam/members/29%3Aa'],
  [
    'getTeamMember(id)',
    (c) => TeamsInfo.getTeamMember(c, 'T2', '29:a'),
    member,
    'GET /v3/conversations/T2/members/29%3Aa',
  ],
  [
    'getMeetingInfo',
    (c) => TeamsInfo.getMeetingInfo(c),
    { details: { id: 'm', scheduledStartTime: '2026-01-01T00:00:00Z' } },
    'GET /v1/meetings/me%2Fet',
    { details: { id: 'm', scheduledStartTime: new Date('2026-01-01T00:00:00Z') } },
  ],
  ['getMeetingInfo(id)', (c) => TeamsInfo.getMeetingInfo(c, 'm2'), {}, 'GET /v1/meetings/m2'],
  [
    'getMeetingParticipant',
    (c) => TeamsInfo.getMeetingParticipant(c),
    { user: member },
    'GET /v1/meetings/me%2Fet/participants/aad?tenantId=tenant',
  ],
  [
    'getMeetingParticipant(all ids)',
    (c) => TeamsInfo.getMeetingParticipant(c, 'm2', 'p2', 't2'),
    {},
    'GET /v1/meetings/m2/participants/p2?tenantId=t2',
  ],
  [
    'getMeetingParticipant(null tenant)',
    (c) => TeamsInfo.getMeetingParticipant(c, 'm2', 'p2', null as unknown as string),
    {},
    'GET /v1/meetings/m2/participants/p2',
  ],
  [
    'sendMeetingNotification',
    (c) => TeamsInfo.sendMeetingNotification(c, notification as unknown as MeetingNotification),
    { recipientsFailureInfo: [{ recipientMri: '29:a' }] },
    `POST /v1/meetings/me%2Fet/notification ${JSON.stringify(notification)}`,
  ],
  [
    'sendMessageToListOfUsers',
    (c) => TeamsInfo.sendMessageToListOfUsers(c, hello, 't', members),
    operation,
    `POST /v3/batch/conversation/users ${JSON.stringify({ activity: hello, tenantId: 't', members })}`,
  ],
  [
    'sendMessageToAllUsersInTenant',
    (c) => TeamsInfo.sendMessageToAllUsersInTenant(c, hello, 't'),
    operation,
    `POST /v3/batch/conversation/tenant ${JSON.stringify({ activity: hello, tenantId: 't' })}`,
  ],
  [
    'sendMessageToAllUsersInTeam',
    (c) => TeamsInfo.sendMessageToAllUsersInTeam(c, hello, 't', 'T2'),
    operation,
    `POST /v3/batch/conversation/team ${JSON.stringify({ activity: hello, tenantId: 't', teamId: 'T2' })}`,
  ],
  [
    'sendMessageToListOfChannels',
    (c) => TeamsInfo.sendMessageToListOfChannels(c, hello, 't', members),
    operation,
    `POST /v3/batch/conversation/channels ${JSON.stringify({ activity: hello, tenantId: 't', members })}`,
  ],
  [
    'getOperationState',
    (c) => TeamsInfo.getOperationState(c, 'o/1'),
    { state: 'Completed', statusMap: { 201: 2 }, totalEntriesCount: 2 },
    'GET /v3/batch/conversation/o%2F1',
  ],
  [
    'getFailedEntries',
    (c) => TeamsInfo.getFailedEntries(c, 'o/1'),
    { continuationToken: 'p2', failedEntryResponses: [{ Id: '29:a', error: '404' }] },
    'GET /v3/batch/conversation/failedentries/o%2F1',
    { continuationToken: 'p2', failedEntryResponses: [{ id: '29:a', error: '404' }] },
  ],
  [
    'getFailedEntries(token)',
    (c) => TeamsInfo.getFailedEntries(c, 'o', 'p2'),
    { failedEntryResponses: [] },
    'GET /v3/batch/conversation/failedentries/o?continuationToken=p2',
  ],
  ['cancelOperation', (c) => TeamsInfo.cancelOperation(c, 'o/1'), undefined, 'DELETE /v3/batch/conversation/o%2F1', {}],
]

test.each(calls)('%s asks the service of the turn', async (_, call, answer, request, result = answer) => {
  teams.answerWith(200, answer)

  await expect(call(teams.context(inTeam))).resolves.toEqual(result)

  expect(teams.received).toEqual([request])
})

test.each<[string, Call, unknown, string]>([
  ['getMembers', (c) => TeamsInfo.getMembers(c), [], 'GET /v3/conversations/chat%2F1/members'],
  ['getPagedMembers', (c) => TeamsInfo.getPagedMembers(c), page, 'GET /v3/conversations/chat%2F1/pagedmembers'],
  ['getMember', (c) => TeamsInfo.getMember(c, 'u'), member, 'GET /v3/conversations/chat%2F1/members/u'],
])('%s in a chat is about the chat', async (_, call, answer, request) => {
  teams.answerWith(200, answer)

  await expect(call(teams.context())).resolves.toEqual(answer)

  expect(teams.received).toEqual([request])
})

const scope = 'This method is only valid within the scope of a MS Teams Team.'
const nothing = undefined as never

test.each<[string, Call, string, string]>([
  ['getTeamDetails', (c) => TeamsInfo.getTeamDetails(c), scope, 'TEAMS_SCOPE'],
  ['getTeamChannels', (c) => TeamsInfo.getTeamChannels(c), scope, 'TEAMS_SCOPE'],
  ['getTeamMembers', (c) => TeamsInfo.getTeamMembers(c), scope, 'TEAMS_SCOPE'],
  ['getPagedTeamMembers', (c) => TeamsInfo.getPagedTeamMembers(c), scope, 'TEAMS_SCOPE'],
  ['getTeamMember', (c) => TeamsInfo.getTeamMember(c, undefined, 'u'), scope, 'TEAMS_SCOPE'],
  [
    'getMember',
    (c) => TeamsInfo.getMember(c, nothing),
    'The getMember operation needs a valid userId.',
    'TEAMS_ARGUMENT',
  ],
  [
    'getTeamMember(id)',
    (c) => TeamsInfo.getTeamMember(c, 'T2'),
    'The getMember operation needs a valid userId.',
    'TEAMS_ARGUMENT',
  ],
  [
    'getMeetingInfo',
    (c) => TeamsInfo.getMeetingInfo(c),
    'meetingId or TurnContext containing meetingId is required.',
    'TEAMS_ARGUMENT',
  ],
  ['getMeetingParticipant', (c) => TeamsInfo.getMeetingParticipant(c), 'meetingId is required.', 'TEAMS_ARGUMENT'],
  [
    'sendMeetingNotification',
    (c) => TeamsInfo.sendMeetingNotification(c, notification as unknown as MeetingNotification),
    'meetingId is required.',
    'TEAMS_ARGUMENT',
  ],
  [
    'sendMeetingNotification of nothing',
    (c) => TeamsInfo.sendMeetingNotification(c, nothing, 'm'),
    'notification is required.',
    'TEAMS_ARGUMENT',
  ],
  ...[
    ['nothing', [nothing, 't', members], 'activity is required.'] as const,
    ['no tenant', [hello, '', members], 'tenantId is required.'] as const,
    ['no members', [hello, 't', []], 'members list is required.'] as const,
    ['undefined members', [hello, 't', nothing], 'members list is required.'] as const,
  ].flatMap(([what, args, message]): [string, Call, string, string][] => {
    const rest = args as unknown as [Activity, string, { id: string }[]]
    return [
      [`users of ${what}`, (c) => TeamsInfo.sendMessageToListOfUsers(c, ...rest), message, 'TEAMS_ARGUMENT'],
      [`channels of ${what}`, (c) => TeamsInfo.sendMessageToListOfChannels(c, ...rest), message, 'TEAMS_ARGUMENT'],
    ]
  }),
  [
    'tenant of nothing',
    (c) => TeamsInfo.sendMessageToAllUsersInTenant(c, nothing, 't'),
    'activity is required.',
    'TEAMS_ARGUMENT',
  ],
  [
    'tenant without an id',
    (c) => TeamsInfo.sendMessageToAllUsersInTenant(c, hello, ''),
    'tenantId is required.',
    'TEAMS_ARGUMENT',
  ],
  [
    'team without an id',
    (c) => TeamsInfo.sendMessageToAllUsersInTeam(c, hello, 't', ''),
    'teamId is required.',
    'TEAMS_ARGUMENT',
  ],
  ['getOperationState', (c) => TeamsInfo.getOperationState(c, ''), 'operationId is required.', 'TEAMS_ARGUMENT'],
  ['getFailedEntries', (c) => TeamsInfo.getFailedEntries(c, ''), 'operationId is required.', 'TEAMS_ARGUMENT'],
  ['cancelOperation', (c) => TeamsInfo.cancelOperation(c, ''), 'operationId is required.', 'TEAMS_ARGUMENT'],
  [
    'a thread without an activity',
    (c) => TeamsInfo.sendMessageToTeamsChannel(c, nothing, 'c'),
    'Activity cannot be null',
    'TEAMS_ARGUMENT',
  ],
  [
    'a thread in no channel',
    (c) => TeamsInfo.sendMessageToTeamsChannel(c, hello, ''),
    'The teamsChannelId cannot be null or empty',
    'TEAMS_ARGUMENT',
  ],
])('%s is refused in a chat before anything is sent', async (_, call, message, code) => {
  await expect(call(teams.context())).rejects.toMatchObject({ message, code })

  expect(teams.received).toEqual([])
})

test.each<[string, Call, string]>([
  ['getTeamDetails', (c) => TeamsInfo.getTeamDetails(c), 'Missing context parameter'],
  ['getTeamDetails(id)', (c) => TeamsInfo.getTeamDetails(c, 'T2'), 'Missing context parameter'],
  ['getMembers', (c) => TeamsInfo.getMembers(c), 'Missing context parameter'],
  ['getMeetingInfo', (c) => TeamsInfo.getMeetingInfo(c, 'm'), 'context is required.'],
  ['getMeetingParticipant', (c) => TeamsInfo.getMeetingParticipant(c, 'm', 'p'), 'context is required.'],
  ['getOperationState', (c) => TeamsInfo.getOperationState(c, 'o'), 'context is required.'],
  ['a message to a tenant', (c) => TeamsInfo.sendMessageToAllUsersInTenant(c, hello, 't'), 'context is required.'],
  ['a thread', (c) => TeamsInfo.sendMessageToTeamsChannel(c, hello, 'c'), 'TurnContext cannot be null'],
])('%s without a context is refused', async (_, call, message) => {
  await expect(call(nothing)).rejects.toThrow(message)
})

test.each<[string, Call]>([
  ['getTeamDetails', (c) => TeamsInfo.getTeamDetails(c)],
  ['getMembers', (c) => TeamsInfo.getMembers(c)],
])('%s needs a connector client', async (_, call) => {
  await expect(call(contextOf(inTeam))).rejects.toMatchObject({
    message: 'This method requires a connector client.',
    code: 'TEAMS_CONNECTOR_MISSING',
  })
})

test('members of a conversation without an id are refused', async () => {
  const context = teams.context({ conversation: {} as Activity['conversation'] })

  await expect(TeamsInfo.getMembers(context)).rejects.toThrow('The getMembers operation needs a valid conversationId.')
})

test('a participant without an object id is refused', async () => {
  const context = teams.context({ ...inTeam, from: { id: 'u', name: '' } })

  await expect(TeamsInfo.getMeetingParticipant(context)).rejects.toThrow('participantId is required.')
})

test('an accepted notification gives an empty answer', async () => {
  teams.answerWith(202)
  const sending = TeamsInfo.sendMeetingNotification(
    teams.context(inTeam),
    notification as unknown as MeetingNotification,
  )

  await expect(sending).resolves.toEqual({})
})

describe('sendMessageToTeamsChannel', () => {
  const parameters = { isGroup: true, channelData: { channel: { id: '19:c' } }, activity: hello }
  const from = { serviceUrl: 'https://teams.example', id: 'in', recipient: { id: 'bot', name: 'Bot' } }

  class ProactiveAdapter extends TestAdapter {
    readonly created: unknown[] = []

    override async createConversationAsync(
      ...[appId, channelId, serviceUrl, audience, wanted, logic]: Parameters<BotAdapter['createConversationAsync']>
    ): Promise<void> {
      this.created.push([appId, channelId, serviceUrl, audience, wanted])
      const conversation = { id: '19:c;messageid=1' } as Activity['conversation']
      await logic(new TurnContext(this, { type: 'event', id: 'new', channelId, serviceUrl, conversation }))
    }
  }

  test('starts the thread as the given bot', async () => {
    const adapter = new ProactiveAdapter()
    const context = contextOf(from, adapter)

    const [reference, id] = await TeamsInfo.sendMessageToTeamsChannel(context, hello, '19:c', 'app')

    expect(adapter.created).toEqual([['app', 'msteams', 'https://teams.example', undefined, parameters]])
    expect(reference).toMatchObject({ conversation: { id: '19:c;messageid=1' }, activityId: 'new' })
    expect(id).toBe('new')
  })

  test.each([
    ['without the id of the bot', undefined],
    ['when the adapter cannot create conversations', 'app'],
  ])('uses the client of the turn %s', async (_, botAppId) => {
    teams.answerWith(201, { id: '19:c;messageid=1', activityId: 'new' })
    const context = teams.context({ id: 'in', conversation: { id: 'chat', tenantId: 't' } as Activity['conversation'] })

    const [reference, id] = await TeamsInfo.sendMessageToTeamsChannel(context, hello, '19:c', botAppId)

    expect(teams.received).toEqual([`POST /v3/conversations ${JSON.stringify(parameters)}`])
    expect(reference.conversation).toEqual({ id: '19:c;messageid=1', tenantId: 't' })
    expect(context.activity.conversation.id).toBe('chat')
    expect(id).toBe('new')
  })

  test('prefers the clients that old adapters make', async () => {
    const made: unknown[] = []
    const createConnectorClient = (serviceUrl: string): object => ({
      conversations: {
        createConversation: async (wanted: unknown) => {
          made.push(serviceUrl, wanted)
          return { id: '19:new', activityId: 'new' }
        },
      },
    })
    const context = contextOf(from, Object.assign(new ProactiveAdapter(), { createConnectorClient }))

    const [reference, id] = await TeamsInfo.sendMessageToTeamsChannel(context, hello, '19:c', 'app')

    expect(made).toEqual(['https://teams.example', parameters])
    expect([reference.conversation.id, reference.activityId, id]).toEqual(['19:new', 'in', 'new'])
  })
})

test('a client that does not speak with Teams is reported as missing', async () => {
  const context = contextOf(inTeam)
  context.turnState.set(context.adapter.ConnectorClientKey, { conversations: {} })

  await expect(TeamsInfo.getTeamDetails(context)).rejects.toMatchObject({ code: 'TEAMS_CONNECTOR_MISSING' })
})

test('the members that are private by type keep their names and argument orders', async () => {
  const asked: unknown[] = []
  const record =
    (answer: unknown) =>
    async (...args: unknown[]) => {
      asked.push(args)
      return answer
    }
  const client = {
    conversations: {
      getConversationMembers: record([member]),
      getConversationMember: record(member),
      getConversationPagedMembers: record(page),
    },
  }
  const info = TeamsInfo as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>

  await expect(info['getMembersInternal']?.(client, 'c')).resolves.toEqual([{ ...member, aadObjectId: 'o' }])
  await expect(info['getMemberInternal']?.(client, 'c', 'u')).resolves.toEqual(member)
  await expect(info['getPagedMembersInternal']?.(client, 'c', { pageSize: 3 })).resolves.toEqual(page)

  expect(asked).toEqual([['c'], ['c', 'u'], ['c', { pageSize: 3 }]])
  expect(info['getTeamId']?.(contextOf(inTeam))).toBe('te/am')
  const context = teams.context()
  expect(info['getConnectorClient']?.(context)).toBe(context.turnState.get(context.adapter.ConnectorClientKey))
})
