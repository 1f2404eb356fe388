/* oxlint-disable no-underscore-dangle -- names of v4 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { closeServices, startService } from '../../../test/fake-service.ts'
import type { Answer, FakeService } from '../../../test/fake-service.ts'
import type { ServiceClientCredentials } from '../../stdlib/index.ts'
import { ConnectorClient } from './connector-client.ts'
import type { ConnectorClientOptions } from './connector-client-options.ts'

afterEach(closeServices)

const BEARER = 'Bearer eyJ.canary.signature'

function credentialsWith(bearer: string): ServiceClientCredentials {
  return {
    signRequest: async (request) => {
      request.headers.set('Authorization', bearer)
      return request
    },
  }
}

interface Setup {
  readonly client: ConnectorClient
  readonly service: FakeService
}

async function setUp(script: Answer[], options: ConnectorClientOptions = {}): Promise<Setup> {
  const service = await startService(...script)
  return { service, client: new ConnectorClient(credentialsWith(BEARER), { baseUri: service.url, ...options }) }
}

const ACTIVITY = { type: 'message', text: 'hi', mine: { deep: [1] }, entities: [{ type: 'mine', keeps: true }] }
const C = '/v3/conversations/a%7Cb%2F%C3%BC%3B1'
const ID = 'a|b/ü;1'
const MEMBER = { id: '29:1', name: 'U', objectId: 'o', mine: 1 }

type Operation = (client: ConnectorClient) => Promise<unknown>
type Row = [name: string, run: Operation, request: string, body: unknown, answer: unknown]

const operations: Row[] = [
  [
    'getConversations',
    ({ conversations }) => conversations.getConversations({ continuationToken: 'a b&c' }),
    'GET /v3/conversations?continuationToken=a%20b%26c',
    undefined,
    { conversations: [{ id: 'c', members: [MEMBER] }], mine: 1 },
  ],
  [
    'createConversation',
    ({ conversations }) =>
      conversations.createConversation({
        isGroup: true,
        bot: { id: 'b', name: '' },
        members: [MEMBER],
        channelData: { mine: 1 },
        activity: ACTIVITY as never,
      }),
    'POST /v3/conversations',
    {
      isGroup: true,
      bot: { id: 'b', name: '' },
      members: [MEMBER],
      channelData: { mine: 1 },
      activity: ACTIVITY,
    },
    { id: 'c', activityId: 'a', serviceUrl: 's', mine: 1 },
  ],
  [
    'sendToConversation',
    ({ conversations }) => conversations.sendToConversation(ID, ACTIVITY),
    `POST ${C}/activities`,
    ACTIVITY,
    { id: 'x', mine: 1 },
  ],
  [
    'sendConversationHistory',
    ({ conversations }) => conversations.sendConversationHistory(ID, { activities: [ACTIVITY as never] }),
    `POST ${C}/activities/history`,
    { activities: [ACTIVITY] },
    { id: 'x' },
  ],
  [
    'updateActivity',
    ({ conversations }) => conversations.updateActivity(ID, '1|0', ACTIVITY),
    `PUT ${C}/activities/1%7C0`,
    ACTIVITY,
    { id: 'x' },
  ],
  [
    'replyToActivity',
    ({ conversations }) => conversations.replyToActivity(ID, '1|0', ACTIVITY),
    `POST ${C}/activities/1%7C0`,
    ACTIVITY,
    { id: 'x' },
  ],
  [
    'getConversationMembers',
    ({ conversations }) => conversations.getConversationMembers(ID),
    `GET ${C}/members`,
    undefined,
    [MEMBER],
  ],
  [
    'getConversationMember',
    ({ conversations }) => conversations.getConversationMember(ID, '29:1'),
    `GET ${C}/members/29%3A1`,
    undefined,
    MEMBER,
  ],
  [
    'getConversationPagedMembers',
    ({ conversations }) => conversations.getConversationPagedMembers(ID, { pageSize: 3, continuationToken: 'next' }),
    `GET ${C}/pagedmembers?pageSize=3&continuationToken=next`,
    undefined,
    { members: [MEMBER], continuationToken: 't' },
  ],
  [
    'getActivityMembers',
    ({ conversations }) => conversations.getActivityMembers(ID, '1'),
    `GET ${C}/activities/1/members`,
    undefined,
    [MEMBER],
  ],
  [
    'uploadAttachment',
    ({ conversations }) =>
      conversations.uploadAttachment(ID, {
        type: 'text/plain',
        name: 'n',
        originalBase64: new Uint8Array([1, 2, 3]),
        thumbnailBase64: undefined as never,
      }),
    `POST ${C}/attachments`,
    { type: 'text/plain', name: 'n', originalBase64: 'AQID' },
    { id: 'x' },
  ],
  [
    'getAttachmentInfo',
    ({ attachments }) => attachments.getAttachmentInfo('1/2'),
    'GET /v3/attachments/1%2F2',
    undefined,
    { name: 'n', type: 't', views: [{ viewId: 'original', size: 1, mine: 1 }] },
  ],
  [
    'teams.fetchTeamDetails',
    ({ teams }) => teams.fetchTeamDetails('19:t'),
    'GET /v3/teams/19%3At',
    undefined,
    { id: '19:t', name: 'T' },
  ],
]

describe.each(operations)('%s', (_, run, request, body, answer) => {
  test('is the request the service expects, with nothing lost either way', async () => {
    const { client, service } = await setUp([{ status: 200, body: answer }])
    expect(await run(client)).toEqual(answer)
    const [received] = service.received
    expect(`${received?.method} ${received?.path}`).toBe(request)
    expect(received?.body ? JSON.parse(received.body) : undefined).toEqual(body)
    expect(received?.headers).toMatchObject({ authorization: BEARER })
  })

  test('gives an answer with a hidden _response', async () => {
    const { client } = await setUp([{ status: 201, body: answer, headers: { 'X-Mine': 'y' } }])
    const result = (await run(client)) as { _response: never }
    expect(Object.keys(result)).toEqual(Object.keys(answer as object))
    const { status, bodyAsText, parsedBody, headers } = result._response as Record<string, unknown>
    expect({ status, bodyAsText, parsedBody }).toEqual({
      status: 201,
      bodyAsText: JSON.stringify(answer),
      parsedBody: answer,
    })
    expect((headers as { get(name: string): unknown }).get('x-mine')).toBe('y')
    expect(JSON.stringify(result)).toBe(JSON.stringify(answer))
  })

  test("fails with the service's own words, and with no token", async () => {
    const { client } = await setUp([{ status: 400, body: { error: { code: 'BadArgument', message: 'oh no' } } }])
    const error = await run(client).catch((thrown: unknown) => thrown)
    // Batches of Teams are tested elsewhere.
    expect(error).toMatchObject({
      name: 'RestError',
      code: 'BadArgument',
      statusCode: 400,
      message: 'oh no',
      body: { error: { code: 'BadArgument', message: 'oh no' } },
      response: { status: 400, bodyAsText: '{"error":{"code":"BadArgument","message":"oh no"}}' },
    })
    expect(everythingIn(error)).not.toContain('canary')
  })
})

/** All texts that can be reached from a value, hidden ones too. */
function everythingIn(value: unknown, seen = new Set<unknown>()): string {
  if (value instanceof Map) return everythingIn([...value.entries()], seen)
  if (typeof value !== 'object' || value === null) return String(value)
  if (seen.has(value)) return ''
  seen.add(value)
  return Object.getOwnPropertyNames(value)
    .map((name) => everythingIn((value as Record<string, unknown>)[name], seen))
    .join('\n')
}

test.each([
  ['deleteActivity', (client: ConnectorClient) => client.conversations.deleteActivity(ID, '1'), `${C}/activities/1`],
  [
    'deleteConversationMember',
    (client: ConnectorClient) => client.conversations.deleteConversationMember(ID, 'm'),
    `${C}/members/m`,
  ],
])('%s gives only a _response', async (_, run, path) => {
  const { client, service } = await setUp([{ status: 204 }])
  const result = await run(client)
  expect(result._response.status).toBe(204)
  expect(service.received).toMatchObject([{ method: 'DELETE', path }])
})

test.each([
  ['nothing', ''],
  ['a text', 'accepted'],
])('a service that took an activity and answers %s leaves the id undefined', async (_, body) => {
  const { client, service } = await setUp([{ status: 200, body, headers: { 'content-type': 'text/plain' } }])
  const result = await client.conversations.sendToConversation('c', ACTIVITY)
  expect(result.id).toBeUndefined()
  expect(service.received).toHaveLength(1)
})

test.each<[string, Operation]>([
  ['a conversation', ({ conversations }) => conversations.getConversationMembers('c')],
  ['an activity', ({ conversations }) => conversations.getActivityMembers('c', 'a')],
])('the members of %s that a service leaves out are an empty list', async (_, run) => {
  const { client } = await setUp([{ status: 200 }])
  expect(await run(client)).toEqual([])
})

test.each([
  ['no body', '', 404, { code: undefined, message: '' }],
  ['a text', 'not here', 403, { code: undefined, message: 'not here' }],
  ['a message without error', { message: 'top' }, 401, { code: undefined, message: 'top' }],
  ['an empty object', {}, 404, { code: undefined, message: '{}' }],
  ['a redirect', '', 302, { code: undefined, message: '' }],
])('a refusal with %s is a RestError with what there is', async (_, body, status, expected) => {
  const headers = { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json', location: '/other' }
  const { client, service } = await setUp([{ status, body, headers }])
  await expect(client.conversations.getConversationMember('c', 'm')).rejects.toMatchObject({
    name: 'RestError',
    statusCode: status,
    ...expected,
  })
  expect(service.received).toHaveLength(1)
})

test.each([
  [400, JSON.stringify({ error: { code: 'X', message: `you sent ${BEARER}` } })],
  [500, `<html>${BEARER}`],
  [200, `not JSON: ${BEARER}`],
])('a service that repeats the token (%i) brings it into no error', async (status, body) => {
  const { client } = await setUp([{ status, body }], { noRetryPolicy: true })
  const error: unknown = await client.conversations.getConversations().catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'RestError', statusCode: status })
  expect(everythingIn(error)).not.toContain('canary')
})

test('an answer that says it is JSON and is not is a parse error', async () => {
  const { client } = await setUp([{ status: 200, body: 'notjson' }])
  await expect(client.conversations.getConversations()).rejects.toMatchObject({ code: 'PARSE_ERROR', statusCode: 200 })
})

test.each<[string, Operation]>([
  [
    'conversationId cannot be null or undefined.',
    ({ conversations }) => conversations.sendToConversation(undefined as never, ACTIVITY),
  ],
  [
    'activityId cannot be null or undefined.',
    ({ conversations }) => conversations.replyToActivity('c', null as never, ACTIVITY),
  ],
  [
    'Error "activity cannot be null or undefined." occurred in serializing the payload - "Activity".',
    (client) => client.conversations.sendToConversation('c', undefined as never),
  ],
  [
    'Error "parameters cannot be null or undefined." occurred in serializing the payload - "ConversationParameters".',
    (client) => client.conversations.createConversation(undefined as never),
  ],
  ['attachmentId cannot be null or undefined.', ({ attachments }) => attachments.getAttachmentInfo(undefined as never)],
  ['teamId cannot be null or undefined.', ({ teams }) => teams.fetchChannelList(undefined as never)],
])('%s', async (message, run) => {
  const { client, service } = await setUp([])
  await expect(run(client)).rejects.toThrow(new Error(message))
  expect(service.received).toHaveLength(0)
})

test('the content of an attachment is a stream, of the result and of its _response', async () => {
  const { client } = await setUp([{ status: 200, body: Buffer.from([0, 255, 1]), headers: { 'content-type': 'x/y' } }])
  const result = await client.attachments.getAttachment('a', 'original')
  expect(result._response.readableStreamBody).toBe(result.readableStreamBody)
  expect(result._response.headers.get('content-type')).toBe('x/y')
  const chunks: Buffer[] = []
  for await (const chunk of result.readableStreamBody) chunks.push(chunk as Buffer)
  expect(Buffer.concat(chunks)).toEqual(Buffer.from([0, 255, 1]))
})

test('an attachment that is not there is a RestError with the words of the service', async () => {
  const { client } = await setUp([{ status: 404, body: { error: { code: 'NotFound', message: 'gone' } } }])
  await expect(client.attachments.getAttachment('a', 'original')).rejects.toMatchObject({
    statusCode: 404,
    code: 'NotFound',
  })
})

test('a listing that breaks off is an error, an activity whose answer breaks off was sent', async () => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-length': '100' }).write('{"id":', () => response.destroy())
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const baseUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { conversations } = new ConnectorClient(credentialsWith(BEARER), { baseUri })
  try {
    await expect(conversations.getConversations()).rejects.toMatchObject({ code: 'PARSE_ERROR', statusCode: 200 })
    expect((await conversations.sendToConversation('c', ACTIVITY)).id).toBeUndefined()
  } finally {
    await new Promise((resolve) => {
      server.close(resolve)
    })
  }
})

test.each([
  ['in the place of options', (client: ConnectorClient, tell: never) => client.conversations.getConversations(tell)],
  [
    'after options',
    (client: ConnectorClient, tell: never) => client.conversations.getConversations({ continuationToken: '' }, tell),
  ],
])('a callback %s is told result, request and response', async (_, call) => {
  const { client } = await setUp([{ status: 200, body: { conversations: [] } }])
  const [error, result, request, response] = await new Promise<unknown[]>((resolve) => {
    void call(client, ((...told: unknown[]) => resolve(told)) as never)
  })
  expect(error).toBeNull()
  expect(result).toEqual({ conversations: [] })
  expect(request).toMatchObject({ method: 'GET' })
  expect(response).toMatchObject({ status: 200 })
  expect(everythingIn([request, response])).not.toContain('canary')
})

test('a callback is told the error, and nothing is left rejected', async () => {
  const { client } = await setUp([{ status: 400, body: { error: { code: 'X', message: 'm' } } }])
  const error = await new Promise((resolve) => {
    void client.conversations.deleteActivity('c', 'a', (thrown) => resolve(thrown))
  })
  expect(error).toMatchObject({ statusCode: 400, code: 'X' })
})

test('a callback that throws is called once', async () => {
  const { client } = await setUp([{ status: 200, body: {} }])
  const told: unknown[] = []
  const call = client.conversations.getConversations((error) => {
    told.push(error)
    throw new Error('of the bot')
  })
  await expect(call).rejects.toThrow('of the bot')
  expect(told).toEqual([null])
})
