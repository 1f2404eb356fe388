import { createServer } from 'node:http'
import { ParleyBot } from '../src/bots/parley-bot.ts'
import { loadInboundCases } from '../src/cases/load-inbound.ts'
import { isForAnyBot } from '../src/cases/case-facts.ts'
import { runForeign } from '../src/inbound/run-foreign.ts'
import { failed } from '../src/inbound/verdict.ts'
import { listen } from '../src/world/local-server.ts'
import type { Listening } from '../src/world/local-server.ts'
import { World } from '../src/world/world.ts'

let world: World

beforeAll(async () => {
  world = await World.start()
})

afterAll(() => world.close())

test('a good bot passes from outside too', async () => {
  const bot = await ParleyBot.start('channel', 'node', world)
  const cases = loadInboundCases().filter((testCase) => testCase.family === 'R' && isForAnyBot(testCase))
  expect(failed(await runForeign(cases, bot.url, world))).toEqual([])
  await bot.close()
})

test('a bot that ends is found out, and the rest is not played', async () => {
  let listening: Listening | undefined
  const server = createServer((_request, response) => {
    response.statusCode = 401
    response.end()
    void listening?.close()
  })
  listening = await listen(server)
  const cases = loadInboundCases().slice(6, 10)
  const results = await runForeign(cases, `http://127.0.0.1:${listening.port}/`, world, 0)
  expect(results.map(({ verdict }) => verdict)).toEqual(['crashed'])
})
