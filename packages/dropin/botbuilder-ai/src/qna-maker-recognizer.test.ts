import { DialogSet } from '@parley/botbuilder-dialogs'
import type { DialogContext } from '@parley/botbuilder-dialogs'
import type { RecognizerResult } from '@parley/dialogs'
import { ConversationState, MemoryStorage, TestAdapter } from '@parley/sdk-v4/core'
import { answer, startKnowledgeBase } from '../test/knowledge-base.ts'
import type { KnowledgeBase } from '../test/knowledge-base.ts'
import { recordEvents } from '../test/turn.ts'
import { ServiceType } from './constants.ts'
import { QnAMaker } from './question-clients.ts'
import { QnAMakerRecognizer } from './qna-maker-recognizer.ts'

/** A recognizer of a project on loopback, which no host tells from QnA Maker. */
class LocalRecognizer extends QnAMakerRecognizer {
  protected override getQnAMaker(dc: DialogContext): QnAMaker {
    const host = this.hostname.getValue(dc.state)
    return new QnAMaker({ knowledgeBaseId: 'kb', endpointKey: 'key', host, qnaServiceType: ServiceType.language })
  }
}

let knowledgeBase: KnowledgeBase
afterEach(() => knowledgeBase.close())

async function recognizerOf(...answers: object[]): Promise<LocalRecognizer> {
  knowledgeBase = await startKnowledgeBase(answers)
  return new LocalRecognizer(knowledgeBase.host, 'kb', 'key')
}

async function recognize(recognizer: QnAMakerRecognizer, text: string, active?: string): Promise<RecognizerResult> {
  const dialogs = new DialogSet(new ConversationState(new MemoryStorage()).createProperty('dialogs'))
  let result: RecognizerResult | undefined
  await new TestAdapter().processActivity({ type: 'message', text }, async (context) => {
    const dc = await dialogs.createContext(context)
    if (active) dc.stack.push({ id: active, state: {} })
    result = await recognizer.recognize(dc, context.activity)
  })
  return result!
}

test('an answer is an intent, an entity and the list of answers, as in SDK v4', async () => {
  const result = await recognize(await recognizerOf(answer(1, 0.5), answer(2, 0.9)), 'what')
  const best = { answer: 'A2', score: 0.9, id: 2, startIndex: 0, endIndex: 4 }
  expect(result).toMatchObject({
    text: 'what',
    intents: { QnAMatch: { score: 0.9 } },
    entities: { answer: ['A2'], $instance: { answer: [best] } },
    answers: [{ answer: 'A1' }, best],
  })
  expect(result['answers'][0]).not.toHaveProperty('startIndex')
})

test.each([
  ['intent=foo', 'foo'],
  ['Intent=Foo bar ', 'Foo bar'],
  ['no intent=foo', 'QnAMatch'],
])('the answer %j means the intent %s', async (text, intent) => {
  const { intents } = await recognize(await recognizerOf(answer(1, 0.8, {}, { answer: text })), 'what')
  expect(intents).toEqual({ [intent]: { score: 0.8 } })
})

test.each([
  ['what', 1],
  ['', 0],
])('%j without an answer is no intent, and asked %d times', async (text, times) => {
  const result = await recognize(await recognizerOf(), text)
  expect(result).toEqual({ text, intents: { None: { score: 1 } }, entities: {} })
  expect(knowledgeBase.questions).toHaveLength(times)
})

test('answers are filtered by the active dialog and by metadata', async () => {
  const recognizer = await recognizerOf(answer(1, 0.8))
  recognizer.configure({ metadata: [{ name: 'a', value: 'b' }], top: 5, threshold: 0.1, qnaId: 4 })
  await recognize(recognizer, 'what', 'root')
  recognizer.configure({ includeDialogNameInMetadata: false })
  await recognize(recognizer, 'what', 'root')
  const own = { key: 'a', value: 'b' }
  expect(knowledgeBase.questions).toMatchObject([
    { top: 5, confidenceScoreThreshold: 0.1, qnaId: 4, rankerType: 'Default' },
    { filters: { metadataFilter: { metadata: [own] } } },
  ])
  expect(knowledgeBase.questions[0].filters.metadataFilter.metadata).toEqual([
    own,
    { key: 'dialogName', value: 'root' },
  ])
})

test('telemetry has what the user said only with logPersonalInformation', async () => {
  const recognizer = await recognizerOf(answer(1, 0.8))
  const { client, events } = recordEvents()
  recognizer.telemetryClient = Object.assign(Object.create({ constructor: Object }), client)
  await recognize(recognizer, 'what')
  recognizer.configure({ logPersonalInformation: true })
  await recognize(recognizer, 'what')
  expect(events.map(({ name }) => name)).toEqual(['QnAMakerRecognizerResult', 'QnAMakerRecognizerResult'])
  expect(events[0]?.properties).toMatchObject({ TopIntent: 'QnAMatch', TopIntentScore: '0.8' })
  expect(events.map(({ properties }) => properties?.['Text'])).toEqual([undefined, 'what'])
})
