import type { Activity } from '@parley/core'
import { closeAfterEach } from '../test/closing.ts'
import { AUDIENCE, createTestFactory } from '../test/factory.ts'
import { json, raw, refusal, startConnector } from '../test/fake-connector.ts'
import type { Answer, FakeConnector } from '../test/fake-connector.ts'
import type { TeamsOperations } from './teams-operations.ts'

const opened = closeAfterEach()

async function scene(...script: Answer[]): Promise<{ teams: TeamsOperations; connector: FakeConnector }> {
  const connector = opened(await startConnector(...script))
  const { factory } = opened(createTestFactory())
  return { connector, teams: factory.create(connector.serviceUrl, AUDIENCE).teams }
}

const TEAM = '19:x/y@thread.tacv2'
const T = '19%3Ax%2Fy%40thread.tacv2'
const hello: Partial<Activity> = { type: 'message', text: 'hello', attachments: [{ contentType: 'x' }] }
const members = [{ id: '29:a' }, { id: '29:b' }]

interface Row {
  readonly line: string
  readonly call: (teams: TeamsOperations) => Promise<unknown>
  readonly answer: Answer
  readonly gives: unknown
  readonly body?: unknown
}

const rows: Record<string, Row> = {
  fetchChannelList: {
    line: `GET /v3/teams/${T}/conversations`,
    call: (teams) => teams.fetchChannelList(TEAM),
    answer: json(200, { conversations: [{ id: 'c', type: 'standard' }] }),
    gives: { conversations: [{ id: 'c', type: 'standard' }] },
  },
  fetchTeamDetails: {
    line: `GET /v3/teams/${T}`,
    call: (teams) => teams.fetchTeamDetails(TEAM),
    answer: json(200, { id: TEAM, name: 'n', channelCount: 3, unknown: true }),
    gives: { id: TEAM, name: 'n', channelCount: 3, unknown: true },
  },
  fetchMeetingInfo: {
    line: 'GET /v1/meetings/MC%2Fx%3D',
    call: (teams) => teams.fetchMeetingInfo('MC/x='),
    answer: json(200, {
      details: { id: 'MC/x=', scheduledStartTime: '2026-01-02T03:04:05Z', scheduledEndTime: 'soon' },
      organizer: { id: 'o' },
    }),
    gives: {
      details: { id: 'MC/x=', scheduledStartTime: new Date('2026-01-02T03:04:05Z'), scheduledEndTime: 'soon' },
      organizer: { id: 'o' },
    },
  },
  fetchMeetingParticipant: {
    line: 'GET /v1/meetings/m/participants/p%2F1?tenantId=t%26',
    call: (teams) => teams.fetchMeetingParticipant('m', 'p/1', { tenantId: 't&' }),
    answer: json(200, { user: { id: 'u' }, meeting: { role: 'Organizer', inMeeting: true } }),
    gives: { user: { id: 'u' }, meeting: { role: 'Organizer', inMeeting: true } },
  },
  sendMeetingNotification: {
    line: 'POST /v1/meetings/m/notification',
    call: (teams) => teams.sendMeetingNotification('m', { type: 'targetedMeetingNotification', value: {} }),
    answer: json(207, { recipientsFailureInfo: [{ recipientMri: '29:a' }] }),
    gives: { recipientsFailureInfo: [{ recipientMri: '29:a' }] },
    body: { type: 'targetedMeetingNotification', value: {} },
  },
  sendMessageToListOfUsers: {
    line: 'POST /v3/batch/conversation/users',
    call: (teams) => teams.sendMessageToListOfUsers({ ...hello, callerId: 'urn:not-for-the-wire' }, 't', members),
    answer: json(201, { operationId: 'op' }),
    gives: { operationId: 'op' },
    body: { activity: hello, tenantId: 't', members },
  },
  sendMessageToAllUsersInTenant: {
    line: 'POST /v3/batch/conversation/tenant',
    call: (teams) => teams.sendMessageToAllUsersInTenant(hello, 't'),
    answer: json(201, { operationId: 'op' }),
    gives: { operationId: 'op' },
    body: { activity: hello, tenantId: 't' },
  },
  sendMessageToAllUsersInTeam: {
    line: 'POST /v3/batch/conversation/team',
    call: (teams) => teams.sendMessageToAllUsersInTeam(hello, 't', TEAM),
    answer: json(201, { operationId: 'op' }),
    gives: { operationId: 'op' },
    body: { activity: hello, tenantId: 't', teamId: TEAM },
  },
  sendMessageToListOfChannels: {
    line: 'POST /v3/batch/conversation/channels',
    call: (teams) => teams.sendMessageToListOfChannels(hello, 't', members),
    answer: json(201, { operationId: 'op' }),
    gives: { operationId: 'op' },
    body: { activity: hello, tenantId: 't', members },
  },
  getOperationState: {
    line: 'GET /v3/batch/conversation/o%2F1',
    call: (teams) => teams.getOperationState('o/1'),
    answer: json(200, { state: 'Active', statusMap: { 201: 4 }, retryAfter: '2026-01-01T00:00:00Z' }),
    gives: { state: 'Active', statusMap: { 201: 4 }, retryAfter: new Date('2026-01-01T00:00:00Z') },
  },
  getOperationFailedEntries: {
    line: 'GET /v3/batch/conversation/failedentries/o%2F1?continuationToken=p%2F2',
    call: (teams) => teams.getOperationFailedEntries('o/1', { continuationToken: 'p/2' }),
    answer: json(200, { continuationToken: 'p/3', failedEntryResponses: [{ id: 'a', error: '404' }] }),
    gives: { continuationToken: 'p/3', failedEntryResponses: [{ id: 'a', error: '404' }] },
  },
  cancelOperation: {
    line: 'DELETE /v3/batch/conversation/o%2F1',
    call: (teams) => teams.cancelOperation('o/1'),
    answer: raw(200),
    gives: undefined,
  },
}

test.each(Object.keys(rows))('%s is the request that the API describes', async (name) => {
  const { line, call, answer, gives, body } = rows[name] as Row
  const { teams, connector } = await scene(answer)

  await expect(call(teams)).resolves.toEqual(gives)

  const [received] = connector.received
  expect(`${received?.method} ${received?.path}`).toBe(line)
  expect(received?.headers.authorization).toMatch(/^Bearer /)
  expect(received?.body === '' ? undefined : JSON.parse(received?.body ?? '')).toEqual(body)
})

test.each<[string, Answer, (teams: TeamsOperations) => Promise<unknown>, unknown]>([
  ['no channels', json(200, {}), (teams) => teams.fetchChannelList('t'), { conversations: [] }],
  ['an accepted notification', raw(202), (teams) => teams.sendMeetingNotification('m', {}), {}],
  ['a meeting without details', json(200, { id: 'm' }), (teams) => teams.fetchMeetingInfo('m'), { id: 'm' }],
  [
    'a state under its other name',
    json(200, { state: 'Completed', stateMap: { 201: 4 } }),
    (teams) => teams.getOperationState('o'),
    { state: 'Completed', stateMap: { 201: 4 }, statusMap: { 201: 4 } },
  ],
  [
    'failed entries under their other name',
    json(200, { failedEntryResponses: [{ Id: 'A', error: '403' }] }),
    (teams) => teams.getOperationFailedEntries('o'),
    { failedEntryResponses: [{ id: 'A', error: '403' }] },
  ],
  ['no failed entries', json(200, {}), (teams) => teams.getOperationFailedEntries('o'), { failedEntryResponses: [] }],
])('%s is a usable answer', async (_, answer, call, gives) => {
  const { teams } = await scene(answer)

  await expect(call(teams)).resolves.toEqual(gives)
})

test.each<[string, Answer, (teams: TeamsOperations) => Promise<unknown>]>([
  ['a list of channels that is text', json(200, { conversations: 'x' }), (teams) => teams.fetchChannelList('t')],
  ['channels that are a list', json(200, []), (teams) => teams.fetchChannelList('t')],
  ['an empty team', raw(200), (teams) => teams.fetchTeamDetails('t')],
  ['a meeting that is text', json(200, 'm'), (teams) => teams.fetchMeetingInfo('m')],
  ['an operation without an id', json(201, {}), (teams) => teams.sendMessageToAllUsersInTenant(hello, 't')],
  ['a state that is not JSON', raw(200, '<html>'), (teams) => teams.getOperationState('o')],
  ['failed entries that are a list', json(200, []), (teams) => teams.getOperationFailedEntries('o')],
  [
    'failed entries that are text',
    json(200, { failedEntryResponses: 'x' }),
    (teams) => teams.getOperationFailedEntries('o'),
  ],
])('%s is an invalid answer', async (_, answer, call) => {
  const { teams } = await scene(answer)

  await expect(call(teams)).rejects.toMatchObject({ code: 'SEND_ANSWER_INVALID' })
})

test('a message to many is repeated while the service asks to wait', async () => {
  const busy = refusal(429, 'TooManyRequests', { 'retry-after': '1' })
  const { teams, connector } = await scene(busy, busy, json(201, { operationId: 'op' }))

  await expect(teams.sendMessageToAllUsersInTenant(hello, 't')).resolves.toEqual({ operationId: 'op' })

  expect(connector.received).toHaveLength(3)
})

test('a refusal carries the code of the service', async () => {
  const { teams } = await scene(refusal(403, 'BotNotInConversationRoster'))

  await expect(teams.fetchTeamDetails('t')).rejects.toMatchObject({
    code: 'SEND_FORBIDDEN',
    serviceCode: 'BotNotInConversationRoster',
  })
})

test('an empty id is refused before anything is sent', async () => {
  const { teams, connector } = await scene()

  await expect(teams.fetchTeamDetails('')).rejects.toMatchObject({ code: 'CONNECTOR_ID_INVALID' })

  expect(connector.received).toHaveLength(0)
})
