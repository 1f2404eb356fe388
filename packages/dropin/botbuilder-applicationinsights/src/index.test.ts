import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { Severity, TelemetryLoggerMiddleware } from '@parley/core'
import { TestAdapter } from '@parley/sdk-v4/core'
import { parseConnectionString } from './connection-string.ts'
import { durationText } from './envelope.ts'
import {
  ApplicationInsightsTelemetryClient,
  ApplicationInsightsWebserverMiddleware,
  TelemetryInitializerMiddleware,
} from './index.ts'

interface Item {
  readonly name: string
  readonly iKey: string
  readonly tags: Record<string, string>
  readonly data: { readonly baseType: string; readonly baseData: Record<string, never> }
}

interface Ingestion {
  readonly connectionString: string
  readonly batches: Item[][]
  /** Status and body of the next answers; 200 when there is none. */
  readonly answers: [status: number, body?: string][]
  /** The next batch that arrives. */
  arrival(): Promise<Item[]>
  close(): Promise<void>
}

const key = '1aa11111-bbbb-1ccc-8ddd-eeeeffff3333'

async function startIngestion(): Promise<Ingestion> {
  const batches: Item[][] = []
  const answers: Ingestion['answers'][number][] = []
  const awaited: ((items: Item[]) => void)[] = []
  const server = createServer((request, response) => void answer(request, response))
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const lines = gunzipSync(Buffer.concat(chunks)).toString().split('\n')
    const batch = lines.map((line) => JSON.parse(line) as Item)
    batches.push(batch)
    const [status, body = ''] = request.url === '/v2.1/track' ? (answers.shift() ?? [200]) : [404]
    response.writeHead(status).end(body, () => awaited.shift()?.(batch))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    connectionString: `InstrumentationKey=${key};IngestionEndpoint=http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    batches,
    answers,
    arrival: () => new Promise((resolve) => awaited.push(resolve)),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

let ingestion: Ingestion

beforeEach(async () => {
  ingestion = await startIngestion()
})

afterEach(() => ingestion.close())

/** Waits for what a flush does after its answer. */
async function flushed(client: ApplicationInsightsTelemetryClient): Promise<Item[]> {
  const arrival = ingestion.arrival()
  client.flush()
  const items = await arrival
  await new Promise((resolve) => setTimeout(resolve, 20))
  return items
}

test('everything a bot can report arrives in the form of SDK v4', async () => {
  const client = new ApplicationInsightsTelemetryClient(ingestion.connectionString)
  client.trackEvent({ name: 'ev', properties: { a: 'b', n: 1, o: { x: 1 } }, metrics: { m: 2 } })
  client.trackDependency({
    target: 'tgt',
    name: 'dep',
    data: 'dat',
    duration: 12,
    resultCode: 200,
    success: true,
    dependencyTypeName: 'HTTP',
  })
  client.trackException({ exception: new TypeError('boom'), properties: { p: 'q' }, severityLevel: Severity.Critical })
  client.trackTrace({ message: 'msg', severityLevel: Severity.Warning })
  client.trackPageView({ name: 'page', properties: { p: '1' } })
  const items = await flushed(client)
  expect(items.map(({ name, data }) => [name.split('.').at(-1), data.baseType, data.baseData])).toEqual([
    [
      'Event',
      'EventData',
      { ver: 2, name: 'ev', properties: { a: 'b', n: '1', o: '{"x":1}' }, measurements: { m: 2 } },
    ],
    [
      'RemoteDependency',
      'RemoteDependencyData',
      {
        ver: 2,
        name: 'dep',
        data: 'dat',
        target: 'tgt',
        duration: '00:00:00.012',
        type: 'HTTP',
        resultCode: '200',
        success: true,
        properties: {},
      },
    ],
    [
      'Exception',
      'ExceptionData',
      {
        ver: 2,
        properties: { p: 'q' },
        severityLevel: 4,
        exceptions: [
          {
            typeName: 'TypeError',
            message: 'boom',
            hasFullStack: true,
            stack: expect.stringContaining('index.test.ts'),
          },
        ],
      },
    ],
    ['Message', 'MessageData', { ver: 2, message: 'msg', severityLevel: 2, properties: {} }],
    ['PageView', 'PageViewData', { ver: 2, name: 'page', properties: { p: '1' } }],
  ])
  expect(items[0]).toMatchObject({
    iKey: key,
    name: 'Microsoft.ApplicationInsights.1aa11111bbbb1ccc8dddeeeeffff3333.Event',
  })
})

test('what is reported in a turn says of which, also when turns run at once', async () => {
  const client = new ApplicationInsightsTelemetryClient(ingestion.connectionString)
  const adapter = new TestAdapter(async (context) => {
    await new Promise((resolve) => setTimeout(resolve, 1))
    client.trackEvent({ name: 'own' })
    await context.sendActivity('hi')
  })
  adapter.use(new TelemetryInitializerMiddleware(new TelemetryLoggerMiddleware(client, true), true))
  const turns = ['1', '2'].map((n) =>
    adapter.receiveActivity({
      type: 'message',
      text: 'hey',
      id: `act${n}`,
      from: { id: `user${n}`, name: '' },
      conversation: { id: 'conv9' } as never,
    }),
  )
  await new Promise((resolve) => ApplicationInsightsWebserverMiddleware({}, {}, resolve as () => void))
  await Promise.all(turns)
  client.trackEvent({ name: 'outside' })
  const items = await flushed(client)
  const own = items.filter(({ data }) => data.baseData['name'] === 'own')
  expect(own.map(({ tags, data }) => [tags, data.baseData['properties']])).toEqual(
    ['1', '2'].map((n) => [
      { 'ai.user.id': `testuser${n}`, 'ai.session.id': 'DxzL3XWi116jBj8drIdC4vGe32vhLIKPh3ifWUQDg04=' },
      { activityId: `act${n}`, channelId: 'test', activityType: 'message', conversationId: 'conv9' },
    ]),
  )
  const names = items.map(({ data }) => String(data.baseData['name']))
  expect(names.toSorted()).toEqual([
    'BotMessageReceived',
    'BotMessageReceived',
    'BotMessageSend',
    'BotMessageSend',
    'outside',
    'own',
    'own',
  ])
  expect(items.at(-1)?.tags).toEqual({})
})

test.each<[string, [number, string?][], string[]]>([
  ['the endpoint is busy', [[503]], ['a', 'b', 'c']],
  ['it throttles', [[429]], ['a', 'b', 'c']],
  [
    'it takes a part',
    [
      [
        206,
        JSON.stringify({
          errors: [
            { index: 0, statusCode: 400 },
            { index: 1, statusCode: 500 },
          ],
        }),
      ],
    ],
    ['b', 'c'],
  ],
])('when %s, what is worth it is sent again', async (_, answers, names) => {
  const client = new ApplicationInsightsTelemetryClient(ingestion.connectionString)
  ingestion.answers.push(...answers)
  client.trackEvent({ name: 'a' })
  client.trackEvent({ name: 'b' })
  await flushed(client)
  client.trackEvent({ name: 'c' })
  expect((await flushed(client)).map(({ data }) => data.baseData['name'])).toEqual(names)
})

test('when it refuses, that is said once, and the bot goes on', async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const client = new ApplicationInsightsTelemetryClient(ingestion.connectionString)
  ingestion.answers.push([400], [400])
  for (const name of ['a', 'b']) {
    client.trackEvent({ name })
    await flushed(client)
  }
  expect(warn.mock.calls).toEqual([[expect.stringContaining('(400)'), 'TelemetryWarning']])
  warn.mockRestore()
  client.flush()
  expect(ingestion.batches).toHaveLength(2)
})

test('250 items are sent at once, without a flush', async () => {
  const client = new ApplicationInsightsTelemetryClient(ingestion.connectionString)
  const arrival = ingestion.arrival()
  for (let n = 0; n < 250; n++) client.trackEvent({ name: String(n) })
  expect(await arrival).toHaveLength(250)
})

test.each(['configuration', 'defaultClient'] as const)(
  '%s needs applicationinsights, and the error says so',
  (member) => {
    const client = new ApplicationInsightsTelemetryClient(key)
    expect(() => client[member]).toThrow(
      expect.objectContaining({
        code: 'DROPIN_DEPENDENCY_MISSING',
        message: `ApplicationInsightsTelemetryClient.${member} needs the package applicationinsights, which is not installed; run "npm install applicationinsights@2".`,
      }),
    )
    expect(JSON.stringify(client)).toBe('{"name":"ApplicationInsightsTelemetryClient"}')
  },
)

test.each([
  [key, 'https://dc.services.visualstudio.com/v2.1/track'],
  [`InstrumentationKey=${key}`, 'https://dc.services.visualstudio.com/v2.1/track'],
  [
    `InstrumentationKey=${key};IngestionEndpoint=https://westus.in.x.example/;LiveEndpoint=https://l.example`,
    'https://westus.in.x.example/v2.1/track',
  ],
  [`InstrumentationKey=${key};EndpointSuffix=ai.example;Location=west`, 'https://west.dc.ai.example/v2.1/track'],
])('%s leads to %s', (connectionString, url) => {
  const target = parseConnectionString(connectionString)
  expect([target.instrumentationKey, target.url.href]).toEqual([key, url])
})

test.each([undefined, '', 'IngestionEndpoint=https://x.example'])(
  '%j has no key, and is refused in the words of SDK v4',
  (text) => {
    expect(() => new ApplicationInsightsTelemetryClient(text as string)).toThrow(
      'Instrumentation key not found, please provide a connection string before starting Application Insights SDK.',
    )
  },
)

test('the middleware keeps what it was made with, and gives the activity to a correlation context', async () => {
  class Open extends TelemetryInitializerMiddleware {
    get correlation(): { activity?: { text?: string } } {
      return this.appInsightsCorrelationContext
    }

    set correlation(value: object) {
      this.appInsightsCorrelationContext = value
    }
  }
  const logger = new TelemetryLoggerMiddleware()
  const middleware = new Open(logger)
  expect([middleware.logActivityTelemetry, middleware.telemetryClient]).toEqual([false, logger])
  middleware.correlation = {}
  const adapter = new TestAdapter(async () => {})
  adapter.use(middleware)
  await adapter.receiveActivity('hello')
  expect(middleware.correlation.activity?.text).toBe('hello')
})

test.each([
  [0, '00:00:00.000'],
  [61_002, '00:01:01.002'],
  [90_000_000, '1.01:00:00.000'],
])('%d ms are %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})
