import { startService } from '@parley/service'
import { addBot, startTogether, stopAll, useTogether } from '../../test/start-together.ts'
import type { Together } from '../../test/start-together.ts'
import type { Json } from '../../test/stand-in-bot.ts'

const together = useTogether()

interface Answer {
  readonly status: number
  readonly body: Json
}

type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

/** Calls the Bot State API as a bot. */
function callAs(service: Together['service'], appId: string): Call {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${service.url}/v3/botstate/${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${service.identity.mintAccessToken(appId)}`,
        'Content-Type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }
}

const call: Call = (...args) => callAs(together.service, together.bot.appId)(...args)

let number = 0
let path: string

beforeEach(() => {
  number += 1
  path = `test/users/user-${number}`
})

const NOTHING = { status: 200, body: { data: null, eTag: '*' } }
const CONFLICT = { status: 412, body: { error: { code: 'PreconditionFailed' } } }

const bags: Readonly<Record<string, (id: number) => string>> = {
  user: (id) => `test/users/u${id}`,
  conversation: (id) => `test/conversations/c${id}`,
  private: (id) => `test/conversations/c${id}/users/u${id}`,
}

test.each(Object.keys(bags))('the %s bag is written and read, and no other', async (scope) => {
  const paths = Object.entries(bags).map(([name, pathOf]) => [name, pathOf(number)] as const)
  const [own] = paths.flatMap(([name, each]) => (name === scope ? [each] : []))
  expect(await call('GET', own ?? '')).toEqual(NOTHING)
  const written = await call('POST', own ?? '', { data: { color: 'red' }, eTag: '*' })
  expect(written).toEqual({ status: 200, body: { data: { color: 'red' }, eTag: expect.stringMatching(/^[\w-]{16}$/) } })
  for (const [name, each] of paths) expect(await call('GET', each)).toEqual(name === scope ? written : NOTHING)
})

/** What is stored before: `before`, or nothing. */
type Stored = 'nothing' | 'something'
/** `right`: that of what is stored. */
type ETag = 'right' | 'stale' | '*' | '' | undefined

async function post(
  stored: Stored,
  eTag: ETag,
  data: unknown,
): Promise<{ before: Answer; answer: Answer; after: Answer }> {
  const before = stored === 'nothing' ? NOTHING : await call('POST', path, { data: 'before', eTag: '*' })
  const answer = await call('POST', path, { data, eTag: eTag === 'right' ? before.body.eTag : eTag })
  return { before, answer, after: await call('GET', path) }
}

test.each<[Stored, ETag, unknown]>([
  ['nothing', undefined, 1],
  ['nothing', '*', 1],
  ['something', undefined, 1],
  ['something', '*', 1],
  ['something', 'right', 1],
  ...[{}, 0, false, '', [], 'text'].map((data): [Stored, ETag, unknown] => ['something', 'right', data]),
])('when %s is stored, a POST with the eTag %j stores the data %j', async (stored, eTag, data) => {
  const { before, answer, after } = await post(stored, eTag, data)
  expect(answer).toEqual({ status: 200, body: { data, eTag: expect.any(String) } })
  expect(answer.body.eTag).not.toBe(before.body.eTag)
  expect(after).toEqual(answer)
})

test.each<[Stored, ETag, unknown]>([
  ['something', 'right', null],
  ['something', '*', null],
  ['something', undefined, null],
  ['something', undefined, undefined],
  ['nothing', undefined, null],
])('when %s is stored, a POST with the eTag %j and the data %j leaves nothing', async (stored, eTag, data) => {
  const { answer, after } = await post(stored, eTag, data)
  expect([answer, after]).toEqual([NOTHING, NOTHING])
})

test.each<[Stored, ETag, unknown]>([
  ['nothing', 'stale', 1],
  ['nothing', 'stale', null],
  ['something', 'stale', 1],
  ['something', 'stale', null],
  ['something', '', 1],
])('when %s is stored, a POST with the eTag %j and the data %j is a conflict', async (stored, eTag, data) => {
  const { before, answer, after } = await post(stored, eTag, data)
  expect(answer).toMatchObject(CONFLICT)
  expect(after).toEqual(before)
})

test('an eTag of null is none', async () => {
  await call('POST', path, { data: 1 })
  expect((await call('POST', path, { data: 2, eTag: null })).status).toBe(200)
})

test('the eTag of a bag that was deleted and written again is stale', async () => {
  const { body } = await call('POST', path, { data: 1 })
  await call('POST', path, { data: null })
  await call('POST', path, { data: 1 })
  expect(await call('POST', path, { data: 2, eTag: body.eTag })).toMatchObject(CONFLICT)
})

test('with If-None-Match: * only an empty bag is written', async () => {
  const headers = { 'If-None-Match': '*' }
  expect((await call('POST', path, { data: 1 }, headers)).status).toBe(200)
  expect(await call('POST', path, { data: 2 }, headers)).toMatchObject(CONFLICT)
  expect((await call('GET', path)).body.data).toBe(1)
})

test('of 50 writers that read, count and write until it works, none is lost', async () => {
  const increment = async (): Promise<void> => {
    const { body } = await call('GET', path)
    const written = await call('POST', path, { data: body.data + 1, eTag: body.eTag })
    if (written.status === 412) return increment()
    expect(written.status).toBe(200)
  }
  await call('POST', path, { data: 0 })
  await Promise.all(Array.from({ length: 50 }, increment))
  expect((await call('GET', path)).body.data).toBe(50)
})

describe('a user', () => {
  const inConversation = (conversation: string): string => `test/conversations/${conversation}/${path.slice(5)}`

  test('is deleted with the private bags of the channel, and with nothing else', async () => {
    const gone = [path, inConversation('c'), inConversation('d%2Fe')]
    const kept = [
      path.replace('test', 'other'),
      inConversation('c').replace('test', 'other'),
      `test/conversations/kept-${number}`,
      `test/conversations/c/users/other-${number}`,
    ]
    for (const each of [...gone, ...kept]) await call('POST', each, { data: each })
    const answer = await call('DELETE', path)
    expect(answer.status).toBe(200)
    expect(answer.body.toSorted()).toEqual(gone.map((each) => `/v3/botstate/${each}`).toSorted())
    for (const each of gone) expect(await call('GET', each)).toEqual(NOTHING)
    for (const each of kept) expect((await call('GET', each)).body.data).toBe(each)
  })

  test('of whom nothing is kept is deleted all the same', async () => {
    expect(await call('DELETE', path)).toEqual({ status: 200, body: [] })
  })
})

test.each(['29:1abc|x', 'a/b', 'a!b', 'ü 😀', 'a%b', "a'b", '__proto__', 'a\0b'])(
  'the id %j in a path is one id',
  async (id) => {
    const encoded = encodeURIComponent(id)
    const paths = [`${encoded}/users/1`, `test/users/${encoded}`, `test/conversations/${encoded}/users/${encoded}`]
    for (const each of paths) await call('POST', each, { data: each })
    for (const each of paths) expect((await call('GET', each)).body.data).toBe(each)
    expect(await call('GET', `test/users/${encoded}x`)).toEqual(NOTHING)
    expect(await call('GET', `test/users/${encodeURIComponent(id.slice(0, 1))}`)).toEqual(NOTHING)
  },
)

test('bots see bags of their own only', async () => {
  const other = await addBot(together.service, () => {}, `other-bot-${number}`)
  const callOther = callAs(together.service, other.appId)
  const { body } = await call('POST', path, { data: 'mine' })
  expect(await callOther('GET', path)).toEqual(NOTHING)
  expect(await callOther('POST', path, { data: 'stolen', eTag: body.eTag })).toMatchObject(CONFLICT)
  expect(await callOther('DELETE', path)).toEqual({ status: 200, body: [] })
  await callOther('POST', path, { data: 'theirs' })
  expect((await call('GET', path)).body).toEqual(body)
})

test.each([
  ['no token', {}],
  ['a token of nobody', { Authorization: 'Bearer nonsense' }],
])('a call with %s is refused', async (_, headers) => {
  for (const method of ['GET', 'POST', 'DELETE']) {
    const response = await fetch(`${together.service.url}/v3/botstate/${path}`, { method, headers })
    expect([response.status, ((await response.json()) as Json).error.code]).toEqual([401, 'Unauthorized'])
  }
})

test.each<[what: string, body: unknown, code: string]>([
  ['nothing', '', 'BadSyntax'],
  ['half a bag', '{', 'BadSyntax'],
  ['a list', '[]', 'BadSyntax'],
  ['null', 'null', 'BadSyntax'],
  ['a text', '"text"', 'BadSyntax'],
  ['a number for an eTag', { data: 1, eTag: 7 }, 'BadArgument'],
  ['an object for an eTag', { data: 1, eTag: {} }, 'BadArgument'],
  ['16 000 lists in each other', `{"data":${'['.repeat(16_000)}${']'.repeat(16_000)}}`, 'BadSyntax'],
])('a body that is %s is refused and changes nothing', async (_, body, code) => {
  const before = await call('POST', path, { data: 'before' })
  expect(await call('POST', path, body)).toMatchObject({ status: 400, body: { error: { code } } })
  expect(await call('GET', path)).toEqual(before)
})

describe('the size of a bag', () => {
  // Two quotes, and 3 bytes of UTF-8 for each €.
  const ofBytes = (bytes: number): string => '€'.repeat(Math.floor((bytes - 2) / 3)) + 'x'.repeat((bytes - 2) % 3)

  test('is at most 32 768 bytes of JSON in UTF-8', async () => {
    expect((await call('POST', path, { data: ofBytes(32_768) })).status).toBe(200)
    const refused = await call('POST', path, { data: ofBytes(32_769) })
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'MessageSizeTooBig' } } })
    expect(refused.body.error.message).toContain('32769 bytes')
    expect((await call('GET', path)).body.data).toBe(ofBytes(32_768))
  })

  test('is refused alike when the body is larger than any', async () => {
    const refused = await call('POST', path, { data: 'x'.repeat(300_000) })
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'MessageSizeTooBig' } } })
  })

  test('is an option', async () => {
    const { service, bot } = await startTogether(undefined, { maxBagBytes: 400_000 })
    const callIt = callAs(service, bot.appId)
    expect((await callIt('POST', path, { data: ofBytes(400_000) })).status).toBe(200)
    const escaped = `{"data":"${'\\u0041'.repeat(399_998)}"}`
    expect((await callIt('POST', path, escaped)).status).toBe(200)
    expect((await callIt('POST', path, { data: ofBytes(400_001) })).status).toBe(400)
  })
})

test('a strict service writes without an eTag only where nothing is stored', async () => {
  const { service, bot } = await startTogether(undefined, { strictBotState: true })
  const callIt = callAs(service, bot.appId)
  const { status, body } = await callIt('POST', path, { data: 1 })
  expect(status).toBe(200)
  expect(await callIt('POST', path, { data: 2 })).toMatchObject(CONFLICT)
  expect(await callIt('POST', path, { data: null })).toMatchObject(CONFLICT)
  expect((await callIt('POST', path, { data: 3, eTag: body.eTag })).status).toBe(200)
  expect((await callIt('POST', path, { data: 4, eTag: '*' })).status).toBe(200)
})

test('beyond its number of bags a bot loses the one written longest ago', async () => {
  const { service, bot } = await startTogether(undefined, { retention: { maxBags: 2 } })
  const callIt = callAs(service, bot.appId)
  for (const id of ['a', 'b', 'c']) await callIt('POST', `test/users/${id}`, { data: id })
  const data = await Promise.all(['a', 'b', 'c'].map(async (id) => (await callIt('GET', `test/users/${id}`)).body.data))
  expect(data).toEqual([null, 'b', 'c'])
})

test.each([
  [{ maxBagBytes: 0 }, 'maxBagBytes'],
  [{ maxBagBytes: Number.NaN }, 'maxBagBytes'],
  [{ maxBagBytes: 11 * 1024 * 1024 }, 'maxBagBytes'],
  [{ retention: { maxBags: 1.5 } }, 'maxBags'],
])('the option %j is refused', async (options, option) => {
  await expect(startService({ port: 0, ...options })).rejects.toMatchObject({ code: 'SERVICE_OPTION', option })
})

test.each([
  ['PUT', 'test/users/a', 405],
  ['DELETE', 'test/conversations/a', 405],
  ['DELETE', 'test/conversations/a/users/b', 405],
  ['GET', 'test/users/', 404],
  ['POST', 'test/conversations//users/a', 400],
  ['DELETE', '/users/a', 400],
  ['GET', 'test', 404],
  ['GET', 'test/users/%zz', 404],
])('%s %s is answered %i', async (method, where, status) => {
  expect((await call(method, where)).status).toBe(status)
})

test('faults happen to these calls too, and to those of one conversation', async () => {
  const { faults } = together.service
  faults.inject({ status: 503, retryAfter: 1 })
  expect(await call('GET', path)).toMatchObject({ status: 503, body: { error: { code: 'ServiceError' } } })
  faults.inject({ conversationId: 'c', status: 412 })
  expect((await call('GET', path)).status).toBe(200)
  expect((await call('POST', 'test/conversations/c', { data: 1 })).status).toBe(412)
  faults.inject({ status: 502, takesEffect: true })
  expect((await call('POST', path, { data: 'written' })).status).toBe(502)
  expect((await call('GET', path)).body.data).toBe('written')
})

afterAll(stopAll)
