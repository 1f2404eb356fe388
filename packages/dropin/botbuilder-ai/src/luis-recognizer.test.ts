import { inspect } from 'node:util'
import { startLanguageService } from '../test/language-service.ts'
import type { LanguageService } from '../test/language-service.ts'
import { recordEvents, turnWith } from '../test/turn.ts'
import { LuisRecognizer } from './luis-recognizer.ts'
import type { LuisApplication } from './luis-models.ts'

const KEY = '048ec46dc58e495482b0c447cfdbd291'
const ID = 'b31aeaf3-3511-495b-a07f-571fc873214b'
const prediction = {
  topIntent: 'Book.Flight',
  projectKind: 'Conversation',
  intents: [
    { category: 'Book.Flight', confidenceScore: 0.9 },
    { category: 'None Of It', confidenceScore: 0.05 },
  ],
  entities: [
    {
      category: 'my city',
      text: 'paris',
      offset: 17,
      length: 5,
      confidenceScore: 1,
      extraInformation: [{ extraInformationKind: 'ListKey', key: 'Paris' }],
    },
  ],
}
const answer = { kind: 'ConversationResult', result: { query: 'book a flight to paris', prediction } }
const wanted = {
  text: 'book a flight to paris',
  intents: { Book_Flight: { score: 0.9 }, None_Of_It: { score: 0.05 } },
  entities: {
    my_city: [['Paris']],
    $instance: { my_city: [{ startIndex: 17, endIndex: 22, text: 'paris', type: 'my city', score: 1 }] },
  },
}

let service: LanguageService
beforeEach(async () => {
  service = await startLanguageService(200, answer)
})
afterEach(() => service.close())

const application = (other: Partial<LuisApplication> = {}): LuisApplication => ({
  applicationId: 'travel',
  endpointKey: KEY,
  endpoint: service.host,
  ...other,
})

test.each<[string, Partial<LuisApplication>, object, object]>([
  ['an id that is none of LUIS', {}, {}, { projectName: 'travel', deploymentName: 'production' }],
  [
    'projectName',
    { applicationId: ID, projectName: 'flights' },
    {},
    { projectName: 'flights', deploymentName: 'production' },
  ],
  ['deploymentName', { deploymentName: 'mine' }, {}, { deploymentName: 'mine' }],
  ['slot', {}, { apiVersion: 'v3', slot: 'staging' }, { deploymentName: 'staging' }],
  ['staging', {}, { apiVersion: 'v2', staging: true }, { deploymentName: 'staging' }],
  ['log', {}, { log: false }, { isLoggingEnabled: false }],
])('%s leads to a project of CLU', async (_, settings, options, parameters) => {
  await new LuisRecognizer(application(settings), options).recognize('book a flight to paris')
  expect(service.received).toMatchObject([
    {
      url: { pathname: '/language/:analyze-conversations' },
      headers: { 'ocp-apim-subscription-key': KEY },
      body: { parameters },
    },
  ])
})

test('the result of an utterance has the names SDK v4 made, and nothing is reported', async () => {
  const { client, events } = recordEvents()
  const recognizer = new LuisRecognizer(application(), { apiVersion: 'v3', telemetryClient: client })
  expect(await recognizer.recognize('book a flight to paris')).toEqual(wanted)
  expect(await recognizer.recognize('')).toEqual({ text: '', intents: {}, entities: {} })
  expect(events).toEqual([])
})

test('with includeAPIResults the result has what the service answered', async () => {
  const options = { apiVersion: 'v3', includeAPIResults: true } as const
  expect(await new LuisRecognizer(application(), options).recognize('x')).toMatchObject({ luisResult: answer })
  expect(await new LuisRecognizer(application(), {}, true).recognize('x')).toMatchObject({ luisResult: answer })
})

test('in a turn it asks once, traces and reports, as SDK v4 did', async () => {
  const { client, events } = recordEvents()
  const recognizer = new LuisRecognizer(application(), { apiVersion: 'v3', telemetryClient: client })
  const { context, sent } = turnWith('book a flight to paris')
  const result = await recognizer.recognize(context, { p: '1', intent: 'mine' }, { m: 2 })
  expect(result).toEqual(wanted)
  expect(await recognizer.recognize({ context } as never)).toBe(result)
  expect(service.received).toHaveLength(1)
  expect(sent).toMatchObject([
    {
      type: 'trace',
      name: 'LuisRecognizer',
      label: 'LuisV3 Trace',
      valueType: 'https://www.luis.ai/schemas/trace',
      value: {
        recognizerResult: wanted,
        luisResult: answer,
        luisOptions: { apiVersion: 'v3' },
        luisModel: { ModelID: 'travel' },
      },
    },
  ])
  expect(events).toEqual([
    { name: 'Luis result cached', properties: { p: '1', intent: 'mine' }, metrics: { m: 2 } },
    {
      name: 'LuisResult',
      properties: {
        applicationId: 'travel',
        intent: 'mine',
        intentScore: '0.9',
        intent2: 'None_Of_It',
        intentScore2: '0.05',
        fromId: 'u',
        entities: JSON.stringify(wanted.entities),
        p: '1',
      },
      metrics: { m: 2 },
    },
    { name: 'Read from cached Luis result', properties: undefined, metrics: undefined },
  ])
})

test.each([
  [undefined, ''],
  ['', ''],
  ['  ', '  '],
])('a turn with the text %j is not asked', async (text, given) => {
  const { client, events } = recordEvents()
  const { context, sent } = turnWith(text)
  const recognizer = new LuisRecognizer(application(), { telemetryClient: client })
  expect(await recognizer.recognize(context)).toEqual({ text: given, intents: { '': { score: 1 } }, entities: {} })
  expect([service.received, sent]).toEqual([[], []])
  expect(events.at(-1)).toMatchObject({
    name: 'LuisResult',
    properties: { intent: '', intentScore: '1', intent2: '', intentScore2: '0', entities: '{}' },
  })
})

test('with logPersonalInformation the question is reported', async () => {
  const { client, events } = recordEvents()
  const options = { telemetryClient: client, logPersonalInformation: true }
  await new LuisRecognizer(application(), options).recognize(turnWith('book a flight to paris').context)
  expect(events.at(-1)?.properties).toMatchObject({ question: 'book a flight to paris' })
})

test('subclasses may report otherwise', async () => {
  class Quiet extends LuisRecognizer {
    readonly seen: unknown[] = []
    protected override async onRecognizerResults(...parameters: unknown[]): Promise<void> {
      this.seen.push(parameters)
    }
  }
  const recognizer = new Quiet(application())
  const { context } = turnWith('x')
  const result = await recognizer.recognize(context, { p: '1' })
  expect(recognizer.seen).toEqual([[result, context, { p: '1' }, undefined]])
})

test('the key is in no print of the recognizer, and in no error', async () => {
  await service.close()
  service = await startLanguageService(401, { error: { code: 'Unauthorized', message: KEY } })
  const recognizer = new LuisRecognizer(application())
  const error: unknown = await recognizer.recognize('x').catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'RECOGNIZERS_REFUSED' })
  expect(inspect([recognizer, error], { depth: 20, showHidden: true })).not.toContain(KEY)
})
