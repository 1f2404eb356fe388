/* oxlint-disable no-underscore-dangle -- names of v4 */
import { closeServices, startService } from '../../../test/fake-service.ts'
import type { Answer, FakeService } from '../../../test/fake-service.ts'
import type { Activity } from '../../schema/index.ts'
import type { ServiceClientCredentials } from '../../stdlib/index.ts'
import { TeamsConnectorMappers, TeamsConnectorModels, TokenApiModels } from './model-namespaces.ts'
import { TeamsConnectorClient, TeamsConnectorClientContext } from './teams-connector-client.ts'
import type { Teams } from './teams.ts'

afterEach(closeServices)

const credentials: ServiceClientCredentials = {
  signRequest: async (request) => {
    request.headers.set('Authorization', 'Bearer t')
    return request
  },
}

async function setUp(...script: Answer[]): Promise<{ teams: Teams; service: FakeService }> {
  const service = await startService(...script)
  return { service, teams: new TeamsConnectorClient(credentials, { baseUri: service.url }).teams }
}

type Operation = (teams: Teams) => Promise<unknown>
type Row = [name: string, run: Operation, request: string, body: unknown, answer: unknown]

const ACTIVITY = { type: 'message', text: 'hi', mine: { deep: 1 } } as unknown as Activity
const MEMBERS = [{ id: '29:1' }]
const NOTIFICATION = { type: 'targetedMeetingNotification', value: { recipients: ['r'], surfaces: [] } } as never

const single: Row[] = [
  [
    'fetchChannelList',
    (teams) => teams.fetchChannelList('19:t@x'),
    'GET /v3/teams/19%3At%40x/conversations',
    undefined,
    { conversations: [{ id: '1', mine: 1 }] },
  ],
  ['fetchTeamDetails', (teams) => teams.fetchTeamDetails('t'), 'GET /v3/teams/t', undefined, { id: 't', mine: 1 }],
  [
    'fetchMeetingParticipant',
    (teams) => teams.fetchMeetingParticipant('m=', 'p', { tenantId: 't' }),
    'GET /v1/meetings/m%3D/participants/p?tenantId=t',
    undefined,
    { user: { id: 'u' }, meeting: { role: 'Organizer', inMeeting: true } },
  ],
  [
    'fetchMeetingInfo',
    (teams) => teams.fetchMeetingInfo('m'),
    'GET /v1/meetings/m',
    undefined,
    { organizer: { id: 'o' } },
  ],
  [
    'sendMeetingNotification',
    (teams) => teams.sendMeetingNotification('m', NOTIFICATION),
    'POST /v1/meetings/m/notification',
    NOTIFICATION,
    { recipientsFailureInfo: [{ recipientMri: 'r', errorCode: 'E', failureReason: 'f' }] },
  ],
]

const batch: Row[] = [
  [
    'sendMessageToListOfUsers',
    (teams) => teams.sendMessageToListOfUsers(ACTIVITY, 'tenant', MEMBERS),
    'POST /v3/batch/conversation/users',
    { activity: ACTIVITY, tenantId: 'tenant', members: MEMBERS },
    { operationId: 'op' },
  ],
  [
    'sendMessageToAllUsersInTenant',
    (teams) => teams.sendMessageToAllUsersInTenant(ACTIVITY, 'tenant'),
    'POST /v3/batch/conversation/tenant',
    { activity: ACTIVITY, tenantId: 'tenant' },
    { operationId: 'op' },
  ],
  [
    'sendMessageToAllUsersInTeam',
    (teams) => teams.sendMessageToAllUsersInTeam(ACTIVITY, 'tenant', 'team'),
    'POST /v3/batch/conversation/team',
    { activity: ACTIVITY, tenantId: 'tenant', teamId: 'team' },
    { operationId: 'op' },
  ],
  [
    'sendMessageToListOfChannels',
    (teams) => teams.sendMessageToListOfChannels(ACTIVITY, 'tenant', MEMBERS),
    'POST /v3/batch/conversation/channels',
    { activity: ACTIVITY, tenantId: 'tenant', members: MEMBERS },
    { operationId: 'op' },
  ],
  [
    'getOperationState',
    (teams) => teams.getOperationState('o/p'),
    'GET /v3/batch/conversation/o%2Fp',
    undefined,
    { state: 'running', statusMap: { 201: 1 }, totalEntriesCount: 2 },
  ],
  [
    'getOperationFailedEntries',
    (teams) => teams.getOperationFailedEntries('op', { continuationToken: 'next' } as never),
    'GET /v3/batch/conversation/failedentries/op?continuationToken=next',
    undefined,
    { continuationToken: 't', failedEntryResponses: [{ id: '1', error: 'e' }] },
  ],
  ['cancelOperation', (teams) => teams.cancelOperation('op'), 'DELETE /v3/batch/conversation/op', undefined, {}],
]

describe.each([...single, ...batch])('%s', (_, run, request, body, answer) => {
  test('is the request the service expects, and gives its answer with a hidden _response', async () => {
    const { teams, service } = await setUp({ status: 202, body: answer })
    const result = (await run(teams)) as { _response: unknown }
    expect(result).toEqual(answer)
    expect(result._response).toMatchObject({ status: 202, parsedBody: answer })
    const [received] = service.received
    expect(`${received?.method} ${received?.path}`).toBe(request)
    expect(received?.body ? JSON.parse(received.body) : undefined).toEqual(body)
  })
})

const REFUSAL: Answer = { status: 400, body: { error: { code: 'B', message: 'no' } } }

test.each(single)('%s fails with the words of the service', async (_, run) => {
  const { teams } = await setUp(REFUSAL)
  await expect(run(teams)).rejects.toMatchObject({ name: 'RestError', statusCode: 400, code: 'B', message: 'no' })
})

test.each(batch)('%s fails with an object that holds the error', async (_, run) => {
  const { teams, service } = await setUp(REFUSAL)
  const thrown: unknown = await run(teams).catch((error: unknown) => error)
  expect(thrown).not.toBeInstanceOf(Error)
  expect(thrown).toMatchObject({
    message: 'Failed to perform the required operation.',
    errors: [{ name: 'RestError', statusCode: 400, code: 'B' }],
  })
  expect(service.received).toHaveLength(1)
})

test.each(batch)('%s is repeated when the service is busy', async (_, run, __, ___, answer) => {
  const busy = { status: 429, headers: { 'retry-after': '0' } }
  const { teams, service } = await setUp(busy, { status: 200, body: answer })
  expect(await run(teams)).toEqual(answer)
  expect(service.received).toHaveLength(2)
})

test('times of meetings and of waits are dates, and ids of failed entries are in small letters', async () => {
  const time = '2030-01-01T00:00:00Z'
  const { teams } = await setUp(
    { status: 200, body: { details: { id: 'm', scheduledStartTime: time, scheduledEndTime: 'later' } } },
    { status: 200, body: { state: 'x', retryAfter: time } },
    {
      status: 200,
      body: {
        failedEntryResponses: [
          { Id: '1', error: 'e' },
          { id: '2', error: 'f' },
        ],
      },
    },
  )
  expect((await teams.fetchMeetingInfo('m')).details).toMatchObject({
    scheduledStartTime: new Date(time),
    scheduledEndTime: 'later',
  })
  expect((await teams.getOperationState('o')).retryAfter).toEqual(new Date(time))
  expect((await teams.getOperationFailedEntries('o')).failedEntryResponses).toEqual([
    { id: '1', error: 'e' },
    { id: '2', error: 'f' },
  ])
})

test('a client is a context, and the namespaces of types have no values', () => {
  expect(new TeamsConnectorClient(credentials)).toBeInstanceOf(TeamsConnectorClientContext)
  expect([TokenApiModels, TeamsConnectorModels]).toEqual([{}, {}])
  expect(Object.keys(TeamsConnectorMappers)).toHaveLength(77)
  expect(TeamsConnectorMappers.TeamDetails).toMatchObject({ serializedName: 'TeamDetails' })
})
