import { once } from 'node:events'
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { temporaryTree } from 'test-support/temporary-tree'
import { CommandRun } from '../../test/command-run.ts'
import type { CommandRunOptions } from '../../test/command-run.ts'
import { eventually } from 'test-support/eventually'
import { freePort } from 'test-support/free-port'

const GUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/

const servers: Server[] = []

async function takePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** Runs dev until it says that it runs. */
async function startDev(args: string[], options: CommandRunOptions = {}): Promise<CommandRun> {
  const run = new CommandRun(['dev', '--port', '0', ...args], { cwd: temporaryTree({}), ...options })
  await eventually(() => expect(run.out + run.err).toContain('parley dev is running'))
  return run
}

test.each([
  [['--'], 'After -- comes the command that starts the bot.'],
  [
    ['--bot', 'ftp://x'],
    '"ftp://x" is no address of a bot: write http://localhost:3978/api/messages, or localhost:3978, or 3978.',
  ],
  [['--bot', '1', '--bot-endpoint', 'http://x'], '--bot and --bot-endpoint say the same: give one of them.'],
  [['--prot', '1'], "Unknown option '--prot'. Did you mean --port?"],
  [['--port', 'http'], 'The port must be a whole number, not "http".'],
  [['--port', '70000'], 'The option port must be a whole number from 0 to 65535.'],
  [
    ['--host', '10.0.0.1'],
    'The service listens on this machine only, not on 10.0.0.1: use 127.0.0.1, ::1 or localhost.',
  ],
])('dev %j is a usage error', async (args, message) => {
  const run = new CommandRun(['dev', ...args], { cwd: temporaryTree({}) })
  expect([await run.ended, run.out, run.err]).toEqual([2, '', `parley dev: ${message} See parley dev --help.\n`])
})

test('a port that is taken is told with the option that takes another', async () => {
  const port = await takePort()
  const run = new CommandRun(['dev', '--port', String(port)], { cwd: temporaryTree({}) })
  expect([await run.ended, run.err]).toEqual([
    3,
    `parley dev: Port ${port} is in use by another program: stop it, or take any free port with --port 0.\n`,
  ])
})

test('a port of the bot that is taken is told before anything is started', async () => {
  const port = await takePort()
  const run = new CommandRun(['dev', '--port', '0', '--bot', String(port), '--', 'true'], { cwd: temporaryTree({}) })
  expect([await run.ended, run.out]).toEqual([3, ''])
  expect(run.err).toContain(
    `The bot's port ${port} is in use by another program: stop it, choose another port with --bot`,
  )
})

test('a bot without settings gets them made up, and is told where it is started', async () => {
  const run = await startDev(['--bot', '3980'])
  expect(run.out).toContain('http://localhost:3980/api/messages')
  const variables = Object.fromEntries(
    [...run.out.matchAll(/^ {4}(\w+)=(.+)$/gm)].map(([, name, value]) => [name, value]),
  )
  expect(variables).toEqual({
    MicrosoftAppId: expect.stringMatching(GUID),
    MicrosoftAppPassword: expect.stringMatching(/^[\w-]{32}$/),
    ChannelService: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  })
  run.stop()
  expect(await run.ended).toBe(0)
})

test('a bot that keeps running knows the keys of the next run', async () => {
  const env = { XDG_STATE_HOME: temporaryTree({}) }
  const keysOf = async (): Promise<unknown> => {
    const run = await startDev([], { env })
    const url = String(/Chat page +(\S+)/.exec(run.out)?.[1])
    const keys: unknown = await (await fetch(`${url}/v1/.well-known/keys`)).json()
    run.stop()
    await run.ended
    return keys
  }
  const first = await keysOf()
  expect(first).toMatchObject({ keys: [{ kid: expect.any(String) }] })
  expect(await keysOf()).toEqual(first)
})

test('a bot of SDK v4 is told all addresses, because SDK v4 knows no local service by its channel service', async () => {
  const dependencies = { botbuilder: 'npm:@parley/botbuilder@0.1.0' }
  const run = await startDev([], { cwd: temporaryTree({ 'package.json': { dependencies } }) })
  const url = String(/Chat page +(\S+)/.exec(run.out)?.[1])
  expect(run.out).not.toContain('ChannelService')
  expect(run.out).not.toContain('archived')
  expect(run.out.split('\n').filter((line) => /^ {4}(To|OAuth|Caller|Validate)/.test(line))).toEqual([
    `    ToChannelFromBotLoginUrl=${url}/botframework.com`,
    '    ToChannelFromBotOAuthScope=https://api.botframework.com',
    `    ToBotFromChannelTokenIssuer=${url}`,
    `    OAuthUrl=${url}`,
    `    ToBotFromChannelOpenIdMetadataUrl=${url}/v1/.well-known/openidconfiguration`,
    `    ToBotFromEmulatorOpenIdMetadataUrl=${url}/common/v2.0/.well-known/openid-configuration`,
    '    CallerId=urn:botframework:azure',
    '    ValidateAuthority=true',
  ])
})

test('a bot on the archived SDK itself is told that it cannot answer', async () => {
  const run = await startDev([], { cwd: temporaryTree({ 'package.json': { dependencies: { botbuilder: '4.23.3' } } }) })
  await eventually(() => expect(run.out).toContain('! The bot runs on the archived botbuilder'))
})

test('with a data folder they are the same in every run, and private', async () => {
  const cwd = temporaryTree({})
  const appIds: (string | undefined)[] = []
  for (const _ of [1, 2]) {
    const run = await startDev(['--data', 'kept'], { cwd })
    appIds.push(/app id +(\S+) \(data folder\)/.exec(run.out)?.[1])
    run.stop()
    await run.ended
  }
  const file = join(cwd, 'kept', 'bot.json')
  expect(appIds).toEqual([expect.stringMatching(GUID), appIds[0]])
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ appId: appIds[0] })
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('the settings of .env need no repeating, and its password is not shown', async () => {
  const env = 'MicrosoftAppId=an-app\nMicrosoftAppPassword="a password"\nMicrosoftAppTenantId=\nChannelService=\n'
  const run = await startDev(['--json'], { cwd: temporaryTree({ '.env': env }) })
  expect(run.lines()[0]).toMatchObject({ type: 'started', bot: { appId: 'an-app' } })
  expect(run.err).toMatch(/Start the bot with \.env and\n\n {4}ChannelService=http:\S+\n\n/)
  expect(run.err + run.out).not.toContain('a password')
})

test('a bot of the configuration file is taken as it is, but for the address that is given', async () => {
  const bots = [{ appId: 'configured', secret: 'x', endpoint: 'http://localhost:1/bot' }]
  const cwd = temporaryTree({ 'service.json': { bots } })
  const given = await startDev(['--json', '--config', 'service.json', '--bot', '3980'], { cwd })
  expect(given.lines()[0].bot).toMatchObject({ appId: 'configured', endpoint: 'http://localhost:3980/api/messages' })
  const asItIs = await startDev(['--json', '--config', 'service.json'], { cwd })
  expect(asItIs.lines()[0].bot).toMatchObject({ appId: 'configured', endpoint: 'http://localhost:1/bot' })
})

test.each([
  ['MultiTenant', undefined],
  ['SingleTenant', '7e6c2b0e-7d36-4a3a-9a3d-0d6e3b6a9c11'],
])('the tenant in the environment counts for a bot that is %s as it should', async (MicrosoftAppType, tenantId) => {
  const MicrosoftAppTenantId = '7e6c2b0e-7d36-4a3a-9a3d-0d6e3b6a9c11'
  const variables = { MicrosoftAppId: 'an-app', MicrosoftAppPassword: 'x', MicrosoftAppType, MicrosoftAppTenantId }
  const run = await startDev(['--json'], { env: variables })
  expect(run.lines()[0].bot.tenantId).toBe(tenantId)
})

test('a password from the environment is asked for by name, and not shown', async () => {
  const run = await startDev([], { env: { MicrosoftAppId: 'an-app', MicrosoftAppPassword: 'pass-word-one' } })
  expect(run.out).toContain('    MicrosoftAppPassword=(as given)\n')
  expect(run.out + run.err).not.toContain('pass-word-one')
})

test('a bot that somebody else starts is noticed', async () => {
  const port = await freePort()
  const run = await startDev(['--json', '--bot', String(port)])
  expect(run.lines()).toHaveLength(1)
  const bot = createServer().listen(port, '127.0.0.1')
  servers.push(bot)
  await eventually(() => expect(run.lines()[1]).toMatchObject({ type: 'event', kind: 'bot-up' }))
})

test('the Direct Line secret is shown when it is asked for', async () => {
  const env = { DIRECTLINE_SECRET: 'a-direct-line-secret' }
  const run = await startDev([], { env, isTTY: true })
  expect(run.out).toContain('s and Enter shows it')
  expect(run.out).not.toContain(env.DIRECTLINE_SECRET)
  run.stdin.write('x\ns\n')
  await eventually(() => expect(run.out).toContain(`Direct Line secret: ${env.DIRECTLINE_SECRET}`))
})

test('--open hands the page to the browser', async () => {
  const bin = temporaryTree({ 'xdg-open': '#!/bin/sh\necho "$1" > "$OPENED"\n' })
  chmodSync(join(bin, 'xdg-open'), 0o755)
  const OPENED = join(bin, 'opened')
  const run = await startDev(['--open'], { env: { PATH: `${bin}:/usr/bin:/bin`, OPENED } })
  const url = /Chat page +(\S+)/.exec(run.out)?.[1]
  await eventually(() => expect(readFileSync(OPENED, 'utf8')).toBe(`${url}\n`))
})

test('without a browser --open says where to go', async () => {
  const run = await startDev(['--open'], { env: { PATH: '/nowhere' } })
  await eventually(() =>
    expect(run.err).toMatch(/^The browser cannot be opened \(xdg-open: ENOENT\): go to http:\S+ yourself\.\n$/),
  )
})

test('a command that does not exist ends dev with what to correct', async () => {
  const port = String(await freePort())
  const run = new CommandRun(['dev', '--port', '0', '--bot', port, '--', 'no-such-program', 'x'], {
    cwd: temporaryTree({}),
  })
  expect(await run.ended).toBe(3)
  expect(run.err).toBe('parley dev: no-such-program cannot be started (ENOENT): correct the command after --.\n')
})
