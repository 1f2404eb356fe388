import { join } from 'node:path'
import { eventually } from 'test-support/eventually'
import { freePort } from 'test-support/free-port'
import type { DevEvent } from './dev-event.ts'
import { SupervisedBot } from './supervised-bot.ts'
import type { SupervisedBotOptions } from './supervised-bot.ts'

const bots = join(__dirname, '..', '..', 'test', 'bots')

const server = `require('node:http').createServer((_, res) => res.end()).listen(process.env.PORT, '127.0.0.1')`

interface Supervised {
  readonly bot: SupervisedBot
  readonly events: DevEvent[]
  readonly lines: string[]
}

const running = new Set<SupervisedBot>()

afterEach(async () => {
  for (const bot of running) await bot.stop()
  running.clear()
})

async function supervise(command: string[], options: Partial<SupervisedBotOptions> = {}): Promise<Supervised> {
  const port = await freePort()
  const events: DevEvent[] = []
  const lines: string[] = []
  const bot = new SupervisedBot({
    command,
    cwd: bots,
    env: { ...process.env, PORT: String(port) },
    endpoint: new URL(`http://127.0.0.1:${port}/api/messages`),
    isAttended: true,
    onLine: (line) => lines.push(line),
    onEvent: (event) => events.push(event),
    restartAfterMs: 10,
    stopWithinMs: 300,
    ...options,
  })
  running.add(bot)
  return { bot, events, lines }
}

const kinds = (events: readonly DevEvent[]): string[] => events.map(({ kind }) => kind)
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a bot that ignores SIGTERM is killed when its time is up', async () => {
  const { bot, events, lines } = await supervise([process.execPath, 'stubborn-bot.mjs'])
  await eventually(() => expect(kinds(events)).toEqual(['bot-started', 'bot-up']))
  const pid = Number(lines[0]?.slice('pid '.length))
  expect(isAlive(pid)).toBe(true)
  await bot.stop()
  expect(lines).toContain('not yet')
  expect(isAlive(pid)).toBe(false)
})

test('what the command has started ends with it', async () => {
  const { bot, lines } = await supervise(['sh', '-c', `"${process.execPath}" stubborn-bot.mjs & wait`])
  const pid = await eventually(() => {
    expect(lines[0]).toMatch(/^pid /)
    return Number(lines[0]?.slice('pid '.length))
  })
  await bot.stop()
  // Whoever has to bury it may take a moment.
  await eventually(() => expect(isAlive(pid)).toBe(false))
})

test('a restart that was asked for comes at once and counts as no failure', async () => {
  const { bot, events } = await supervise([process.execPath, '-e', server])
  await eventually(() => expect(kinds(events)).toEqual(['bot-started', 'bot-up']))
  bot.restart()
  await eventually(() => {
    expect(kinds(events)).toEqual(['bot-started', 'bot-up', 'bot-stopping', 'bot-started', 'bot-up'])
  })
})

test('the pause before a restart doubles, and a restart that was asked for ends it', async () => {
  const { bot, events } = await supervise([process.execPath, '-e', 'process.exit(3)'], { restartAfterMs: 40 })
  const pauses = (): string[] => events.filter(({ kind }) => kind === 'bot-exited').map(({ message }) => message)
  await eventually(() => expect(pauses().length).toBeGreaterThan(2))
  expect(pauses().slice(0, 3)).toEqual([
    'The bot ended (exit code 3); it is started again in 0.04 s; r and Enter does it now.',
    'The bot ended (exit code 3); it is started again in 0.08 s; r and Enter does it now.',
    'The bot ended (exit code 3); it is started again in 0.16 s; r and Enter does it now.',
  ])
  bot.restart()
  await eventually(() => expect(pauses().at(-1)).toContain(' in 0.04 s'))
})

test('a bot that never comes up ends it all when nobody is there to correct it', async () => {
  const { bot, events } = await supervise([process.execPath, '-e', 'process.exit(3)'], { isAttended: false })
  await expect(bot.failed).rejects.toMatchObject({
    code: 'CLI_UNREACHABLE',
    message: 'The bot ended while it started (exit code 3): what it wrote above says why.',
  })
  expect(kinds(events)).toEqual(['bot-started'])
})

test('a bot that was up is started again also when nobody is there', async () => {
  const { events } = await supervise([process.execPath, '-e', `${server}; setTimeout(() => process.exit(1), 700)`], {
    isAttended: false,
  })
  await eventually(() =>
    expect(kinds(events)).toEqual(['bot-started', 'bot-up', 'bot-exited', 'bot-started', 'bot-up']),
  )
})
