import { ComponentDialog, DialogSet } from '@parley/botbuilder-dialogs'
import type { Dialog, DialogTurnResult } from '@parley/botbuilder-dialogs'
import { MessageFactory } from '@parley/core'
import type { Activity, OpenValue } from '@parley/core'
import { ConversationState, MemoryStorage, TestAdapter } from '@parley/sdk-v4/core'
import { answer, defaultAnswer, startKnowledgeBase } from '../test/knowledge-base.ts'
import type { KnowledgeBase } from '../test/knowledge-base.ts'
import { JoinOperator, QnAMakerClientKey, RankerTypes, ServiceType } from './constants.ts'
import { QnAMakerDialog } from './qna-maker-dialog.ts'
import type { QnASuggestionsActivityFactory } from './question-models.ts'

interface Turn {
  replies: Partial<Activity>[]
  texts: (string | undefined)[]
  result: DialogTurnResult
  /** What is stored of the dialog on top, as JSON. */
  state: OpenValue
}

interface Conversation {
  options?: object
  client?: object
}

let knowledgeBase: KnowledgeBase
afterEach(() => knowledgeBase.close())

/** A dialog that asks a knowledge base with these replies; `more` are the parameters after the host. */
async function dialogOver(replies: object[][], more: Record<number, unknown> = {}): Promise<QnAMakerDialog> {
  knowledgeBase = await startKnowledgeBase(...replies)
  const all: Record<number, unknown> = { 0: 'kb', 1: 'key', 2: knowledgeBase.host, 15: ServiceType.language, ...more }
  return Reflect.construct(
    QnAMakerDialog,
    Array.from({ length: 17 }, (_, index) => all[index]),
  )
}

async function converse(
  dialog: Dialog,
  activities: (string | Partial<Activity>)[],
  { options, client }: Conversation = {},
): Promise<Turn[]> {
  const state = new ConversationState(new MemoryStorage())
  const accessor = state.createProperty('dialogs')
  const dialogs = new DialogSet(accessor)
  dialogs.add(dialog)
  const adapter = new TestAdapter()
  const turns: Turn[] = []
  for (const activity of activities) {
    let result: DialogTurnResult | undefined
    let stored: OpenValue
    await adapter.processActivity(activity, async (context) => {
      if (client) context.turnState.set(QnAMakerClientKey, client)
      const dc = await dialogs.createContext(context)
      result = dc.activeDialog ? await dc.continueDialog() : await dc.beginDialog(dialog.id, options)
      await state.saveChanges(context)
      stored = (await accessor.get(context)).dialogStack.at(-1)?.state
    })
    const replies = adapter.activeQueue.splice(0)
    const texts = replies.map(({ text }) => text)
    turns.push({ replies, texts, result: result!, state: stored && JSON.parse(JSON.stringify(stored)) })
  }
  return turns
}

const near = [answer(1, 0.6), answer(2, 0.59), answer(3, 0.3)]
const buttonsOf = (turn: Turn | undefined): string[] =>
  (turn?.replies[0]?.attachments?.[0]?.content.buttons ?? []).map(({ title }: { title: string }) => title)
const responses = {
  activeLearningCardTitle: 'Did you mean:',
  cardNoMatchResponse: { type: 'message', text: 'Thanks for the feedback.', inputHint: 'acceptingInput' },
  cardNoMatchText: 'None of the above.',
  noAnswer: { type: 'message', text: '', inputHint: 'acceptingInput' },
  displayPreciseAnswerOnly: false,
}
const asked = {
  scoreThreshold: 0.3,
  top: 3,
  qnaId: 0,
  rankerType: 'Default',
  isTest: false,
  enablePreciseAnswer: true,
  includeUnstructuredSources: true,
  context: { previousQnAId: 0, previousUserQuery: '' },
}
const resultOf = (id: number, score: number, prompts: object[] = []): object => ({
  answer: `A${id}`,
  score,
  metadata: [],
  answerSpan: null,
  context: { prompts },
  id,
  questions: [`q${id}`, `alt${id}`],
  source: 's',
})

test('a sure answer is sent, and the dialog ends with it', async () => {
  const dialog = await dialogOver([[answer(1, 0.9), answer(2, 0.4)]])
  const [first, second] = await converse(dialog, ['hello', 'again'])
  expect(first).toMatchObject({ texts: ['A1'], result: { status: 'complete', result: [resultOf(1, 0.9)] } })
  expect(first?.state).toBeUndefined()
  expect(second?.texts).toEqual(['A1'])
  expect(knowledgeBase.questions).toMatchObject([{ question: 'hello' }, { question: 'again' }])
})

test('the first question is asked with the defaults of SDK v4', async () => {
  const dialog = await dialogOver([[answer(1, 0.9)]])
  await converse(dialog, ['hello'])
  expect(knowledgeBase.questions).toEqual([
    {
      question: 'hello',
      confidenceScoreThreshold: 0.3,
      top: 3,
      qnaId: 0,
      rankerType: 'Default',
      context: { previousQnaId: 0, previousUserQuery: '' },
      answerSpanRequest: { enable: true },
      includeUnstructuredSources: true,
      userId: 'user1',
    },
  ])
  expect([dialog.id, dialog.getVersion()]).toEqual(['QnAMakerDialog', 'QnAMakerDialog:4'])
})

const nope = MessageFactory.text('NOPE')
const picture = { type: 'message', attachments: [{ contentType: 'image/png', contentUrl: 'https://x.example/a' }] }
test.each<[string, object[], Record<number, unknown>, object | undefined, Partial<Activity>]>([
  ['the default answer of the service', [defaultAnswer], {}, undefined, { text: 'No answer found' }],
  ['a text of SDK v4', [], {}, undefined, { text: 'No QnAMaker answers found.' }],
  ['noAnswer', [], { 3: nope }, undefined, { text: 'NOPE' }],
  ['noAnswer before the default answer', [defaultAnswer], { 3: nope }, undefined, { text: 'NOPE' }],
  ['noAnswer of the call', [], {}, { qnaDialogResponseOptions: { noAnswer: nope } }, { text: 'NOPE' }],
  ['noAnswer without a text', [defaultAnswer], { 3: picture }, undefined, { attachments: picture.attachments }],
])('without an answer the user gets %s', async (_, answers, more, options, wanted) => {
  const dialog = await dialogOver([answers], more)
  const [turn] = await converse(dialog, ['hello'], options ? { options } : {})
  expect(turn?.replies).toMatchObject([wanted])
  expect(turn?.result.status).toBe('complete')
})

test('answers that lie close together become a card, and the state is that of SDK v4', async () => {
  const dialog = await dialogOver([near])
  const [turn] = await converse(dialog, ['hello'])
  const best = [resultOf(1, 0.6), resultOf(2, 0.59)]
  expect(turn?.result).toEqual({ status: 'waiting' })
  expect(buttonsOf(turn)).toEqual(['q1', 'q2', 'None of the above.'])
  expect(turn?.state).toEqual({
    options: { qnaDialogResponseOptions: responses, qnaMakerOptions: asked },
    values: {
      instanceId: expect.any(String),
      currentQuery: 'hello',
      qnaData: [...best, resultOf(3, 0.3)],
      turnQnaresult: best,
    },
    stepIndex: 0,
    previousQnAId: -1,
    suggestedQuestions: ['q1', 'q2'],
  })
})

test('the question chosen from the card is answered, and told to the service', async () => {
  const dialog = await dialogOver([near])
  const [, turn] = await converse(dialog, ['hello', 'q2'])
  expect(turn).toMatchObject({ texts: ['A2'], result: { status: 'complete', result: [resultOf(2, 0.59)] } })
  expect(knowledgeBase.questions).toHaveLength(1)
  expect(knowledgeBase.feedback).toEqual([{ userId: expect.any(String), userQuestion: 'hello', qnaId: 2 }])
})

test('none of the questions on the card ends the dialog without a result', async () => {
  const dialog = await dialogOver([near])
  const [, turn] = await converse(dialog, ['hello', 'None of the above.'])
  expect(turn?.texts).toEqual(['Thanks for the feedback.'])
  expect(turn?.result).toEqual({ status: 'complete' })
  expect(knowledgeBase.feedback).toEqual([])
})

test.each(['something', 'Q2', 'none of the above.'])('%j in place of a choice is asked, once', async (text) => {
  const dialog = await dialogOver([near, [answer(9, 0.9)]])
  const [, turn] = await converse(dialog, ['hello', text])
  expect(turn).toMatchObject({ texts: ['A9'], result: { status: 'complete' } })
  expect(knowledgeBase.questions.map(({ question }) => question)).toEqual(['hello', text])
})

test.each([
  ['far above the others', [answer(1, 0.9), answer(2, 0.3)]],
  ['almost certain', [answer(1, 0.96), answer(2, 0.95)]],
  ['unlikely', [answer(1, 0.2), answer(2, 0.19)]],
])('there is no card when the best answer is %s', async (_, answers) => {
  const dialog = await dialogOver([answers])
  expect((await converse(dialog, ['hello']))[0]?.texts).toEqual(['A1'])
})

test('an answer with prompts waits for one, and the state is that of SDK v4', async () => {
  const dialog = await dialogOver([[answer(1, 0.9, { p1: 5, p2: 6 })]])
  const [turn] = await converse(dialog, ['hello'])
  expect(turn?.texts).toEqual(['A1'])
  expect(buttonsOf(turn)).toEqual(['p1', 'p2'])
  const prompts = [
    { displayOrder: 0, displayText: 'p1', qna: null, qnaId: 5 },
    { displayOrder: 1, displayText: 'p2', qna: null, qnaId: 6 },
  ]
  expect(turn?.state).toEqual({
    options: { qnaDialogResponseOptions: responses, qnaMakerOptions: asked },
    values: { instanceId: expect.any(String), currentQuery: 'hello', qnaData: [resultOf(1, 0.9, prompts)] },
    stepIndex: 2,
    previousQnAId: 1,
    previousContextData: { p1: 5, p2: 6 },
  })
})

test.each([
  ['p2', 6],
  ['P2', 0],
  ['constructor', 0],
])('after prompts %j asks for answer %d in the context of the last one', async (text, qnaId) => {
  const dialog = await dialogOver([[answer(1, 0.9, { p1: 5, p2: 6 })], [answer(6, 0.9)]])
  const [, turn] = await converse(dialog, ['hello', text])
  expect(knowledgeBase.questions[1]).toMatchObject({ question: text, qnaId, context: { previousQnaId: 1 } })
  expect(turn).toMatchObject({ texts: ['A6'], result: { status: 'complete' } })
})

test('prompts follow prompts, and then the context is forgotten', async () => {
  const dialog = await dialogOver([[answer(1, 0.9, { p1: 5 })], [answer(5, 0.9, { p7: 7 })], [answer(7, 0.9)]])
  const turns = await converse(dialog, ['hello', 'p1', 'p7', 'else'])
  expect(turns.map(({ texts }) => texts)).toEqual([['A1'], ['A5'], ['A7'], ['A7']])
  expect(turns[1]?.state).toMatchObject({ previousQnAId: 5, previousContextData: { p7: 7 } })
  expect(knowledgeBase.questions.map(({ qnaId, context }) => [qnaId, context.previousQnaId])).toEqual([
    [0, 0],
    [5, 1],
    [7, 5],
    [0, 0],
  ])
})

test('a question chosen from the card may have prompts of its own', async () => {
  const dialog = await dialogOver([[answer(1, 0.6, { p1: 5 }), answer(2, 0.59)], [answer(5, 0.8)]])
  const turns = await converse(dialog, ['hello', 'q1', 'p1'])
  expect(turns.map(({ texts }) => texts)).toEqual([[undefined], ['A1'], ['A5']])
  expect(knowledgeBase.questions).toMatchObject([{ qnaId: 0 }, { question: 'p1', qnaId: 5 }])
})

test('the text of no match ends the dialog after prompts as well', async () => {
  const dialog = await dialogOver([[answer(1, 0.9, { p1: 5 })]])
  const [, turn] = await converse(dialog, ['hello', 'None of the above.'])
  expect(turn).toMatchObject({ texts: ['Thanks for the feedback.'], result: { status: 'complete' } })
})

test('every parameter of the constructor counts', async () => {
  const more = {
    4: 0.7,
    5: 'Title',
    6: 'NM',
    7: 5,
    8: MessageFactory.text('RESP'),
    9: RankerTypes.questionOnly,
    10: [{ name: 'a', value: 'b' }],
    11: 'myid',
    12: JoinOperator.OR,
    13: false,
  }
  const dialog = await dialogOver([near], more)
  const [first, second] = await converse(dialog, ['hello', 'NM'])
  expect(dialog.id).toBe('myid')
  expect(knowledgeBase.questions[0]).toMatchObject({
    confidenceScoreThreshold: 0.7,
    top: 5,
    rankerType: 'QuestionOnly',
    filters: { metadataFilter: { metadata: [{ key: 'a', value: 'b' }], logicalOperation: 'OR' } },
  })
  expect(knowledgeBase.questions[0]).not.toHaveProperty('answerSpanRequest')
  expect(first?.replies[0]?.attachments?.[0]?.content.title).toBe('Title')
  expect(buttonsOf(first)).toEqual(['q1', 'q2', 'NM'])
  expect(second?.texts).toEqual(['RESP'])
})

test('a program may make the activity that asks which question was meant', async () => {
  const factory: QnASuggestionsActivityFactory = (questions, noMatch) =>
    MessageFactory.suggestedActions([...questions, noMatch], 'choose')
  const dialog = await dialogOver([near], { 5: factory, 6: 'neither' })
  const [first, second] = await converse(dialog, ['hello', 'neither'])
  expect(first?.texts).toEqual(['choose'])
  expect(first?.replies[0]?.suggestedActions?.actions.map(({ title }) => title)).toEqual(['q1', 'q2', 'neither'])
  expect(second?.texts).toEqual(['Thanks for the feedback.'])
})

const precise = answer(1, 0.9, {}, { answerSpan: { text: 'SPAN', confidenceScore: 0.8, offset: 1, length: 4 } })
test.each([
  [false, [{ contentType: 'application/vnd.microsoft.card.hero', content: { title: 'A1', text: 'A1', buttons: [] } }]],
  [true, undefined],
])('with displayPreciseAnswerOnly %p the precise answer comes with %j', async (only, attachments) => {
  const dialog = await dialogOver([[precise]], { 14: only })
  const [turn] = await converse(dialog, ['hello'])
  expect(turn?.texts).toEqual(['SPAN'])
  expect(turn?.replies[0]?.attachments).toEqual(attachments)
})

test('cards for Teams are Adaptive Cards', async () => {
  const dialog = await dialogOver([[answer(1, 0.9, { p1: 5 })]], { 16: true })
  const [turn] = await converse(dialog, ['hello'])
  expect(turn?.replies[0]?.attachments?.[0]?.contentType).toBe('application/vnd.microsoft.card.adaptive')
})

test('what the call gives goes before the properties, and what it leaves out has defaults', async () => {
  const dialog = await dialogOver([near])
  const options = { qnaMakerOptions: { top: 9, scoreThreshold: 0.1 }, qnaDialogResponseOptions: {}, foo: 1 }
  const [turn] = await converse(dialog, ['hello'], { options })
  expect(knowledgeBase.questions[0]).toMatchObject({ top: 9, confidenceScoreThreshold: 0.1 })
  expect(buttonsOf(turn)).toEqual(['q1', 'q2', 'None of the above.'])
  expect(turn?.state.options).toMatchObject({ foo: 1 })
  expect(options.qnaMakerOptions).toEqual({ top: 9, scoreThreshold: 0.1 })
})

test('properties set after construction count, as plain values or from configuration', async () => {
  const dialog = await dialogOver([[defaultAnswer]])
  dialog.isTest = true
  Object.assign(dialog, { top: 4 })
  dialog.configure({ threshold: 0.2, noAnswer: 'nothing', strictFilters: [{ name: 'q', value: 'w' }] })
  const [turn] = await converse(dialog, ['hello'])
  expect(turn?.texts).toEqual(['nothing'])
  expect(knowledgeBase.deployments).toEqual(['test'])
  expect(knowledgeBase.questions[0]).toMatchObject({
    top: 4,
    confidenceScoreThreshold: 0.2,
    filters: { metadataFilter: { metadata: [{ key: 'q', value: 'w' }] } },
  })
})

test('a setting may be a path in what the dialog knows; more of an expression is refused', async () => {
  const dialog = await dialogOver([[answer(1, 0.9)]])
  dialog.configure({ top: '=turn.activity.value' })
  await converse(dialog, [{ type: 'message', text: 'hello', value: 8 }])
  expect(knowledgeBase.questions[0]).toMatchObject({ top: 8 })
  expect(() => dialog.configure({ top: '=1 + 2' })).toThrow(expect.objectContaining({ code: 'DROPIN_UNSUPPORTED' }))
})

test('the client of the turn goes before the service, and decides whether there is active learning', async () => {
  const dialog = await dialogOver([[]])
  const answers = [
    { questions: ['a'], answer: 'X', score: 0.6, id: 1 },
    { questions: ['b'], answer: 'Y', score: 0.59, id: 2 },
  ]
  const client = {
    getAnswersRaw: async () => ({ activeLearningEnabled: false, answers }),
    getLowScoreVariation: () => answers,
  }
  const [turn] = await converse(dialog, ['hello'], { client })
  expect(turn).toMatchObject({ texts: ['X'], result: { result: [answers[0]] } })
  expect(knowledgeBase.questions).toEqual([])
})

test('a turn that is no message ends the dialog at its beginning, and leaves it waiting later', async () => {
  const dialog = await dialogOver([near])
  const event = { type: 'event', name: 'x' }
  const turns = await converse(dialog, [event, 'hello', event, 'q1'])
  expect(turns.map(({ result }) => result.status)).toEqual(['complete', 'waiting', 'waiting', 'complete'])
  expect(turns.map(({ texts }) => texts)).toEqual([[], [undefined], [], ['A1']])
})

test('it works inside of a component, and subclasses override how answers are shown', async () => {
  class Plain extends QnAMakerDialog {
    protected override async getQnAResponseOptions(
      ...parameters: Parameters<QnAMakerDialog['getQnAResponseOptions']>
    ): ReturnType<QnAMakerDialog['getQnAResponseOptions']> {
      return { ...(await super.getQnAResponseOptions(...parameters)), cardNoMatchText: 'no' }
    }
  }
  knowledgeBase = await startKnowledgeBase(near)
  const dialog = new Plain('kb', '', knowledgeBase.host).withEndpointKey('key')
  dialog.qnaServiceType = ServiceType.language
  const component = new ComponentDialog('component').addDialog(dialog)
  const turns = await converse(component, ['hello', 'q2'])
  expect(buttonsOf(turns[0])).toEqual(['q1', 'q2', 'no'])
  expect(turns[1]).toMatchObject({ texts: ['A2'], result: { status: 'complete' } })
})

test('a knowledge base of QnA Maker is refused when it is asked', async () => {
  const dialog = await dialogOver([[]], { 15: undefined })
  await expect(converse(dialog, ['hello'])).rejects.toThrow('custom question answering')
})

test.each([
  ['withEndpointKey', 'EndpointKey cannot be null or empty.'],
  ['withManagedIdentityClientId', 'ManagedIdentityClientId cannot be null or empty.'],
] as const)('%s refuses nothing, in the words of SDK v4', async (method, message) => {
  const dialog = await dialogOver([[]])
  expect(() => dialog[method]('')).toThrow(new Error(message))
  expect(dialog[method]('x')).toBe(dialog)
})
