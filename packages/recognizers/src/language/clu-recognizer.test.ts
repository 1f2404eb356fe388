import { inspect } from 'node:util'
import { TestAdapter } from '@parley/testing'
import type { TelemetryEvent } from '@parley/core'
import { NullTelemetryClient } from '@parley/core'
import {
  KEY,
  closeAfterEach,
  cutOff,
  endless,
  json,
  raw,
  refusal,
  reset,
  silence,
  startLanguageService,
} from '../../test/fake-language-service.ts'
import type { Answer, FakeLanguageService } from '../../test/fake-language-service.ts'
import { CluRecognizer } from './clu-recognizer.ts'
import type { CluRecognizerOptions } from './clu-recognizer.ts'

const closing = closeAfterEach()

/** From the example of the specification. */
const prediction = {
  topIntent: 'PlayMusic',
  projectKind: 'Conversation',
  intents: [
    { category: 'PlayMusic', confidenceScore: 0.9 },
    { category: 'SearchCreativeWork', confidenceScore: 0.1 },
  ],
  entities: [{ category: 'Media.Artist', text: 'Phil Collins', offset: 29, length: 12, confidenceScore: 0.8 }],
}
const conversation = (value: unknown): object => ({
  kind: 'ConversationResult',
  result: { query: 'as sent', prediction: value },
})
const success = json(200, conversation(prediction))

interface Setup {
  readonly service: FakeLanguageService
  readonly recognizer: CluRecognizer
}

async function setUp(script: Answer[] = [success], options: Partial<CluRecognizerOptions> = {}): Promise<Setup> {
  const service = closing(await startLanguageService(...script))
  const own = options.credential ? {} : { key: KEY }
  const settings = {
    endpoint: service.endpoint,
    projectName: 'music',
    deploymentName: 'production',
    ...own,
    ...options,
  }
  return { service, recognizer: closing(new CluRecognizer(settings)) }
}

describe('the question', () => {
  test('is what the specification says', async () => {
    const { service, recognizer } = await setUp()
    await recognizer.recognizeText('play In the air tonight from Phil Collins')
    const [{ method, url, headers, body } = {} as never] = service.received
    expect(service.received).toHaveLength(1)
    expect(`${method} ${url.pathname}${url.search}`).toBe(
      'POST /language/:analyze-conversations?api-version=2024-11-01',
    )
    expect(headers).toMatchObject({ 'ocp-apim-subscription-key': KEY, 'content-type': 'application/json' })
    expect(body).toEqual({
      kind: 'Conversation',
      analysisInput: {
        conversationItem: {
          id: '1',
          participantId: '1',
          modality: 'text',
          text: 'play In the air tonight from Phil Collins',
        },
      },
      parameters: {
        projectName: 'music',
        deploymentName: 'production',
        verbose: true,
        isLoggingEnabled: false,
        stringIndexType: 'Utf16CodeUnit',
      },
    })
  })

  test('has the language and the version of the options, below the path of the endpoint', async () => {
    const { service } = await setUp()
    const endpoint = `${service.endpoint}/gateway/`
    const settings = { projectName: 'p', deploymentName: 'd', key: KEY, language: 'de', apiVersion: '2023-04-01' }
    await closing(new CluRecognizer({ endpoint, ...settings, isLoggingEnabled: true })).recognizeText('hallo')
    expect(service.received).toMatchObject([
      {
        url: { pathname: '/gateway/language/:analyze-conversations', search: '?api-version=2023-04-01' },
        body: { analysisInput: { conversationItem: { language: 'de' } }, parameters: { isLoggingEnabled: true } },
      },
    ])
  })

  test('has at most 1,000 characters, and no half of one', async () => {
    const { service, recognizer } = await setUp()
    const text = `a${'👍'.repeat(5_000_000)}`
    expect((await recognizer.recognizeText(text)).text).toBe(text)
    expect(service.received).toMatchObject([
      { body: { analysisInput: { conversationItem: { text: `a${'👍'.repeat(499)}` } } } },
    ])
  })

  test.each(['', '  \n'])('%j is not asked', async (text) => {
    const { service, recognizer } = await setUp()
    expect(await recognizer.recognizeText(text)).toEqual({
      text,
      intents: { None: { score: 1 } },
      entities: { $instance: {} },
    })
    expect(service.received).toEqual([])
  })

  test.each([
    [
      'a credential of @azure/identity',
      { getToken: async (scope: string) => ({ token: `for ${scope}`.replaceAll(' ', '-') }) },
      '/.default',
    ],
    ['the token source of the bot', { getToken: async (audience: string) => `for-${audience}`, forget: () => {} }, ''],
  ])('is signed by %s', async (_, credential, suffix) => {
    const { service, recognizer } = await setUp([success], { credential })
    await recognizer.recognizeText('x')
    const authorization = `Bearer for-https://cognitiveservices.azure.com${suffix}`
    expect(service.received).toMatchObject([{ headers: { authorization } }])
    expect(service.received[0]?.headers).not.toHaveProperty('ocp-apim-subscription-key')
  })

  test('is repeated with a fresh token when the service does not accept the first', async () => {
    const tokens = ['old', 'new']
    const credential = { getToken: async () => tokens[0], forget: () => void tokens.shift() }
    const { service, recognizer } = await setUp([refusal(401, 'Unauthorized'), success], { credential })
    await recognizer.recognizeText('x')
    expect(service.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new'])
  })
})

describe('the answer', () => {
  test('of a conversation project comes out in the shape of LUIS', async () => {
    const { recognizer } = await setUp()
    expect(await recognizer.recognizeText('play In the air tonight from Phil Collins')).toEqual({
      text: 'play In the air tonight from Phil Collins',
      intents: { PlayMusic: { score: 0.9 }, SearchCreativeWork: { score: 0.1 } },
      entities: {
        'Media.Artist': ['Phil Collins'],
        $instance: {
          'Media.Artist': [{ startIndex: 29, endIndex: 41, text: 'Phil Collins', type: 'Media.Artist', score: 0.8 }],
        },
      },
    })
  })

  test.each<[object, unknown]>([
    [
      {
        extraInformation: [
          { extraInformationKind: 'ListKey', key: 'Paris' },
          { extraInformationKind: 'ListKey', key: 'FR' },
        ],
      },
      ['Paris', 'FR'],
    ],
    [{ extraInformation: [{ extraInformationKind: 'RegexKey', key: 'r', regexPattern: '.' }] }, 'it'],
    [{ resolutions: [{ resolutionKind: 'NumberResolution', numberKind: 'Integer', value: 5 }] }, 5],
    [{ resolutions: [{ resolutionKind: 'BooleanResolution', value: true }] }, true],
    [
      { resolutions: [{ resolutionKind: 'CurrencyResolution', value: 5, unit: 'Euro', ISO4217: 'EUR' }] },
      { number: 5, units: 'Euro' },
    ],
    [
      {
        resolutions: [
          { resolutionKind: 'DateTimeResolution', dateTimeSubKind: 'Date', timex: 'XXXX-05-12', value: '2025-05-12' },
          { resolutionKind: 'DateTimeResolution', dateTimeSubKind: 'Date', timex: 'XXXX-05-12', value: '2026-05-12' },
        ],
      },
      { type: 'date', timex: ['XXXX-05-12'] },
    ],
    [
      { resolutions: [{ resolutionKind: 'TemporalSpanResolution', timex: '(a,b,P1D)', begin: 'a', end: 'b' }] },
      { type: 'daterange', timex: ['(a,b,P1D)'] },
    ],
    [
      { resolutions: [{ resolutionKind: 'OrdinalResolution', offset: '-1', relativeTo: 'End', value: 'end-1' }] },
      { offset: -1, relativeTo: 'end' },
    ],
    [
      { resolutions: [{ resolutionKind: 'NumericRangeResolution', rangeKind: 'Number', minimum: 1, maximum: 2 }] },
      { resolutionKind: 'NumericRangeResolution', rangeKind: 'Number', minimum: 1, maximum: 2 },
    ],
    [{ resolutions: 'none', extraInformation: 5 }, 'it'],
  ])('of an entity with %j has the value %j', async (facts, value) => {
    const entity = { category: 'e', text: 'it', offset: 0, length: 2, confidenceScore: 1, ...facts }
    const { recognizer } = await setUp([json(200, conversation({ ...prediction, entities: [entity] }))])
    expect((await recognizer.recognizeText('it')).entities['e']).toEqual([value])
  })

  test('has the subtype of an entity with its place, and survives names as those of Object.prototype', async () => {
    const extraInformation = [{ extraInformationKind: 'EntitySubtype', value: 'City' }]
    const place = { text: 'x', offset: 0, length: 1, confidenceScore: 2, extraInformation }
    const entities = ['__proto__', '$instance', 'constructor'].map((category) => ({ category, ...place }))
    const { recognizer } = await setUp([json(200, conversation({ ...prediction, entities }))])
    const { $instance } = (await recognizer.recognizeText('x')).entities
    const found = { startIndex: 0, endIndex: 1, text: 'x', score: 1, subtype: 'City' }
    expect(Object.entries($instance)).toEqual([
      ['__proto__', [{ ...found, type: '__proto__' }]],
      ['constructor', [{ ...found, type: 'constructor' }]],
    ])
  })

  test('of the service is in the result when it is wanted', async () => {
    const { recognizer } = await setUp([success], { includeServiceResult: true })
    expect(await recognizer.recognizeText('x')).toMatchObject({ cluResult: conversation(prediction) })
  })
})

describe('an orchestration project', () => {
  const orchestrated = (kind: string, result: unknown): Answer => {
    const intents = {
      Other: { targetProjectKind: 'NonLinked', confidenceScore: 0.2 },
      Top: { targetProjectKind: kind, confidenceScore: 0.8, apiVersion: 'x', result },
    }
    return json(200, conversation({ projectKind: 'Orchestration', topIntent: 'Top', intents }))
  }
  const own = { Other: { score: 0.2 }, Top: { score: 0.8 } }
  const luis = {
    topIntent: 'A',
    intents: { A: { score: 0.7 } },
    entities: {
      city: [['Rome']],
      $instance: { city: [{ type: 'city', text: 'rome', startIndex: 3, length: 4, modelType: 'List' }] },
    },
  }
  const answer = {
    id: 1,
    answer: 'Yes.',
    score: 0.6,
    questions: ['Is it?'],
    source: 's',
    metadata: [{ name: 'k', value: 'v' }],
    context: { isContextOnly: false, prompts: [] },
  }

  test.each<[string, unknown, object]>([
    [
      'Conversation',
      { query: 'x', prediction },
      { intents: { PlayMusic: { score: 0.9 }, SearchCreativeWork: { score: 0.1 } } },
    ],
    [
      'Luis',
      { query: 'x', prediction: luis },
      {
        intents: { A: { score: 0.7 } },
        entities: {
          city: [['Rome']],
          $instance: {
            city: [{ startIndex: 3, endIndex: 7, text: 'rome', type: 'city', score: 1, modelType: 'List' }],
          },
        },
      },
    ],
    [
      'QuestionAnswering',
      {
        answers: [
          { ...answer, confidenceScore: 0.6, metadata: { k: 'v' }, dialog: { isContextOnly: false, prompts: [] } },
        ],
      },
      { intents: own, answers: [answer], entities: { $instance: {} } },
    ],
    ['QuestionAnswering', { answers: [{ id: -1, answer: 'No answer found' }] }, { intents: own, answers: [] }],
    ['NonLinked', undefined, { intents: own, entities: { $instance: {} } }],
    ['Conversation', undefined, { intents: own }],
  ])('gives the result of the %s project the utterance is for: %j', async (kind, result, wanted) => {
    const { recognizer } = await setUp([orchestrated(kind, result)])
    expect(await recognizer.recognizeText('x')).toMatchObject({ target: { name: 'Top', kind, score: 0.8 }, ...wanted })
  })
})

describe('trouble', () => {
  const noWait = { timeoutMs: 400 }
  test.each<[string, Answer, object]>([
    ['401', refusal(401, '401'), { code: 'RECOGNIZERS_REFUSED', statusCode: 401, serviceCode: undefined }],
    ['403', refusal(403, 'Forbidden'), { code: 'RECOGNIZERS_REFUSED', statusCode: 403, serviceCode: 'Forbidden' }],
    [
      '404',
      refusal(404, 'ProjectNotFound'),
      {
        code: 'RECOGNIZERS_PROJECT_NOT_FOUND',
        message: expect.stringContaining(
          'answered 404 ProjectNotFound: there is no project "music" with a deployment "production"',
        ),
      },
    ],
    [
      '429',
      refusal(429, 'TooManyRequests', { 'retry-after': '60' }),
      { code: 'RECOGNIZERS_THROTTLED', retryAfterMs: 60_000 },
    ],
    [
      '500',
      refusal(500, 'InternalServerError', { 'retry-after': '60' }),
      { code: 'RECOGNIZERS_FAILED', statusCode: 500 },
    ],
    ['400', refusal(400, 'InvalidArgument'), { code: 'RECOGNIZERS_REJECTED', serviceCode: 'InvalidArgument' }],
    [
      'a redirect',
      raw(307, '', { location: 'http://127.0.0.1:1/' }),
      { code: 'RECOGNIZERS_REJECTED', message: expect.stringContaining('redirects') },
    ],
    [
      'text',
      raw(200, `<html>${KEY}</html>`),
      { code: 'RECOGNIZERS_ANSWER_INVALID', message: expect.stringContaining('is not JSON') },
    ],
    ['nothing', raw(200, ''), { code: 'RECOGNIZERS_ANSWER_INVALID' }],
    ['other JSON', json(200, { result: { prediction: { intents: {} } } }), { code: 'RECOGNIZERS_ANSWER_INVALID' }],
    ['null', json(200, null), { code: 'RECOGNIZERS_ANSWER_INVALID' }],
    [
      'a target that is missing',
      json(200, conversation({ projectKind: 'Orchestration', topIntent: 'x', intents: {} })),
      { code: 'RECOGNIZERS_ANSWER_INVALID' },
    ],
    ['half a body', cutOff, { code: 'RECOGNIZERS_ANSWER_INVALID', message: expect.stringContaining('cut off') }],
    ['an endless body', endless, { code: 'RECOGNIZERS_ANSWER_INVALID', message: expect.stringContaining('too large') }],
    ['silence', silence, { code: 'RECOGNIZERS_UNREACHABLE', message: expect.stringContaining('within') }],
    ['broken connections', reset, { code: 'RECOGNIZERS_UNREACHABLE' }],
  ])('%s has an error of its own, which never holds the key', async (name, answer, wanted) => {
    const { recognizer } = await setUp([answer], name === 'silence' ? { timeoutMs: 40 } : noWait)
    const error: unknown = await recognizer.recognizeText('x').catch((reason: unknown) => reason)
    expect(error).toMatchObject({ operation: 'analyzeConversation', ...wanted })
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(KEY)
  })

  test('that passes is not noticed: throttling, a failure, a broken connection', async () => {
    const { service, recognizer } = await setUp([
      refusal(429, 'TooManyRequests'),
      refusal(503, 'ServiceUnavailable'),
      reset,
      success,
    ])
    expect(await recognizer.recognizeText('x')).toMatchObject({ intents: { PlayMusic: { score: 0.9 } } })
    expect(service.received).toHaveLength(4)
  })

  test('is no reason to follow a redirect', async () => {
    const other = closing(await startLanguageService(success))
    const { recognizer } = await setUp([
      raw(308, '', { location: `${other.endpoint}/language/:analyze-conversations` }),
    ])
    await expect(recognizer.recognizeText('x')).rejects.toMatchObject({ statusCode: 308 })
    expect(other.received).toEqual([])
  })

  test('with a code that is the key does not pass it on', async () => {
    const key = 'OnlyLettersAreInThisKey'
    const { recognizer } = await setUp([json(400, { error: { code: key } })], { key })
    await expect(recognizer.recognizeText('x')).rejects.toMatchObject({ serviceCode: undefined })
  })

  test('with an unknown host says so', async () => {
    const service = closing(await startLanguageService(success))
    await service.close()
    const settings = { endpoint: service.endpoint, projectName: 'p', deploymentName: 'd', key: KEY, timeoutMs: 100 }
    await expect(closing(new CluRecognizer(settings)).recognizeText('x')).rejects.toMatchObject({
      code: 'RECOGNIZERS_UNREACHABLE',
      message: expect.stringContaining('cannot be reached'),
    })
  })

  test.each([
    ['rejects', async () => Promise.reject(new Error('no')), 'gave no token;'],
    ['has none', async () => null, 'gave no token;'],
    ['hangs', () => new Promise<null>(() => {}), 'no token in time;'],
  ])('with a credential that %s is an error in time', async (_, getToken, message) => {
    const { recognizer } = await setUp([success], { credential: { getToken }, timeoutMs: 40 })
    await expect(recognizer.recognizeText('x')).rejects.toMatchObject({
      code: 'RECOGNIZERS_UNREACHABLE',
      message: expect.stringContaining(message),
    })
  })
})

describe('options', () => {
  const right = { endpoint: 'https://x.cognitiveservices.azure.com', projectName: 'p', deploymentName: 'd', key: KEY }

  test.each<[object, RegExp]>([
    [{ endpoint: undefined }, /"endpoint" is missing/],
    [{ endpoint: 'my-language' }, /"endpoint" is no URL/],
    [{ endpoint: 'http://x.cognitiveservices.azure.com' }, /not https:/],
    [{ endpoint: 'ftp://localhost' }, /not https:/],
    [{ endpoint: `https://u:${KEY}@x.test` }, /has a user/],
    [{ endpoint: `https://x.test/?key=${KEY}` }, /a query/],
    [{ projectName: '' }, /"projectName" is missing/],
    [{ deploymentName: 5 }, /"deploymentName" is missing/],
    [{ key: undefined }, /either "key" or "credential"/],
    [{ credential: { getToken: async () => null } }, /either "key" or "credential"/],
    [{ key: '' }, /"key" is empty/],
    [{ key: `${KEY}\r\nx: y` }, /"key" is empty or has a character/],
    [{ timeoutMs: 0 }, /"timeoutMs"/],
    [{ timeoutMs: NaN }, /"timeoutMs"/],
  ])('with %j are refused, without the key', (wrong, message) => {
    const make = (): unknown => new CluRecognizer({ ...right, ...wrong })
    expect(make).toThrow(
      expect.objectContaining({ code: 'RECOGNIZERS_OPTION', message: expect.stringMatching(message) }),
    )
    expect(make).toThrow(expect.objectContaining({ message: expect.not.stringContaining(KEY) }))
  })

  test('do not show the key to whoever prints the recognizer', () => {
    const recognizer = closing(new CluRecognizer(right))
    expect(inspect(recognizer, { depth: 20, showHidden: true })).not.toContain(KEY)
  })
})

describe('in a turn', () => {
  async function turn(
    channelId: string,
    options: Partial<CluRecognizerOptions> = {},
    activity: object = {},
  ): Promise<{ events: TelemetryEvent[]; sent: unknown[] }> {
    const events: TelemetryEvent[] = []
    const telemetryClient = Object.assign(new NullTelemetryClient(), {
      trackEvent: (event: TelemetryEvent) => void events.push(event),
    })
    const { recognizer } = await setUp([success], { telemetryClient, ...options })
    const sent: unknown[] = []
    const adapter = new TestAdapter(async (context) => {
      context.onSendActivities((_, activities, next) => (sent.push(...activities), next()))
      await recognizer.recognize(context)
    })
    await adapter.receiveActivity({
      type: 'message',
      text: 'play',
      channelId,
      from: { id: 'user', name: 'U' },
      ...activity,
    })
    return { events, sent }
  }

  test('the Emulator gets a trace', async () => {
    const { sent } = await turn('emulator', { includeServiceResult: true })
    expect(sent).toMatchObject([
      {
        type: 'trace',
        name: 'CluRecognizer',
        label: 'CLU Trace',
        valueType: 'https://www.luis.ai/schemas/trace',
        value: {
          recognizerResult: { text: 'play', intents: { PlayMusic: { score: 0.9 } } },
          luisResult: conversation(prediction),
          luisModel: { ModelID: 'music' },
        },
      },
    ])
    expect(JSON.stringify(sent)).not.toContain(KEY)
  })

  test('no other channel gets one', async () => {
    expect((await turn('msteams')).sent).toEqual([])
  })

  test('telemetry has the names of LUIS, and nothing personal', async () => {
    const { events } = await turn('msteams')
    expect(events).toEqual([
      {
        name: 'LuisResult',
        properties: {
          applicationId: 'music',
          intent: 'PlayMusic',
          intentScore: '0.9',
          intent2: 'SearchCreativeWork',
          intentScore2: '0.1',
          fromId: 'user',
        },
      },
    ])
  })

  test('telemetry has what the user wrote when that is wanted', async () => {
    const { events } = await turn('msteams', { logPersonalInformation: true })
    expect(events[0]?.properties).toMatchObject({ question: 'play', entities: expect.stringContaining('Phil Collins') })
  })

  test.each([[{ text: undefined }], [{ text: 7 }], [{ type: 'event', text: undefined }]])(
    'an activity with %j means None',
    async (activity) => {
      const { events } = await turn('msteams', {}, activity)
      expect(events[0]?.properties).toMatchObject({ intent: 'None', intentScore: '1' })
    },
  )
})
