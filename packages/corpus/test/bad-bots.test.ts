import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { MemoryLog } from '../src/bots/memory-log.ts'
import type { InboundCase } from '../src/cases/inbound-case.ts'
import { loadInboundCases } from '../src/cases/load-inbound.ts'
import { playInbound } from '../src/inbound/play-inbound.ts'
import { listen } from '../src/world/local-server.ts'
import type { Listening } from '../src/world/local-server.ts'
import { World } from '../src/world/world.ts'

type BadBot = (request: IncomingMessage, response: ServerResponse, activity: { serviceUrl?: string }) => unknown

let world: World
let listening: Listening | undefined

beforeAll(async () => {
  world = await World.start()
})

afterEach(() => listening?.close())

afterAll(() => world.close())

async function start(bot: BadBot): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => void bot(request, response, parse(Buffer.concat(chunks).toString())))
  })
  listening = await listen(server)
  return `http://127.0.0.1:${listening.port}/api/messages`
}

function parse(text: string): { serviceUrl?: string } {
  try {
    return JSON.parse(text) as { serviceUrl?: string }
  } catch {
    return {}
  }
}

const caseOf = (id: string): InboundCase => loadInboundCases().find((testCase) => testCase.id === id)!

const letsEverybodyIn: BadBot = async (_request, response, { serviceUrl }) => {
  await fetch(new URL('v3/conversations/c/activities', serviceUrl), { method: 'POST', body: '{"text":"ran"}' })
  response.end()
}

const refusesEverybody: BadBot = (_request, response) => {
  response.statusCode = 401
  response.end()
}

const fails: BadBot = (_request, response) => {
  response.statusCode = 500
  response.end()
}

const hangsUp: BadBot = (_request, response) => response.destroy()

const repeatsTheToken: BadBot = (request, response) => {
  response.statusCode = 401
  response.end(`No: ${request.headers.authorization}`)
}

test.each<[string, BadBot, string, string]>([
  ['lets everybody in', letsEverybodyIn, 'J01', 'ranWrongly'],
  ['lets everybody in', letsEverybodyIn, 'J00', 'asRequired'],
  ['replies to whatever address the body names', letsEverybodyIn, 'J48', 'ranWrongly'],
  ['runs a turn for each delivery', letsEverybodyIn, 'J67', 'ranWrongly'],
  ['refuses everybody', refusesEverybody, 'J00', 'refusedWrongly'],
  ['refuses everybody', refusesEverybody, 'J01', 'asRequired'],
  ['refuses with the wrong status', refusesEverybody, 'J54', 'otherAnswer'],
  ['fails', fails, 'J01', 'serverError'],
  ['fails', fails, 'J00', 'serverError'],
  ['hangs up', hangsUp, 'J01', 'noAnswer'],
  ['repeats the token it refuses', repeatsTheToken, 'J27', 'otherAnswer'],
])('a bot that %s is judged', async (_, bot, id, verdict) => {
  const url = await start(bot)
  expect((await playInbound(caseOf(id), { url }, world)).verdict).toBe(verdict)
})

const goesOnForEver: BadBot = (_request, response) => {
  const more = (): void => void response.write('x'.repeat(64 * 1024), more)
  response.on('close', () => response.destroy())
  more()
}

const breaksItsChunks: BadBot = (_request, response) => {
  response.socket?.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')
}

test.each<[string, BadBot]>([
  ['answers without an end', goesOnForEver],
  ['breaks its chunks', breaksItsChunks],
])('a bot that %s is not listened to', async (_, bot) => {
  const result = await playInbound(caseOf('J01'), { url: await start(bot) }, world)
  expect(result).toMatchObject({ verdict: 'noAnswer', problems: ['no answer: garbled'] })
})

test('a bot that logs the token is found out, also where requests come together', async () => {
  const log = new MemoryLog()
  const url = await start((request, response) => {
    log.info({ header: request.headers.authorization }, 'a request')
    response.end()
  })
  const together = loadInboundCases().find(({ connection }) => connection === 'pipelined')!
  const { problems } = await playInbound(together, { url, log }, world)
  expect(problems).toContain('the log holds a secret')
})

test('a case that cannot be played is not held against the bot', async () => {
  const url = await start(fails)
  const [step] = caseOf('J01').steps
  const request = { ...step!.request, authorization: ['{{nobody}}'] }
  const playing = playInbound({ ...caseOf('J01'), steps: [{ ...step!, request }] }, { url }, world)
  await expect(playing).rejects.toMatchObject({ code: 'TESTING_CORPUS_INVALID' })
})

test('a bot that does not listen is found out', async () => {
  const url = await start(fails)
  await listening?.close()
  expect((await playInbound(caseOf('J00'), { url }, world)).verdict).toBe('noAnswer')
})
