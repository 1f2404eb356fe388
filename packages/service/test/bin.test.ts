import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { eventually } from './eventually.ts'
import type { Json } from './stand-in-bot.ts'

const bin = join(__dirname, '..', 'dist', 'esm', 'bin.js')
const describeBuilt = existsSync(bin) ? describe : describe.skip

jest.setTimeout(30_000)

/** A run of the command, and what it wrote. */
class Run {
  readonly process: ChildProcessWithoutNullStreams
  readonly ended: Promise<number | null>
  out = ''
  err = ''

  constructor(args: string[], environment: Record<string, string> = {}) {
    this.process = spawn(process.execPath, [bin, ...args], { env: { PATH: process.env['PATH'] ?? '', ...environment } })
    this.process.stdout.on('data', (chunk) => (this.out += String(chunk)))
    this.process.stderr.on('data', (chunk) => (this.err += String(chunk)))
    this.ended = new Promise((resolve) => this.process.once('close', resolve))
  }

  /** The log lines so far. */
  lines(): Json[] {
    return this.out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  }
}

describeBuilt('the parley-service command, as built', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'logs JSON, takes its settings from the environment, and ends well on %s',
    async (signal) => {
      const secrets = { DIRECTLINE_SECRET: 'a-direct-line-secret', MicrosoftAppPassword: 'an-app-password' }
      const run = new Run([], { SERVICE_PORT: '0', MicrosoftAppId: 'app', ...secrets })
      await eventually(() => expect(run.lines()).toMatchObject([{ ev: 'service.started', bots: ['app'] }]))
      const [{ url }] = run.lines() as [Json]
      const headers = { Authorization: `Bearer ${secrets.DIRECTLINE_SECRET}` }
      expect((await fetch(`${url}/v3/directline/tokens/generate`, { method: 'POST', headers })).status).toBe(200)
      run.process.kill(signal)
      expect(await run.ended).toBe(0)
      expect(run.lines().at(-1)).toMatchObject({ ev: 'service.stopped' })
      for (const secret of Object.values(secrets)) expect(run.out + run.err).not.toContain(secret)
    },
  )

  test('says in one sentence that its port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const run = new Run(['--port', String(port)])
    expect(await run.ended).toBe(1)
    expect(run.err).toBe(
      `parley-service: Port ${port} is in use by another program: stop it, or choose another port with --port or SERVICE_PORT.\n`,
    )
    await new Promise((resolve) => other.close(resolve))
  })

  test.each([
    [['--help'], 0, /^Usage: parley-service/, ''],
    [['--prot', '1'], 2, /^$/, "parley-service: Unknown option '--prot'; see parley-service --help.\n"],
  ])('answers %j with exit code %i', async (args, code, out, err) => {
    const run = new Run(args)
    expect(await run.ended).toBe(code)
    expect(run.out).toMatch(out)
    expect(run.err).toBe(err)
  })
})
