import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { eventually } from 'test-support/eventually'
import { ServiceProcess } from './service-process.ts'
import { temporaryFolder } from './temporary-folder.ts'

jest.setTimeout(30_000)

describe('the parley-service command, as built', () => {
  afterEach(() => ServiceProcess.endAll())

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'logs JSON, takes its settings from the environment, and ends well on %s',
    async (signal) => {
      const secrets = { DIRECTLINE_SECRET: 'a-direct-line-secret', MicrosoftAppPassword: 'an-app-password' }
      const run = new ServiceProcess([], { SERVICE_PORT: '0', MicrosoftAppId: 'app', ...secrets })
      await eventually(() => expect(run.lines()).toMatchObject([{ ev: 'service.started', bots: ['app'] }]))
      const url = await run.url()
      const headers = { Authorization: `Bearer ${secrets.DIRECTLINE_SECRET}` }
      expect((await fetch(`${url}/v3/directline/tokens/generate`, { method: 'POST', headers })).status).toBe(200)
      run.kill(signal)
      expect(await run.ended).toBe(0)
      expect(run.lines().at(-1)).toMatchObject({ ev: 'service.stopped' })
      for (const secret of Object.values(secrets)) expect(run.out + run.err).not.toContain(secret)
    },
  )

  test('says in one sentence that its port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const run = new ServiceProcess(['--port', String(port)])
    expect(await run.ended).toBe(1)
    expect(run.err).toBe(
      `parley-service: Port ${port} is in use by another program: stop it, or choose another port with --port or SERVICE_PORT.\n`,
    )
    await new Promise((resolve) => other.close(resolve))
  })

  test('says in one sentence that its data folder is in use, and lets a killed service be followed by another', async () => {
    const folder = temporaryFolder()
    const first = new ServiceProcess(['--port', '0', '--data', folder])
    await first.url()
    const second = new ServiceProcess(['--port', '0'], { SERVICE_DATA: folder })
    expect(await second.ended).toBe(1)
    expect([second.out, second.err]).toEqual([
      '',
      `parley-service: ${join(folder, 'service.sqlite')} is in use by another process: stop the service that runs on it, ` +
        'or choose another folder with --data or SERVICE_DATA.\n',
    ])
    first.kill('SIGKILL')
    expect(await first.ended).toBeNull()
    const third = new ServiceProcess(['--port', '0', '--data', folder])
    await third.url()
    third.kill('SIGTERM')
    expect(await third.ended).toBe(0)
  })

  test.each([
    [['--help'], 0, /^Usage: parley-service/, ''],
    [['--prot', '1'], 2, /^$/, "parley-service: Unknown option '--prot'; see parley-service --help.\n"],
  ])('answers %j with exit code %i', async (args, code, out, err) => {
    const run = new ServiceProcess(args)
    expect(await run.ended).toBe(code)
    expect(run.out).toMatch(out)
    expect(run.err).toBe(err)
  })
})
