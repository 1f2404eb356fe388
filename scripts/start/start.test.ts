import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../free-port.mjs'

const repository = join(__dirname, '..', '..')
const DIRECTLINE_SECRET = 'a-secret-for-this-test-only'

jest.setTimeout(120_000)

/** `npm start` as a process, and what it has printed. */
class Starter {
  output = ''
  private readonly child: ChildProcess

  constructor(env: Record<string, string>) {
    this.child = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: repository,
      env: { ...process.env, LOG_LEVEL: 'info', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    }
  }

  async prints(text: string | RegExp): Promise<void> {
    const isPrinted = (): boolean => (typeof text === 'string' ? this.output.includes(text) : text.test(this.output))
    while (!isPrinted()) {
      if (this.child.exitCode !== null) throw new Error(`It ended before printing ${text}:\n${this.output}`)
      await sleep(50)
    }
  }

  async ends(signal?: NodeJS.Signals): Promise<number | null> {
    const exited = once(this.child, 'exit')
    if (signal) this.child.kill(signal)
    if (this.child.exitCode === null) await exited
    return this.child.exitCode
  }
}

async function directLine(service: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${service}/v3/directline${path}`, {
    headers: { authorization: `Bearer ${DIRECTLINE_SECRET}`, 'content-type': 'application/json' },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
  expect(response.ok).toBe(true)
  return (await response.json()) as Record<string, unknown>
}

/** Starts a conversation, says something, and waits for all texts the bot has sent by then. */
async function chat(service: string, text: string, replies: number): Promise<string[]> {
  const { conversationId } = await directLine(service, '/conversations', { user: { id: 'dl_ann' } })
  const activities = `/conversations/${String(conversationId)}/activities`
  await directLine(service, activities, { type: 'message', from: { id: 'dl_ann' }, text })
  for (;;) {
    const { activities: all } = (await directLine(service, activities)) as {
      activities: { type: string; text: string; from: { id: string } }[]
    }
    const texts = all.filter(({ type, from }) => type === 'message' && from.id !== 'dl_ann').map((reply) => reply.text)
    if (texts.length >= replies) return texts
    await sleep(50)
  }
}

describe('npm start', () => {
  test('runs a bot that answers through the service, and stops without leaving anything', async () => {
    const [PORT, SERVICE_PORT] = [String(await freePort()), String(await freePort())]
    const starter = new Starter({ PORT, SERVICE_PORT, DIRECTLINE_SECRET })
    await starter.prints('Parley is running')
    const service = `http://127.0.0.1:${SERVICE_PORT}`
    expect(starter.output).toContain(service)
    expect(starter.output).not.toContain(DIRECTLINE_SECRET)
    expect((await fetch(service)).headers.get('content-type')).toContain('text/html')
    expect(await chat(service, 'hello', 2)).toEqual(['Hello and welcome!', 'Echo: hello'])
    expect(await starter.ends('SIGTERM')).toBe(0)
    await expect(fetch(`http://127.0.0.1:${PORT}/api/messages`)).rejects.toThrow('fetch failed')
    await expect(fetch(service)).rejects.toThrow('fetch failed')
  })

  test('makes and prints a Direct Line secret when none is given', async () => {
    const env = { PORT: String(await freePort()), SERVICE_PORT: String(await freePort()), DIRECTLINE_SECRET: '' }
    const starter = new Starter(env)
    await starter.prints('Parley is running')
    expect(starter.output).toMatch(/secret\s+[\w.-]{20,}/)
    expect(await starter.ends('SIGINT')).toBe(0)
  })

  test.each(['PORT', 'SERVICE_PORT'])('says in one sentence what to do when the port of %s is in use', async (name) => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const env = { PORT: String(await freePort()), SERVICE_PORT: String(await freePort()), [name]: String(port) }
    const starter = new Starter(env)
    expect(await starter.ends()).toBe(1)
    expect(starter.output.trim().split('\n').at(-1)).toBe(
      `Port ${port} is in use: stop what uses it, or choose another with ${name}=${port + 10} npm start.`,
    )
    taken.close()
  })

  test('says in one sentence that a port is not one', async () => {
    const starter = new Starter({ PORT: 'http' })
    expect(await starter.ends()).toBe(1)
    expect(starter.output.trim()).toBe('PORT is "http": set it to a port number from 1 to 65535.')
  })
})
