import { inspect } from 'node:util'
import { startLanguageService } from '../test/language-service.ts'
import type { LanguageService } from '../test/language-service.ts'
import { recordEvents, turnWith } from '../test/turn.ts'
import { CustomQuestionAnswering, QnAMaker } from './question-clients.ts'
import type { QnAMakerOptions } from './question-models.ts'

const KEY = '048ec46dc58e495482b0c447cfdbd291'
const answers = {
  answers: [
    {
      questions: ['q1'],
      answer: 'A1',
      confidenceScore: 0.9,
      id: 3,
      source: 'ed',
      metadata: { k: 'v' },
      dialog: { isContextOnly: false, prompts: [{ displayOrder: 0, qnaId: 4, displayText: 'more' }] },
      answerSpan: { text: 'A', confidenceScore: 0.5, offset: 0, length: 1 },
    },
    {
      questions: ['q2'],
      answer: 'A2',
      confidenceScore: 0.2,
      id: 4,
      source: 'ed',
      metadata: {},
      dialog: { isContextOnly: false, prompts: [] },
    },
  ],
}
/** What botbuilder-ai 4.23.3 makes of them. */
const wanted = [
  {
    answer: 'A1',
    score: 0.9,
    metadata: [{ name: 'k', value: 'v' }],
    answerSpan: { text: 'A', score: 0.5, startIndex: 0, endIndex: 0 },
    context: { prompts: [{ displayOrder: 0, displayText: 'more', qna: null, qnaId: 4 }] },
    id: 3,
    questions: ['q1'],
    source: 'ed',
  },
  {
    answer: 'A2',
    score: 0.2,
    metadata: [],
    answerSpan: null,
    context: { prompts: [] },
    id: 4,
    questions: ['q2'],
    source: 'ed',
  },
]

let service: LanguageService
beforeEach(async () => {
  service = await startLanguageService(200, answers)
})
afterEach(() => service.close())

const endpoint = (): { knowledgeBaseId: string; endpointKey: string; host: string; qnaServiceType: 'Language' } => ({
  knowledgeBaseId: 'proj',
  endpointKey: KEY,
  host: service.host,
  qnaServiceType: 'Language',
})

test.each([QnAMaker, CustomQuestionAnswering])(
  '%p asks and answers as SDK v4 did, with trace and telemetry',
  async (Client) => {
    const { client: telemetry, events } = recordEvents()
    const client = new Client(endpoint(), { scoreThreshold: 0.5, top: 3 }, telemetry, true)
    const { context, sent } = turnWith(' hello ')
    expect(await client.getAnswers(context, undefined, { p: '1' }, { m: 2 })).toEqual(wanted)
    const [{ url, headers, body } = {} as never] = service.received
    expect(url.pathname).toBe('/language/:query-knowledgebases')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ projectName: 'proj', deploymentName: 'production' })
    expect(headers).toMatchObject({ 'ocp-apim-subscription-key': KEY })
    expect(body).toEqual({
      question: 'hello',
      confidenceScoreThreshold: 0.5,
      top: 3,
      rankerType: 'Default',
      answerSpanRequest: { enable: true },
      includeUnstructuredSources: true,
      userId: 'u',
    })
    expect(sent).toMatchObject([
      {
        type: 'trace',
        valueType: 'https://www.qnamaker.ai/schemas/trace',
        name: 'QnAMaker',
        label: 'QnAMaker Trace',
        value: {
          message: { text: ' hello ' },
          queryResults: wanted,
          knowledgeBaseId: 'proj',
          scoreThreshold: 0.5,
          top: 3,
          strictFilters: [],
          metadataBoost: [],
        },
      },
    ])
    expect(events).toEqual([
      {
        name: 'QnaMessage',
        properties: {
          knowledgeBaseId: 'proj',
          question: ' hello ',
          username: 'User',
          matchedQuestion: '["q1"]',
          questionId: '3',
          answer: 'A1',
          articleFound: 'true',
          p: '1',
        },
        metrics: { score: 0.9, m: 2 },
      },
    ])
  },
)

test.each<[QnAMakerOptions, object]>([
  [{ top: 0 }, { top: 1 }],
  [{ includeUnstructuredSources: false }, { includeUnstructuredSources: false }],
  [
    { rankerType: 'QuestionOnly', qnaId: 7, userId: 'me' },
    { rankerType: 'QuestionOnly', qnaId: 7, userId: 'me' },
  ],
  [
    { context: { previousQnAId: 2, previousUserQuery: 'pq' } },
    { context: { previousQnaId: 2, previousUserQuery: 'pq' } },
  ],
  [
    { strictFilters: [{ name: 'a', value: 'b' }], strictFiltersJoinOperator: 'OR' },
    { filters: { metadataFilter: { metadata: [{ key: 'a', value: 'b' }], logicalOperation: 'OR' } } },
  ],
  [
    {
      filters: {
        metadataFilter: { metadata: [{ key: 'x', value: 'y' }], logicalOperation: 'AND' },
        sourceFilter: ['s'],
        logicalOperation: 'OR',
      },
    },
    {
      filters: {
        metadataFilter: { metadata: [{ key: 'x', value: 'y' }], logicalOperation: 'AND' },
        sourceFilter: ['s'],
        logicalOperation: 'OR',
      },
    },
  ],
])('the options %j become %j', async (options, body) => {
  await new CustomQuestionAnswering(endpoint()).getAnswers(turnWith('hi').context, options)
  expect(service.received).toMatchObject([{ body }])
})

test('without enablePreciseAnswer none is asked for', async () => {
  await new CustomQuestionAnswering(endpoint()).getAnswers(turnWith('hi').context, { enablePreciseAnswer: false })
  expect(service.received[0]?.body).not.toHaveProperty('answerSpanRequest')
})

test('isTest asks the deployment for tests', async () => {
  await new CustomQuestionAnswering(endpoint()).getAnswers(turnWith('hi').context, { isTest: true })
  expect(service.received[0]?.url.searchParams.get('deploymentName')).toBe('test')
})

test('the raw answers say that the service learns', async () => {
  const client = new CustomQuestionAnswering(endpoint())
  const raw = { answers: wanted, activeLearningEnabled: true }
  expect(await client.getAnswersRaw(turnWith('hi').context)).toEqual(raw)
  expect(await client.getKnowledgebaseAnswersRaw(turnWith('hi').context)).toEqual(raw)
  expect(await new QnAMaker(endpoint()).getLegacyAnswersRaw(turnWith('hi').context)).toEqual(raw)
})

test('what a project says when it has no answer is an answer, as in SDK v4; nothing is none', async () => {
  await service.close()
  service = await startLanguageService(200, {
    answers: [{ id: -1, answer: 'No good match found in KB', confidenceScore: 0, questions: [] }],
  })
  const client = new CustomQuestionAnswering(endpoint())
  expect(await client.getAnswers(turnWith('hi').context)).toMatchObject([
    { id: -1, answer: 'No good match found in KB', score: 0 },
  ])
})

test('no answer is reported as in SDK v4', async () => {
  await service.close()
  service = await startLanguageService(200, { answers: [] })
  const { client: telemetry, events } = recordEvents()
  expect(await new QnAMaker(endpoint(), {}, telemetry).getAnswers(turnWith('hi').context)).toEqual([])
  expect(events).toEqual([
    {
      name: 'QnaMessage',
      properties: {
        knowledgeBaseId: 'proj',
        matchedQuestion: 'No Qna Question matched',
        questionId: 'No Qna Question Id matched',
        answer: 'No Qna Answer matched',
        articleFound: 'false',
      },
      metrics: {},
    },
  ])
})

test('without a context or a question it is told as in SDK v4', async () => {
  const [maker, answering] = [new QnAMaker(endpoint()), new CustomQuestionAnswering(endpoint())]
  const nothing = undefined as never
  await expect(maker.getAnswers(nothing)).rejects.toThrow('QnAMaker.getAnswers() requires a TurnContext.')
  await expect(maker.getAnswersRaw(nothing)).rejects.toThrow('QnAMaker.getAnswersRaw() requires a TurnContext.')
  await expect(maker.answer(nothing)).rejects.toThrow('QnAMaker.answer() requires a TurnContext.')
  await expect(answering.getAnswers(nothing)).rejects.toThrow('QnAMaker.getAnswers() requires a TurnContext.')
  await expect(answering.getAnswersRaw(nothing)).rejects.toThrow(
    'CustomQuestionAnswering.getAnswersRaw() requires a TurnContext.',
  )
  await expect(answering.getAnswers(turnWith(' ').context)).rejects.toThrow(
    new RangeError('Question cannot be null or empty text'),
  )
  expect(await maker.getAnswers(turnWith(' ').context)).toEqual([])
  expect(service.received).toEqual([])
})

test('answer() sends the best answer, and generateAnswer() gives all', async () => {
  const maker = new QnAMaker(endpoint())
  const { context, sent } = turnWith('hi')
  expect(await maker.answer(context)).toBe(true)
  expect(sent).toMatchObject([{ type: 'trace' }, { type: 'message', text: 'A1' }])
  expect(await maker.generateAnswer('hi', 2)).toEqual(wanted)
  expect(service.received.at(-1)).toMatchObject({ body: { question: 'hi', top: 2 } })
  expect(await maker.generateAnswer('')).toEqual([])
})

test('feedback is sent with ids that are numbers', async () => {
  const client = new CustomQuestionAnswering(endpoint())
  await client.callTrain({ feedbackRecords: [{ userId: 'u', userQuestion: 'q', qnaId: '3' }] })
  await client.callTrain({ feedbackRecords: [] })
  expect(service.received).toMatchObject([
    {
      url: { pathname: '/language/authoring/query-knowledgebases/projects/proj/feedback' },
      body: { records: [{ userId: 'u', userQuestion: 'q', qnaId: 3 }] },
    },
  ])
  await expect(client.callTrain(undefined as never)).rejects.toThrow(new TypeError('Feedback records can not be null.'))
})

test('without a key the message says what to do, and the key is in no print', async () => {
  const identity = { ...endpoint(), endpointKey: '', managedIdentityClientId: 'x' }
  await expect(new CustomQuestionAnswering(identity).getAnswers(turnWith('hi').context)).rejects.toMatchObject({
    code: 'DROPIN_UNSUPPORTED',
    message: expect.stringContaining('Give a key'),
  })
  const client = new CustomQuestionAnswering(endpoint())
  await client.getAnswers(turnWith('hi').context)
  expect(inspect(client, { depth: 20, showHidden: true })).not.toContain(KEY)
})
