import { Agent, request } from 'node:http'
import { randomBytes } from 'node:crypto'
import { echo } from './stand-in-bot.ts'
import type { StandInBot } from './stand-in-bot.ts'
import { addBot, useTogether } from './start-together.ts'

/** What exists and is somebody else's is answered as what does not exist, so guessing teaches nothing. */

const together = useTogether(echo)
const agent = new Agent({ keepAlive: true, maxSockets: 8 })
afterAll(() => agent.destroy())

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

function call(method: string, path: string, token: string, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const url = new URL(`${together.service.url}${path}`)
    const headers = {
      Authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': body.length }),
    }
    const sent = request(url, { method, agent, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += String(chunk)))
      response.on('end', () => {
        const { date: _date, 'x-correlating-operationid': _id, ...rest } = response.headers
        resolve({ status: response.statusCode ?? 0, headers: rest, body: text })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const MESSAGE = JSON.stringify({ type: 'message', text: 'x' })

/** Calls about an activity of a conversation. */
const ACTIVITY_CALLS: readonly [string, string, string | undefined][] = [
  ['POST', '', MESSAGE],
  ['PUT', '', MESSAGE],
  ['DELETE', '', undefined],
  ['GET', '/members', undefined],
]

const tokenOf = (bot: StandInBot): string => together.service.identity.mintAccessToken(bot.appId)

test('of 5 000 guessed conversations none is found, and all answers are the same', async () => {
  const { conversationId } = await together.directLine.start({ user: { id: 'dl_ada' } })
  const token = tokenOf(together.bot)
  const guess = (): string => randomBytes(32).toString('base64url').replace(/[-_]/g, '').slice(0, 22)
  const guesses = [
    ...Array.from({ length: 4_990 }, guess),
    // Nearly right ones.
    conversationId.slice(0, -1),
    `${conversationId}0`,
    conversationId.toLowerCase() === conversationId ? conversationId.toUpperCase() : conversationId.toLowerCase(),
    ` ${conversationId}`,
    `${conversationId}\u0000`,
    `${conversationId}%`,
    `${conversationId}' OR '1'='1`,
    '*',
    '__proto__',
    'constructor',
  ]
  const answers = new Set<string>()
  let next = 0
  const guessOn = async (): Promise<void> => {
    for (let id = guesses[next++]; id !== undefined; id = guesses[next++]) {
      answers.add(JSON.stringify(await call('GET', `/v3/conversations/${encodeURIComponent(id)}/members`, token)))
    }
  }
  await Promise.all(Array.from({ length: 8 }, guessOn))
  expect(answers.size).toBe(1)
  expect(JSON.parse([...answers][0] ?? '')).toMatchObject({
    status: 404,
    body: '{"error":{"code":"ConversationNotFound","message":"The conversation does not exist."}}',
  })
  expect((await call('GET', `/v3/conversations/${conversationId}/members`, token)).status).toBe(200)
})

test('activities of another conversation, of the same bot or another, are answered as activities that never were', async () => {
  const { bot, service, directLine } = together
  const stranger = await addBot(service, echo, 'another-bot')
  const [own, other] = [await directLine.start(), await directLine.start()]
  const foreign = await directLine.start({ bot: { id: stranger.appId } })
  const said = [
    (await bot.call('POST', `/${other.conversationId}/activities`, { type: 'message', text: 'mine, elsewhere' })).body
      .id,
    (await stranger.call('POST', `/${foreign.conversationId}/activities`, { type: 'message', text: 'not mine' })).body
      .id,
    (await foreign.client.say(foreign.conversationId, 'a client, elsewhere')).body.id,
  ]
  const never = [
    `${own.conversationId}|9999999`,
    `${own.conversationId}|0000000`,
    `${own.conversationId}|-000001`,
    `${own.conversationId}|0000001x`,
    `${own.conversationId}|00000001`,
    'nonsense',
    '__proto__',
    '../members',
    "' OR 1=1 --",
  ]
  for (const [method, suffix, body] of ACTIVITY_CALLS) {
    const answers = await Promise.all(
      [...said, ...never].map(async (id) => {
        const path = `/v3/conversations/${own.conversationId}/activities/${encodeURIComponent(id)}${suffix}`
        return JSON.stringify(await call(method, path, tokenOf(bot), body))
      }),
    )
    expect([method, suffix, new Set(answers).size]).toEqual([method, suffix, 1])
    expect(JSON.parse(answers[0] ?? '')).toMatchObject({
      status: 404,
      body: '{"error":{"code":"ActivityNotFoundInConversation","message":"The conversation has no such activity."}}',
    })
  }
  expect(await own.client.texts(own.conversationId)).toEqual([])
  expect(await other.client.texts(other.conversationId)).toEqual(['mine, elsewhere'])
})

test('a conversation of another bot is shut to every call, whatever activity is named in it', async () => {
  const { bot, service, directLine } = together
  const stranger = await addBot(service, echo, 'a-third-bot')
  const { conversationId, client } = await directLine.start()
  const { body } = await bot.call('POST', `/${conversationId}/activities`, { type: 'message', text: 'mine' })
  for (const [method, suffix, activity] of ACTIVITY_CALLS) {
    const answers = await Promise.all(
      [body.id, `${conversationId}|9999999`, 'nonsense'].map(async (id) => {
        const path = `/v3/conversations/${conversationId}/activities/${encodeURIComponent(id)}${suffix}`
        return JSON.stringify(await call(method, path, tokenOf(stranger), activity))
      }),
    )
    expect(new Set(answers).size).toBe(1)
    expect(JSON.parse(answers[0] ?? '')).toMatchObject({ status: 403, body: expect.stringContaining('CONV_FORBIDDEN') })
  }
  expect(await client.texts(conversationId)).toEqual(['mine'])
})

test('bags, teams, meetings and files of another bot are as if they were not', async () => {
  const { bot, service, directLine } = together
  const { appId: botId } = bot
  const stranger = await addBot(service, echo, 'a-fourth-bot')
  const members = [{ id: '29:ada', name: 'Ada' }]
  service.teams.addTeam({ id: '19:team', name: 'Team', channels: [{ id: '19:room', name: 'Room' }], members, botId })
  service.teams.addMeeting({ id: 'meeting', conversationId: '19:meeting', botId })
  const { conversationId } = await directLine.start()
  const file = { type: 'text/plain', originalBase64: 'YQ==' }
  const { body } = await bot.call('POST', `/${conversationId}/attachments`, file)
  const addresses: [string, string][] = [
    ['/v3/teams/19%3Ateam', '/v3/teams/19%3Anone'],
    ['/v3/teams/19%3Ateam/conversations', '/v3/teams/19%3Anone/conversations'],
    ['/v1/meetings/meeting', '/v1/meetings/none'],
    [`/v3/attachments/${body.id}`, '/v3/attachments/00000000-0000-4000-8000-000000000000'],
  ]
  for (const [theirs, none] of addresses) {
    expect([theirs, (await call('GET', theirs, tokenOf(bot))).status]).toEqual([theirs, 200])
    const answer = await call('GET', theirs, tokenOf(stranger))
    expect([theirs, answer.status]).toEqual([theirs, 404])
    expect(answer).toEqual(await call('GET', none, tokenOf(stranger)))
  }
  const thread = JSON.stringify({ channelData: { channel: { id: '19:room' } }, activity: { type: 'message' } })
  expect((await call('POST', '/v3/conversations', tokenOf(stranger), thread)).status).toBe(404)

  const bag = '/v3/botstate/directline/users/dl_ada'
  const empty = await call('GET', bag, tokenOf(stranger))
  expect((await call('POST', bag, tokenOf(bot), '{"data":{"pin":"1234"},"eTag":"*"}')).status).toBe(200)
  expect(await call('GET', bag, tokenOf(stranger))).toEqual(empty)
  await call('DELETE', bag, tokenOf(stranger))
  expect((await call('GET', bag, tokenOf(bot))).body).toContain('1234')
})

test.each(['abc', '-1', '1e3', '0x10', '1 OR 1=1', "1'; DROP TABLE conversation; --", '9'.repeat(400), '1.5', ' 1'])(
  'the continuation token %.40s was not made here, and is refused',
  async (continuationToken) => {
    const { conversationId } = await together.directLine.start({ user: { id: 'dl_ada' } })
    const query = `continuationToken=${encodeURIComponent(continuationToken)}`
    for (const path of ['/v3/conversations', `/v3/conversations/${conversationId}/pagedmembers`]) {
      const { status, body } = await call('GET', `${path}?${query}`, tokenOf(together.bot))
      expect([path, status, JSON.parse(body).error.code]).toEqual([path, 400, 'BadArgument'])
    }
  },
)
