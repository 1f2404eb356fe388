import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as ai from './index.ts'
import { CustomQuestionAnswering, LuisRecognizer, QnAMaker, QnAMakerRecognizer } from './index.ts'

interface Name {
  readonly kind: string
  readonly value?: unknown
  readonly values?: Record<string, unknown>
}

const names: Record<string, Name> = JSON.parse(
  readFileSync(join(__dirname, '../../../../scripts/surface/names/botbuilder-ai.json'), 'utf8'),
)
const values = Object.entries(names).filter(([, { kind }]) => !['interface', 'type'].includes(kind))
const exported: Record<string, unknown> = { ...ai }

test('every name that botbuilder-ai has at run time is exported, and no other', () => {
  expect(Object.keys(ai).toSorted()).toEqual(values.map(([name]) => name).toSorted())
})

test.each(values.filter(([, { kind }]) => kind === 'enum'))('%s has its values', (name, { values: wanted }) => {
  expect(exported[name]).toEqual(wanted)
})

test.each(values.filter(([, { value }]) => value !== undefined))('%s has its value', (name, { value }) => {
  expect(exported[name]).toBe(value)
})

const luis = { applicationId: 'b31aeaf3-3511-495b-a07f-571fc873214b', endpointKey: '048ec46dc58e495482b0c447cfdbd291' }
const address = `https://x.example/luis/v2.0/apps/${luis.applicationId}?subscription-key=${luis.endpointKey}&q=`
const knowledgeBase = { knowledgeBaseId: 'k', endpointKey: 'e', host: 'https://x.example' }

test('a recognizer of LUIS is made as in SDK v4, from settings or from an address', () => {
  expect(
    new LuisRecognizer({ ...luis, endpoint: 'https://x.example' }, { apiVersion: 'v3' }).logPersonalInformation,
  ).toBe(false)
  expect(new LuisRecognizer(address, { logPersonalInformation: true }).logPersonalInformation).toBe(true)
})

test.each([
  [
    {},
    'Invalid `applicationId` value detected: undefined\nPlease make sure your applicationId is a valid LUIS Application Id',
  ],
  [
    { ...luis, endpointKey: '' },
    'Invalid `endpointKey` value detected: \nPlease make sure your endpointKey is a valid LUIS Endpoint Key',
  ],
  ['x', 'Invalid `applicationId` value detected: undefined'],
])('%j makes no recognizer, in the words of SDK v4', (application, message) => {
  expect(() => new LuisRecognizer(application as never)).toThrow(message)
})

test('what recognizes is refused when it is asked, and the message names the successor', async () => {
  await expect(new LuisRecognizer(luis).recognize('hello')).rejects.toMatchObject({
    code: 'DROPIN_UNSUPPORTED',
    message: expect.stringContaining('conversational language understanding (CLU)'),
  })
})

test.each([QnAMaker, CustomQuestionAnswering])(
  '%p is made as in SDK v4, and refused when it is asked',
  async (Client) => {
    const client = new Client(knowledgeBase)
    const refusal = { code: 'DROPIN_UNSUPPORTED', message: expect.stringContaining('custom question answering') }
    await expect(client.getAnswers({} as never)).rejects.toMatchObject(refusal)
    await expect(client.callTrain({ feedbackRecords: [] })).rejects.toMatchObject(refusal)
    expect(() => client.getLowScoreVariation([])).toThrow(expect.objectContaining(refusal))
    expect(() => Reflect.construct(Client, [])).toThrow(new TypeError('QnAMaker requires valid QnAMakerEndpoint.'))
  },
)

test.each(['QnAMakerDialog', 'QnAMakerRecognizer', 'LuisAdaptiveRecognizer'])(
  '%s cannot be made, as dialogs cannot',
  (name) => {
    expect(() => Reflect.construct(exported[name] as new () => object, [])).toThrow(
      expect.objectContaining({ code: 'DROPIN_UNSUPPORTED', message: expect.stringMatching(new RegExp(`^${name} `)) }),
    )
    expect(QnAMakerRecognizer.qnaMatchIntent).toBe('QnAMatch')
  },
)

test.each<[Parameters<typeof LuisRecognizer.topIntent>, string]>([
  [[], 'None'],
  [[{ intents: {} } as never], 'None'],
  [[{} as never, 'Nothing'], 'Nothing'],
  [[{ intents: { a: { score: 0.3 }, b: { score: 0.9 } } } as never], 'b'],
  [[{ intents: { a: { score: 0.3 } } } as never, 'Nothing', 0.5], 'Nothing'],
])('the top intent of %j is %s, whoever recognized it', (parameters, intent) => {
  expect(LuisRecognizer.topIntent(...parameters)).toBe(intent)
})

test('intents are sorted by score, without those below the least', () => {
  const intents = { a: { score: 0.3 }, b: { score: 0.9 }, c: {} }
  expect(LuisRecognizer.sortedIntents({ intents } as never, 0.1)).toEqual([
    { intent: 'b', score: 0.9 },
    { intent: 'a', score: 0.3 },
  ])
})
