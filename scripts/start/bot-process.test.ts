import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { temporaryTree } from 'test-support/temporary-tree'
import { superviseBot } from './bot-process.mjs'

jest.setTimeout(30_000)

const server = `
  import { createServer } from 'node:http'
  createServer((request, response) => response.end(String(process.pid))).listen(Number(process.env.PORT), '127.0.0.1')
  process.on('SIGTERM', () => process.exit(0))
`

async function supervise(program: string): Promise<{
  bot: ReturnType<typeof superviseBot>
  url: string
  events: string[]
  eventCount(count: number): Promise<void>
}> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  const folder = temporaryTree({ 'package.json': { type: 'module' }, 'dist/index.js': program })
  const url = `http://127.0.0.1:${port}/`
  const events: string[] = []
  let heard = (): void => {}
  const onEvent = (sentence: string): void => {
    events.push(sentence)
    heard()
  }
  const bot = superviseBot({ folder, url, env: { PORT: String(port) }, onOutput: () => {}, onEvent })
  const eventCount = async (count: number): Promise<void> => {
    while (events.length < count) await new Promise<void>((resolve) => (heard = resolve))
  }
  return { bot, url, events, eventCount }
}

test('a bot that stops while starting is reported in one sentence', async () => {
  const { bot } = await supervise('process.exit(3)')
  await expect(bot.failed).rejects.toThrow(
    /^The bot in .* stopped while starting \(exit code 3\): its log above says why\.$/,
  )
})

test('a bot that is killed is started again', async () => {
  const { bot, url, events, eventCount } = await supervise(server)
  await bot.ready
  const pid = Number(await (await fetch(url)).text())
  process.kill(pid, 'SIGKILL')
  await eventCount(2)
  expect(events).toEqual(['The bot stopped (SIGKILL); starting it again in 2 s.', 'The bot is up again.'])
  expect(await (await fetch(url)).text()).not.toBe(String(pid))
  await bot.stop()
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

test('a bot that is stopped is not started again', async () => {
  const { bot, url, events } = await supervise(server)
  await bot.ready
  await bot.stop()
  await expect(fetch(url)).rejects.toThrow('fetch failed')
  expect(events).toEqual([])
})
