import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as ai from './index.ts'
import {
  CustomQuestionAnswering,
  LuisAdaptiveRecognizer,
  LuisRecognizer,
  QnAMaker,
  QnAMakerRecognizer,
} from './index.ts'

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

test.each([luis, address])(
  'an application of LUIS is refused when it is asked, and the message names the successor',
  async (app) => {
    await expect(new LuisRecognizer(app).recognize('hello')).rejects.toMatchObject({
      code: 'DROPIN_UNSUPPORTED',
      message: expect.stringContaining('conversational language understanding (CLU)'),
    })
  },
)

test.each([
  knowledgeBase,
  { ...knowledgeBase, host: 'https://x.azurewebsites.net/qnamaker' },
  { ...knowledgeBase, host: 'https://x.cognitiveservices.azure.com/qnamaker/v5.0' },
])('a knowledge base of QnA Maker is refused when it is asked: %j', async (endpoint) => {
  const client = new QnAMaker(endpoint)
  const refusal = { code: 'DROPIN_UNSUPPORTED', message: expect.stringContaining('custom question answering') }
  await expect(client.getAnswers({} as never)).rejects.toMatchObject(refusal)
  await expect(client.callTrain({ feedbackRecords: [] })).rejects.toMatchObject(refusal)
  await expect(client.generateAnswer('x')).rejects.toMatchObject(refusal)
})

test.each([QnAMaker, CustomQuestionAnswering])('%p checks what it is made with, in the words of SDK v4', (Client) => {
  const make = (...parameters: unknown[]): object => Reflect.construct(Client, parameters)
  expect(() => make()).toThrow(new TypeError('QnAMaker requires valid QnAMakerEndpoint.'))
  for (const scoreThreshold of [2, -1, 'a']) {
    expect(() => make(knowledgeBase, { scoreThreshold })).toThrow(
      new TypeError(
        `"${scoreThreshold}" is an invalid scoreThreshold. QnAMakerOptions.scoreThreshold must have a value between 0 and 1.`,
      ),
    )
  }
  for (const top of [-1, 1.5, 'x']) {
    expect(() => make(knowledgeBase, { top })).toThrow(
      new RangeError(`"${top}" is an invalid top value. QnAMakerOptions.top must be an integer greater than 0.`),
    )
  }
})

test('LuisAdaptiveRecognizer cannot be made, as adaptive dialogs cannot', () => {
  expect(() => new LuisAdaptiveRecognizer()).toThrow(
    expect.objectContaining({ code: 'DROPIN_UNSUPPORTED', message: expect.stringMatching(/^LuisAdaptiveRecognizer /) }),
  )
})

test('the intent that means that there is an answer has the name of SDK v4', () => {
  expect(QnAMakerRecognizer.qnaMatchIntent).toBe('QnAMatch')
})
