import type { Activity } from '@parley/core'
import { CloudAdapter } from './cloud-adapter.ts'
import { BotFrameworkAdapter } from './bot-framework-adapter.ts'
import { fromWebRequest, writeWebAnswer } from './http-exchange.ts'
import type { Request, Response } from './web-messages.ts'

function recording(calls: unknown[]): Response {
  const record =
    (name: string) =>
    (...given: unknown[]): void =>
      void calls.push([name, ...given])
  return { socket: {}, status: record('status'), send: record('send'), end: record('end'), header: record('header') }
}

const refused = { status: 401, headers: { 'Content-Type': 'application/json', 'X-Kept': '1' }, body: '{"a":1}' }

test('an answer is status, headers, body and end, in this order', async () => {
  const calls: unknown[] = []
  await writeWebAnswer({}, recording(calls), refused)
  expect(calls).toEqual([['status', 401], ['header', 'X-Kept', '1'], ['send', { a: 1 }], ['end']])
})

test('an answer that is held back is written when the promise resolves', async () => {
  const calls: unknown[] = []
  const written = writeWebAnswer({}, recording(calls), { ...refused, delayMs: 5 })
  expect(calls).toEqual([])
  await written
  expect(calls).toContainEqual(['end'])
})

test('an answer that is held back and cannot be written rejects, and nothing else happens', async () => {
  const response = recording([])
  response.status = () => {
    throw new Error('gone')
  }
  await expect(writeWebAnswer({}, response, { ...refused, delayMs: 5 })).rejects.toThrow('gone')
})

test('nothing is written when something else has answered', async () => {
  const calls: unknown[] = []
  await writeWebAnswer({}, Object.assign(recording(calls), { headersSent: true }), refused)
  expect(calls).toEqual([])
})

const body = (fields: object): Record<string, unknown> => ({
  type: 'message',
  channelId: 'test',
  serviceUrl: 'https://service.example',
  conversation: { id: 'c' },
  from: { id: 'u' },
  recipient: { id: 'b' },
  ...fields,
})

const at = new Date('2020-01-01T00:00:00Z')

test('times that are dates already are told as on the wire, and the program’s object stays as it is', async () => {
  const request: Request = { method: 'POST', headers: {}, body: body({ timestamp: at, expiration: at }) }
  const read = await fromWebRequest(request).body(1000)
  const text = '2020-01-01T00:00:00.000Z'
  expect(read).toMatchObject({ kind: 'parsed', value: { timestamp: text, expiration: text } })
  expect(request.body).toHaveProperty('timestamp', at)
})

test.each([
  ['CloudAdapter', new CloudAdapter()],
  ['BotFrameworkAdapter', new BotFrameworkAdapter()],
])('%s without settings serves programs on this machine', async (_, adapter) => {
  const seen: Partial<Activity>[] = []
  const calls: unknown[] = []
  const request = { method: 'POST', headers: {}, body: body({ timestamp: at }) }
  await adapter.process(request, recording(calls), async ({ activity }) => void seen.push(activity))
  expect(calls).toEqual([['status', 200], ['end']])
  expect(seen).toMatchObject([{ timestamp: at }])
})
