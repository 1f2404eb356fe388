import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Activity } from '@parley/core'
import { SkillClient } from './skill-client.ts'
import type { SkillClientOptions } from './skill-client.ts'

interface Call {
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: Record<string, unknown>
}

const activity = (): Partial<Activity> => ({
  type: 'message',
  id: 'a1',
  text: 'hi',
  channelId: 'test',
  serviceUrl: 'https://channel.example',
  conversation: { id: 'user-conversation', name: 'n', isGroup: false, conversationType: 'personal', tenantId: 't' },
  from: { id: 'user', name: 'User' },
  recipient: { id: 'root', name: 'Root', role: 'bot' },
  locale: 'en-GB',
  callerId: 'urn:botframework:azure',
})

let server: Server
let answer: { status: number; body: string; headers?: Record<string, string> }
let calls: Call[]
let endpoint: string
const clients: SkillClient[] = []

function client(options: Partial<SkillClientOptions> = {}): SkillClient {
  const made = new SkillClient({ getToken: async () => undefined, allowLoopback: true, ...options })
  clients.push(made)
  return made
}

beforeEach(async () => {
  calls = []
  answer = { status: 200, body: '{"activities":[{"type":"message"}]}' }
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      calls.push({ url: request.url, headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) })
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`
})

afterEach(async () => {
  for (const made of clients.splice(0)) made.close()
  await new Promise((resolve) => server.close(resolve))
})

test('a skill gets a conversation of its own, and finds the one with the user in relatesTo', async () => {
  await client().postActivity('root-app', 'skill-app', endpoint, 'https://root.example/api/skills', 'sc', activity())
  const [call] = calls
  expect(call?.headers['x-ms-conversation-id']).toBe('sc')
  expect(call?.headers['content-type']).toBe('application/json')
  expect(call?.headers.authorization).toBeUndefined()
  expect(call?.body).toEqual({
    type: 'message',
    id: 'a1',
    text: 'hi',
    channelId: 'test',
    serviceUrl: 'https://root.example/api/skills',
    conversation: { id: 'sc', name: 'n', isGroup: false, conversationType: 'personal', tenantId: 't' },
    from: { id: 'user', name: 'User' },
    recipient: { id: 'root', name: 'Root', role: 'skill' },
    locale: 'en-GB',
    relatesTo: {
      serviceUrl: 'https://channel.example',
      activityId: 'a1',
      channelId: 'test',
      conversation: { ...activity().conversation },
      bot: null,
    },
  })
})

test('the activity of the caller stays as it is', async () => {
  const mine = activity()
  await client().postActivity('root-app', 'skill-app', endpoint, 'https://root.example', 'sc', mine)
  expect(mine).toEqual(activity())
})

test('a call is signed with the token of the pair of bots', async () => {
  const getToken = async (from: string, to: string): Promise<string> => `${from}-to-${to}`
  await client({ getToken }).postActivity('root-app', 'skill-app', endpoint, 'https://root.example', 'sc', activity())
  expect(calls[0]?.headers.authorization).toBe('Bearer root-app-to-skill-app')
})

test.each([
  [200, '{"activities":[]}', { activities: [] }],
  [202, '', ''],
  [200, 'plain', 'plain'],
  [404, 'not here', 'not here'],
  [500, '{"error":{"code":"x"}}', { error: { code: 'x' } }],
])('the answer %i %j is handed back', async (status, body, expected) => {
  answer = { status, body }
  const result = await client().postActivity('a', 'b', endpoint, 'https://root.example', 'sc', activity())
  expect(result).toEqual({ status, body: expected })
})

test('a redirect is an answer, and is not followed', async () => {
  answer = { status: 307, body: '', headers: { location: '/elsewhere' } }
  const result = await client().postActivity('a', 'b', endpoint, 'https://root.example', 'sc', activity())
  expect(result).toEqual({ status: 307, body: '' })
  expect(calls).toHaveLength(1)
})

test('the query of an endpoint is sent', async () => {
  await client().postActivity('a', 'b', `${endpoint}?code=key`, 'https://root.example', 'sc', activity())
  expect(calls[0]?.url).toBe('/api/messages?code=key')
})

test.each([
  ['plain http', 'http://skill.example/api/messages', true],
  ['this machine, when that is not allowed', 'http://127.0.0.1:3979/api/messages', false],
  ['a private address', 'https://10.0.0.1/api/messages', true],
  ['user info', 'https://user:secret@skill.example/api/messages', true],
])('an endpoint with %s is refused before a token is made', async (_, url, allowLoopback) => {
  const getToken = jest.fn(async () => 'token')
  const posting = client({ allowLoopback, getToken }).postActivity('a', 'b', url, 'https://r.example', 'sc', activity())
  await expect(posting).rejects.toMatchObject({ code: 'CONNECTOR_SKILL_ENDPOINT_FORBIDDEN' })
  await expect(posting).rejects.not.toThrow('secret')
  expect(getToken).not.toHaveBeenCalled()
})

test('an endpoint that is no URL is a TypeError', async () => {
  const posting = client().postActivity('a', 'b', 'nowhere', 'https://root.example', 'sc', activity())
  await expect(posting).rejects.toThrow('Invalid URL')
})

test('a skill that is not there is a coded error', async () => {
  const gone = createServer()
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
  const { port } = gone.address() as AddressInfo
  await new Promise((resolve) => gone.close(resolve))
  const posting = client().postActivity('a', 'b', `http://127.0.0.1:${port}/`, 'https://r.example', 'sc', activity())
  await expect(posting).rejects.toMatchObject({ code: 'SEND_UNREACHABLE' })
})

test.each([
  ['text', { text: async () => '{"a":1}' }],
  ['json', { json: async () => ({ a: 1 }) }],
])('a fetch of the bot whose answers have %s carries calls out', async (_, methods) => {
  const fetch = jest.fn(async () => ({ status: 207, ...methods }))
  const result = await client({ fetch }).postActivity('a', 'b', endpoint, 'https://root.example', 'sc', activity())
  expect(result).toEqual({ status: 207, body: { a: 1 } })
  expect(fetch).toHaveBeenCalledWith(endpoint, expect.objectContaining({ method: 'POST' }))
  expect(calls).toEqual([])
})
