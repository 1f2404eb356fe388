import type { Activity, ConversationParameters } from '@parley/core'
import { closeAfterEach } from '../test/closing.ts'
import { AUDIENCE, createTestFactory } from '../test/factory.ts'
import { created, json, raw, startConnector } from '../test/fake-connector.ts'
import type { Answer, FakeConnector } from '../test/fake-connector.ts'
import type { ConnectorClient } from './connector-client.ts'

const opened = closeAfterEach()

async function scene(answer: Answer = created()): Promise<{ client: ConnectorClient; connector: FakeConnector }> {
  const connector = opened(await startConnector(answer))
  const { factory } = opened({ ...createTestFactory() })
  return { connector, client: factory.create(connector.serviceUrl, AUDIENCE) }
}

const CONVERSATION = '19:x/y@thread.tacv2;messageid=1#?'
const C = '19%3Ax%2Fy%40thread.tacv2%3Bmessageid%3D1%23%3F'
const ACTIVITY = 'abc|0000001'
const A = 'abc%7C0000001'
const MEMBER = '29:a/b'
const M = '29%3Aa%2Fb'

const member = { id: MEMBER, name: 'Ann', givenName: 'Ann', tenantId: 't' }
const hello: Partial<Activity> = { type: 'message', text: 'hello' }

interface Operation {
  readonly line: string
  readonly call: (client: ConnectorClient) => Promise<unknown>
  readonly answer: Answer
  readonly gives: unknown
  readonly body?: unknown
}

const operations: Record<string, Operation> = {
  getConversations: {
    line: 'GET /v3/conversations?continuationToken=a%26b',
    call: ({ conversations }) => conversations.getConversations({ continuationToken: 'a&b' }),
    answer: json(200, { conversations: [{ id: 'c', members: [member] }] }),
    gives: { conversations: [{ id: 'c', members: [member] }] },
  },
  createConversation: {
    line: 'POST /v3/conversations',
    call: ({ conversations }) =>
      conversations.createConversation({
        isGroup: false,
        bot: { id: '28:b', name: 'bot' },
        activity: { ...hello, callerId: 'urn:not-for-the-wire' } as Activity,
        channelData: { tenant: { id: 't' } },
      }),
    answer: json(201, { id: 'c', activityId: 'a' }),
    gives: { id: 'c', activityId: 'a' },
    body: { isGroup: false, bot: { id: '28:b', name: 'bot' }, activity: hello, channelData: { tenant: { id: 't' } } },
  },
  sendToConversation: {
    line: `POST /v3/conversations/${C}/activities`,
    call: ({ conversations }) => conversations.sendToConversation(CONVERSATION, hello),
    answer: created('a9'),
    gives: { id: 'a9' },
    body: hello,
  },
  replyToActivity: {
    line: `POST /v3/conversations/${C}/activities/${A}`,
    call: ({ conversations }) => conversations.replyToActivity(CONVERSATION, ACTIVITY, hello),
    answer: created('a9'),
    gives: { id: 'a9' },
    body: hello,
  },
  updateActivity: {
    line: `PUT /v3/conversations/${C}/activities/${A}`,
    call: ({ conversations }) => conversations.updateActivity(CONVERSATION, ACTIVITY, hello),
    answer: json(200, { id: ACTIVITY, extra: true }),
    gives: { id: ACTIVITY, extra: true },
    body: hello,
  },
  deleteActivity: {
    line: `DELETE /v3/conversations/${C}/activities/${A}`,
    call: ({ conversations }) => conversations.deleteActivity(CONVERSATION, ACTIVITY),
    answer: raw(200),
    gives: undefined,
  },
  sendConversationHistory: {
    line: `POST /v3/conversations/${C}/activities/history`,
    call: ({ conversations }) =>
      conversations.sendConversationHistory(CONVERSATION, { activities: [{ ...hello, callerId: 'x' } as Activity] }),
    answer: created('h'),
    gives: { id: 'h' },
    body: { activities: [hello] },
  },
  getConversationMembers: {
    line: `GET /v3/conversations/${C}/members`,
    call: ({ conversations }) => conversations.getConversationMembers(CONVERSATION),
    answer: json(200, [member]),
    gives: [member],
  },
  getConversationMember: {
    line: `GET /v3/conversations/${C}/members/${M}`,
    call: ({ conversations }) => conversations.getConversationMember(CONVERSATION, MEMBER),
    answer: json(200, member),
    gives: member,
  },
  getConversationPagedMembers: {
    line: `GET /v3/conversations/${C}/pagedmembers?pageSize=5&continuationToken=p%2F2`,
    call: ({ conversations }) =>
      conversations.getConversationPagedMembers(CONVERSATION, { pageSize: 5, continuationToken: 'p/2' }),
    answer: json(200, { continuationToken: 'p/3' }),
    gives: { members: [], continuationToken: 'p/3' },
  },
  deleteConversationMember: {
    line: `DELETE /v3/conversations/${C}/members/${M}`,
    call: ({ conversations }) => conversations.deleteConversationMember(CONVERSATION, MEMBER),
    answer: raw(204),
    gives: undefined,
  },
  getActivityMembers: {
    line: `GET /v3/conversations/${C}/activities/${A}/members`,
    call: ({ conversations }) => conversations.getActivityMembers(CONVERSATION, ACTIVITY),
    answer: json(200, [member]),
    gives: [member],
  },
  uploadAttachment: {
    line: `POST /v3/conversations/${C}/attachments`,
    call: ({ conversations }) =>
      conversations.uploadAttachment(CONVERSATION, {
        type: 'text/plain',
        name: 'a.txt',
        originalBase64: Buffer.from('hello'),
        thumbnailBase64: new Uint8Array([1, 2, 3]),
      }),
    answer: created('f'),
    gives: { id: 'f' },
    body: { type: 'text/plain', name: 'a.txt', originalBase64: 'aGVsbG8=', thumbnailBase64: 'AQID' },
  },
  getAttachmentInfo: {
    line: 'GET /v3/attachments/a%2Fb',
    call: ({ attachments }) => attachments.getAttachmentInfo('a/b'),
    answer: json(200, { name: 'a.txt', type: 'text/plain', views: [{ viewId: 'original', size: 5 }] }),
    gives: { name: 'a.txt', type: 'text/plain', views: [{ viewId: 'original', size: 5 }] },
  },
  getAttachment: {
    line: 'GET /v3/attachments/a%2Fb/views/original',
    call: ({ attachments }) => attachments.getAttachment('a/b', 'original'),
    answer: raw(200, Buffer.from([0, 255, 1]), { 'content-type': 'image/png' }),
    gives: { contentType: 'image/png', bytes: Buffer.from([0, 255, 1]) },
  },
}

test.each(Object.keys(operations))('%s is the request that the API describes', async (name) => {
  const { line, call, answer, gives, body } = operations[name] as Operation
  const { client, connector } = await scene(answer)

  await expect(call(client)).resolves.toEqual(gives)

  const [received] = connector.received
  expect(`${received?.method} ${received?.path}`).toBe(line)
  expect(received?.headers.authorization).toMatch(/^Bearer /)
  expect(received?.body === '' ? undefined : JSON.parse(received?.body ?? '')).toEqual(body)
  expect(received?.headers['content-type']).toBe(body === undefined ? undefined : 'application/json; charset=utf-8')
})

test.each([
  ['http://HOST', '/v3/conversations/c/members'],
  ['http://HOST/', '/v3/conversations/c/members'],
  ['http://HOST/amer', '/amer/v3/conversations/c/members'],
  ['http://HOST/amer/', '/amer/v3/conversations/c/members'],
  ['http://HOST/amer//', '/amer/v3/conversations/c/members'],
])('a service URL %s is joined with exactly one slash', async (serviceUrl, path) => {
  const connector = opened(await startConnector(json(200, [])))
  const { factory } = opened(createTestFactory())
  const url = serviceUrl.replace('HOST', new URL(connector.serviceUrl).host)

  await factory.create(url, AUDIENCE).conversations.getConversationMembers('c')

  expect(connector.received[0]?.path).toBe(path)
})

test('an empty id is refused before anything is sent', async () => {
  const { client, connector } = await scene()

  await expect(client.conversations.deleteActivity('c', '')).rejects.toMatchObject({ code: 'CONNECTOR_ID_INVALID' })

  expect(connector.received).toHaveLength(0)
})

test('an idempotency key is sent as a quoted header, and none without one', async () => {
  const { client, connector } = await scene()

  await client.conversations.sendToConversation('c', hello, { idempotencyKey: 'abc-1' })
  await client.conversations.replyToActivity('c', 'a', hello, { idempotencyKey: 'abc-2' })
  await client.conversations.sendToConversation('c', hello)

  const keys = connector.received.map(({ headers }) => headers['idempotency-key'])
  expect(keys).toEqual(['"abc-1"', '"abc-2"', undefined])
})

test('unknown fields of an activity reach the service', async () => {
  const { client, connector } = await scene()
  const activity = { type: 'message', custom: { a: [1] }, entities: [{ type: 'x', a: 1 }] }

  await client.conversations.sendToConversation('c', activity as Partial<Activity>)

  expect(JSON.parse(connector.received[0]?.body ?? '')).toEqual(activity)
})

test.each<[string, Answer, (client: ConnectorClient) => Promise<unknown>]>([
  [
    'members that are not a list',
    json(200, { a: 1 }),
    ({ conversations }) => conversations.getConversationMembers('c'),
  ],
  ['members that are not JSON', raw(200, '<html>'), ({ conversations }) => conversations.getConversationMembers('c')],
  ['a page without an object', json(200, [1]), ({ conversations }) => conversations.getConversationPagedMembers('c')],
  [
    'a page whose members are text',
    json(200, { members: 'x' }),
    ({ conversations }) => conversations.getConversationPagedMembers('c'),
  ],
  ['a member without an id', json(200, {}), ({ conversations }) => conversations.getConversationMember('c', 'm')],
  [
    'a conversation without an id',
    json(201, {}),
    ({ conversations }) => conversations.createConversation({} as ConversationParameters),
  ],
  ['an empty list of conversations', raw(200), ({ conversations }) => conversations.getConversations()],
  ['attachment facts that are a list', json(200, []), ({ attachments }) => attachments.getAttachmentInfo('a')],
  [
    'content beyond the limit',
    raw(200, 'xxxx'),
    ({ attachments }) => attachments.getAttachment('a', 'original', { maxBytes: 3 }),
  ],
])('%s is an invalid answer', async (_, answer, call) => {
  const { client } = await scene(answer)

  await expect(call(client)).rejects.toMatchObject({ code: 'SEND_ANSWER_INVALID', statusCode: expect.any(Number) })
})

test.each<[string, Answer]>([
  ['an empty body', raw(200)],
  ['null', json(200, null)],
])('%s is a conversation without members', async (_, answer) => {
  const { client } = await scene(answer)

  await expect(client.conversations.getConversationMembers('c')).resolves.toEqual([])
})

test('an attachment may be larger than other answers', async () => {
  const { client } = await scene(raw(200, Buffer.alloc(3 * 1024 * 1024)))

  const { bytes } = await client.attachments.getAttachment('a', 'original')

  expect(bytes).toHaveLength(3 * 1024 * 1024)
})
