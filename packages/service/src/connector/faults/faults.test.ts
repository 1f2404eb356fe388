import { useTogether } from '../../../test/start-together.ts'
import type { Json } from '../../../test/stand-in-bot.ts'
import type { ConnectorFault } from './connector-fault.ts'

const together = useTogether()
afterEach(() => together.service.faults.clear())

async function startChat(): Promise<{
  conversationId: string
  send: (text: string) => Promise<Json>
  texts: () => Promise<string[]>
}> {
  const { conversationId, client } = await together.directLine.start({ user: { id: 'dl_ada' } })
  return {
    conversationId,
    send: async (text) => together.bot.call('POST', `/${conversationId}/activities`, { type: 'message', text }),
    texts: async () => client.texts(conversationId),
  }
}

async function dev(
  method: string,
  path = '',
  body?: unknown,
  secret = together.service.directLineSecret,
): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${together.service.url}/dev/faults${path}`, {
    method,
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

test.each([
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [412, 'PreconditionFailed'],
  [429, 'Throttled'],
  [500, 'ServiceError'],
  [502, 'ServiceError'],
  [503, 'ServiceError'],
])('a call is answered %i %s once, and the next as always', async (status, code) => {
  const { send, texts } = await startChat()
  together.service.faults.inject({ status })
  expect(await send('one')).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } })
  expect((await send('two')).status).toBe(200)
  expect(await texts()).toEqual(['two'])
})

test('a fault of one conversation happens there, as often as it says', async () => {
  const [chat, other] = [await startChat(), await startChat()]
  const { faults } = together.service
  faults.inject({ conversationId: chat.conversationId, status: 503, times: 2 })
  expect((await other.send('one')).status).toBe(200)
  expect([(await chat.send('a')).status, (await chat.send('b')).status]).toEqual([503, 503])
  expect(faults.pending).toEqual([])
  expect((await chat.send('c')).status).toBe(200)
})

test('a fault of one method happens to calls of that method', async () => {
  const { conversationId, send } = await startChat()
  together.service.faults.inject({ method: 'GET', status: 500 })
  expect((await send('one')).status).toBe(200)
  expect((await together.bot.call('GET', `/${conversationId}/members`)).status).toBe(500)
})

test.each([2, 'Wed, 21 Oct 2026 07:28:00 GMT'])('an answer tells to come back after %j', async (retryAfter) => {
  const { conversationId } = await startChat()
  together.service.faults.inject({ status: 429, retryAfter })
  const answer = await fetch(`${together.service.url}/v3/conversations/${conversationId}/members`)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, String(retryAfter)])
})

test('a reset breaks the connection', async () => {
  const { send, texts } = await startChat()
  together.service.faults.inject({ reset: true })
  await expect(send('one')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
  expect(await texts()).toEqual([])
})

test.each<[string, ConnectorFault]>([
  ['a reset', { reset: true, takesEffect: true }],
  ['a status', { status: 502, takesEffect: true }],
])('a call may take effect although it seems to fail with %s', async (_, fault) => {
  const { send, texts } = await startChat()
  together.service.faults.inject(fault)
  const answer = await send('one').catch(() => undefined)
  expect(answer?.status).not.toBe(200)
  expect(await texts()).toEqual(['one'])
})

test('a delay alone makes one call slow, and it is answered as always', async () => {
  const { send, texts } = await startChat()
  together.service.faults.inject({ delayMs: 40 })
  const begin = performance.now()
  expect((await send('slow')).status).toBe(200)
  // Timers may be a little early, and are never on time.
  expect(performance.now() - begin).toBeGreaterThan(35)
  expect((await send('next')).status).toBe(200)
  expect(await texts()).toEqual(['slow', 'next'])
})

test('a caller that does not wait for a slow call has sent nothing', async () => {
  const { conversationId, texts } = await startChat()
  const { service, bot } = together
  service.faults.inject({ delayMs: 600_000 })
  const leaving = new AbortController()
  const call = fetch(`${service.url}/v3/conversations/${conversationId}/activities`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${service.identity.mintAccessToken(bot.appId)}`,
      'Content-Type': 'application/json',
    },
    body: '{"type":"message","text":"never"}',
    signal: leaving.signal,
  })
  while (service.faults.pending.length > 0) await new Promise(setImmediate)
  leaving.abort()
  await expect(call).rejects.toThrow('abort')
  expect(await texts()).toEqual([])
})

describe('from another process', () => {
  test('faults are injected, listed and taken back with the Direct Line secret', async () => {
    const { send } = await startChat()
    const { status, body } = await dev('POST', '', { status: 500, times: 3 })
    expect(status).toBe(201)
    expect((await send('one')).status).toBe(500)
    expect((await dev('GET')).body).toEqual({ faults: [{ id: body.id, fault: { status: 500, times: 3 }, left: 2 }] })
    expect((await dev('DELETE', `/${body.id}`)).status).toBe(204)
    expect((await dev('DELETE', `/${body.id}`)).status).toBe(404)
    await dev('POST', '', { status: 500 })
    expect((await dev('DELETE')).status).toBe(204)
    expect((await send('two')).status).toBe(200)
  })

  test('who has not the secret may do nothing', async () => {
    const { body } = await together.directLine.call('POST', '/tokens/generate')
    expect((await dev('POST', '', { status: 500 }, 'nonsense')).status).toBe(403)
    expect((await dev('POST', '', { status: 500 }, body.token)).status).toBe(403)
    expect(together.service.faults.pending).toEqual([])
  })

  test.each<[Json, string]>([
    [{}, 'fault.status'],
    [{ status: 200 }, 'fault.status'],
    [{ status: '500' }, 'fault.status'],
    [{ status: 500, reset: true }, 'fault.reset'],
    [{ status: 500, times: 0 }, 'fault.times'],
    [{ status: 429, retryAfter: 'a\r\nb' }, 'fault.retryAfter'],
    [{ reset: true, retryAfter: 1 }, 'fault.retryAfter'],
    [{ delayMs: -1 }, 'fault.delayMs'],
    [{ status: 500, conversationId: '' }, 'fault.conversationId'],
    [{ status: 500, method: 'PATCH' }, 'fault.method'],
    [{ stauts: 500 }, 'fault.stauts'],
  ])('the fault %j is refused', async (fault, field) => {
    const { status, body } = await dev('POST', '', fault)
    expect([status, body.error.code]).toEqual([400, 'BadArgument'])
    expect(body.error.message).toContain(field)
    expect(() => together.service.faults.inject(fault)).toThrow(expect.objectContaining({ option: field }))
  })
})
