import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TestAdapter } from '@parley/sdk-v4/core'
import { TelemetryLoggerMiddleware } from '@parley/core'
import { ApplicationInsightsTelemetryClient, TelemetryInitializerMiddleware } from './index.ts'

/** Stands for version 2 of the package: the names this one uses, and what they were called with. */
const source = `
const told = []
const processors = []
const track = (kind) => (telemetry) => {
  const envelope = { tags: {}, data: { baseData: {} } }
  for (const process of processors) process(envelope, {})
  told.push([kind, telemetry, envelope])
}
const configuration = {
  setAutoDependencyCorrelation: (on) => (told.push(['correlate', on]), configuration),
  start: () => (told.push(['start']), configuration),
}
exports.told = told
exports.setup = (connectionString) => (told.push(['setup', connectionString]), configuration)
exports.getCorrelationContext = () => null
exports.defaultClient = {
  addTelemetryProcessor: (process) => processors.push(process),
  trackEvent: track('event'),
  trackTrace: track('trace'),
  flush: () => told.push(['flush']),
}
`

const home = process.cwd()
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-insights-'))
  await mkdir(join(folder, 'node_modules/applicationinsights'), { recursive: true })
  await writeFile(join(folder, 'node_modules/applicationinsights/index.js'), source)
  process.chdir(folder)
})

afterAll(async () => {
  process.chdir(home)
  await rm(folder, { recursive: true, force: true })
})

test('a package the bot has installed takes all, and learns of the turn', async () => {
  const client = new ApplicationInsightsTelemetryClient('InstrumentationKey=k')
  const adapter = new TestAdapter(async () => client.trackEvent({ name: 'own', metrics: { m: 1 } }))
  adapter.use(new TelemetryInitializerMiddleware(new TelemetryLoggerMiddleware(client)))
  await adapter.receiveActivity('hi')
  client.trackTrace({ message: 'outside' })
  client.flush()
  const { told } = (await import(join(folder, 'node_modules/applicationinsights/index.js'))) as { told: unknown[] }
  const turn = { activityId: '0', channelId: 'test', activityType: 'message', conversationId: 'Convo1' }
  expect(told).toEqual([
    ['setup', 'InstrumentationKey=k'],
    ['correlate', true],
    ['start'],
    [
      'event',
      { name: 'own', properties: undefined, measurements: { m: 1 } },
      {
        tags: { 'ai.user.id': 'testuser1', 'ai.session.id': expect.any(String) },
        data: { baseData: { properties: turn } },
      },
    ],
    ['trace', { message: 'outside', properties: undefined, severity: 1 }, { tags: {}, data: { baseData: {} } }],
    ['flush'],
  ])
  expect(client.defaultClient.trackEvent).toBeInstanceOf(Function)
  expect(client.configuration.start).toBeInstanceOf(Function)
})
