import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startService } from '@parley/service'
import type { Service } from '@parley/service'

/** The bot as `npm start` runs it. Other tests work on the sources; this is what only the build makes. */
const program = join(__dirname, '..', 'dist', 'index.js')

const appId = 'core-bot'
const secret = 'a secret both sides know'

const PAUSE_MS = 20

let folder: string
let service: Service
let endpoint: string
let bot: ChildProcess
let output: string

/** What undoes as much as was started, in case a start failed. */
const cleanUps: (() => Promise<void>)[] = []

beforeEach(async () => {
  if (!existsSync(program)) throw new Error('The bot is not built: run npm run build.')
  folder = await mkdtemp(join(tmpdir(), 'core-bot-'))
  cleanUps.push(() => rm(folder, { recursive: true }))
  const port = await freePort()
  endpoint = `http://127.0.0.1:${port}/api/messages`
  service = await startService({ port: 0, bots: [{ appId, secret, endpoint }] })
  cleanUps.push(() => service.close())
  const settings = { MicrosoftAppId: appId, MicrosoftAppPassword: secret, ChannelService: service.url }
  const env = { PATH: process.env.PATH, PORT: String(port), BOT_DATA_FOLDER: join(folder, 'state'), ...settings }
  // It runs in an empty folder, where no .env file changes its settings.
  bot = spawn(process.execPath, [program], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  cleanUps.push(kill)
  output = ''
  for (const stream of [bot.stdout, bot.stderr]) stream?.on('data', (chunk) => (output += String(chunk)))
  await until(() => output.includes('The bot listens on'))
})

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

test('the program answers over HTTP, keeps its state in its folder, and exits with 0 on SIGTERM', async () => {
  const headers = { 'Content-Type': 'application/json' }
  expect((await fetch(endpoint, { method: 'POST', headers, body: '{}' })).status).toBe(401)

  const { conversationId, token } = await directLine('POST', '', service.directLineSecret, { user: { id: 'dl_ann' } })
  const path = `/${conversationId}/activities`
  await directLine('POST', path, token, { type: 'message', text: 'Book a flight to Berlin', from: { id: 'dl_ann' } })
  await until(async () => {
    const { activities } = await directLine('GET', path, token)
    return activities.some(({ text }: { text?: string }) => text === 'Where do you leave from?')
  })
  await until(async () => (await readdir(join(folder, 'state')).catch(() => [])).length > 0)

  const exited = once(bot, 'exit')
  bot.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
  await expect(fetch(endpoint)).rejects.toThrow('fetch failed')
  expect(output).not.toContain(secret)
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function isRunning(): boolean {
  return bot.exitCode === null && bot.signalCode === null
}

/** A failed test leaves no process behind. */
async function kill(): Promise<void> {
  if (!isRunning()) return
  const exited = once(bot, 'exit')
  bot.kill('SIGKILL')
  await exited
}

/** Waits for what the program does in its own time. Ends with what it printed when it ends first. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    if (!isRunning()) throw new Error(`The program has ended:\n${output}`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of the service
async function directLine(method: string, path: string, credential: string, body?: object): Promise<any> {
  const response = await fetch(`${service.url}/v3/directline/conversations${path}`, {
    method,
    headers: { Authorization: `Bearer ${credential}`, 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(response.ok).toBe(true)
  return response.json()
}
