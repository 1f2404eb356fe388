import { join } from 'node:path'
import { say } from './direct-line-chat.ts'
import { eventually } from 'test-support/eventually'
import { freePort } from 'test-support/free-port'
import { ParleyProcess } from './parley-process.ts'

jest.setTimeout(60_000)

const bots = join(__dirname, 'bots')
const secret = 'a-direct-line-secret'

/** The last pid the bot wrote, once it wrote it `times` times. */
async function pidOf(run: ParleyProcess, times = 1): Promise<number> {
  return eventually(() => {
    const pids = [...run.out.matchAll(/^bot \| pid (\d+)$/gm)]
    expect(pids).toHaveLength(times)
    return Number(pids.at(-1)?.[1])
  })
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const addressOf = (run: ParleyProcess): string => /Chat page +(\S+)/.exec(run.out)?.[1] ?? ''

async function startDev(bot: string, ...more: string[]): Promise<ParleyProcess> {
  const port = String(await freePort())
  const args = ['dev', '--port', '0', '--bot', port, ...more, '--', process.execPath, join(bots, bot)]
  return new ParleyProcess(args, { cwd: bots, env: { DIRECTLINE_SECRET: secret } })
}

test('dev runs a bot that answers, starts it again when it crashes, and leaves nothing behind', async () => {
  const run = await startDev('echo-bot.mjs')
  const first = await pidOf(run)
  await eventually(() => expect(run.out).toContain('The bot answers at'))
  expect(await say(addressOf(run), secret, 'hello')).toBe('Echo: hello')
  process.kill(first, 'SIGKILL')
  const second = await pidOf(run, 2)
  expect(run.out).toContain('The bot ended (SIGKILL); it is started again in 1 s.')
  expect(await say(addressOf(run), secret, 'again')).toBe('Echo: again')
  run.kill('SIGTERM')
  expect(await run.ended).toBe(0)
  expect([isAlive(first), isAlive(second), run.err]).toEqual([false, false, ''])
  expect(run.out).not.toContain(secret)
})

test.each(['echo-bot.mjs', 'stubborn-bot.mjs'])('kill -9 of dev leaves no %s behind', async (bot) => {
  const run = await startDev(bot)
  const pid = await pidOf(run)
  run.kill('SIGKILL')
  expect(await run.ended).toBeNull()
  await eventually(() => expect(isAlive(pid)).toBe(false))
})

test('a second signal ends dev at once, and the bot with it', async () => {
  const run = await startDev('stubborn-bot.mjs')
  const pid = await pidOf(run)
  run.kill('SIGINT')
  await eventually(() => expect(run.out).toContain('bot | not yet'))
  run.kill('SIGINT')
  expect(await run.ended).toBe(130)
  await eventually(() => expect(isAlive(pid)).toBe(false))
})

test('with --json stdout is for programs alone', async () => {
  const run = await startDev('echo-bot.mjs', '--json', '--show-secret')
  await eventually(() => expect(run.out).toContain('bot-up'))
  run.kill('SIGINT')
  expect(await run.ended).toBe(0)
  const lines = run.out.split('\n').slice(0, -1)
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { type: 'started', url: expect.stringContaining('http://127.0.0.1:'), directLine: { secret } },
    { type: 'event', kind: 'bot-started' },
    { type: 'event', kind: 'bot-up' },
    { type: 'stopped' },
  ])
  expect(run.err).toMatch(/^bot \| pid \d+$/m)
})

test('a closed pipe ends dev quietly', async () => {
  const run = await startDev('echo-bot.mjs')
  const pid = await pidOf(run)
  await eventually(() => expect(run.out).toContain('The bot answers at'))
  run.closeOutput()
  process.kill(pid, 'SIGKILL')
  expect(await run.ended).toBe(0)
  expect(run.err).toBe('')
})
