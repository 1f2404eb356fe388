import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseServiceArgs } from './service-args.ts'

const directory = mkdtempSync(join(tmpdir(), 'parley-args-'))
afterAll(() => rmSync(directory, { recursive: true }))

function configFile(name: string, content: unknown): string {
  const file = join(directory, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const options = (args: string[], environment = {}): unknown => {
  const command = parseServiceArgs(args, environment)
  return command.kind === 'start' ? command.options : undefined
}

test('nothing at all leaves everything to the defaults', () => {
  expect(parseServiceArgs([])).toEqual({ kind: 'start', options: {}, logLevel: 'info' })
})

test('--help shows every flag, whatever else is given', () => {
  const command = parseServiceArgs(['--help', '--port', '1'])
  expect(command).toMatchObject({ kind: 'help' })
  const text = command.kind === 'help' ? command.text : ''
  for (const flag of [
    '--port',
    '--bot-id',
    '--bot-secret',
    '--bot-endpoint',
    '--directline-secret',
    '--data',
    '--config',
  ]) {
    expect(text).toContain(flag)
  }
})

test('flags describe the service and its bot', () => {
  const args = [
    '--port',
    '0',
    '--host',
    '::1',
    '--bot-id',
    'app',
    '--bot-secret=s',
    '--bot-name',
    'Echo',
    '--bot-tenant',
    't',
  ]
  expect(
    options([
      ...args,
      '--bot-endpoint',
      'http://localhost:1/',
      '--directline-secret',
      'd',
      '--data',
      'folder',
      '--cloud',
      'usGov',
      '--issuer',
      'i',
    ]),
  ).toEqual({
    port: 0,
    host: '::1',
    directLineSecret: 'd',
    dataFolder: 'folder',
    cloud: 'usGov',
    issuer: 'i',
    bots: [{ appId: 'app', secret: 's', endpoint: 'http://localhost:1/', name: 'Echo', tenantId: 't' }],
  })
})

test('the environment describes the bot by the names bots use, and an empty variable counts as missing', () => {
  const environment = {
    SERVICE_PORT: '4000',
    DIRECTLINE_SECRET: 'd',
    SERVICE_DATA: 'folder',
    MicrosoftAppId: 'app',
    MicrosoftAppPassword: 's',
    MicrosoftAppTenantId: '',
  }
  expect(options([], environment)).toEqual({
    port: 4000,
    directLineSecret: 'd',
    dataFolder: 'folder',
    bots: [{ appId: 'app', secret: 's', endpoint: 'http://localhost:3978/api/messages' }],
  })
})

test('flags go before the environment, and the environment before the file', () => {
  const bots = [
    { appId: 'app', secret: 'of the file', endpoint: 'http://localhost:1/' },
    { appId: 'other', secret: 's', endpoint: 'http://localhost:2/' },
  ]
  const file = configFile('all.json', { port: 1, host: 'localhost', botTimeoutMs: 5, bots })
  const environment = { SERVICE_PORT: '2', MicrosoftAppId: 'app', MicrosoftAppPassword: 'of the environment' }
  expect(options(['--config', file, '--port', '3', '--bot-secret', 'of the flag'], environment)).toEqual({
    port: 3,
    host: 'localhost',
    botTimeoutMs: 5,
    bots: [{ appId: 'app', secret: 'of the flag', endpoint: 'http://localhost:3978/api/messages' }, bots[1]],
  })
})

test.each<[string, string[], RegExp]>([
  ['an unknown flag', ['--prot', '1'], /--prot/],
  ['a stray word', ['start'], /start/],
  ['a port that is no number', ['--port', '39x'], /39x/],
  ['an unknown log level', ['--log-level', 'loud'], /silent, error/],
  ['a bot without a secret', ['--bot-id', 'app'], /MicrosoftAppPassword/],
  ['a file that is not there', ['--config', '/does/not/exist.json'], /ENOENT/],
  ['a file that is no JSON', ['--config', configFile('broken.json', '{')], /not valid JSON/],
  ['a file with a list', ['--config', configFile('list.json', [])], /JSON object/],
  ['a file whose bots are no list', ['--config', configFile('bots.json', { bots: { appId: 'a' } })], /"bots"/],
  ['a file with a bot that is none', ['--config', configFile('bot.json', { bots: [null] })], /"bots"/],
  ['a file with an unknown option', ['--config', configFile('typo.json', { ports: 1 })], /"ports"/],
])('%s is refused in one sentence', (_, args, text) => {
  expect(() => parseServiceArgs(args)).toThrow(
    expect.objectContaining({ code: 'SERVICE_USAGE', message: expect.stringMatching(text) }),
  )
})

test.each<[string[], Record<string, string>, unknown]>([
  [['--connection', 'graph'], {}, [{ name: 'graph' }]],
  [['--connection', 'graph, mail'], { connectionName: 'other' }, [{ name: 'graph' }, { name: 'mail' }]],
  [[], { connectionName: 'other' }, [{ name: 'other' }]],
  [[], { connectionName: '' }, undefined],
])('%j with %j names the connections %j', (args, environment, connections) => {
  const { bots } = options([...args, '--bot-id', 'app', '--bot-secret=s'], environment) as { bots: unknown[] }
  expect((bots[0] as { connections?: unknown }).connections).toEqual(connections)
})
