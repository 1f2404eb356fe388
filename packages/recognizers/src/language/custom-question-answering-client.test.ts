import { TestAdapter } from '@parley/testing'
import { KEY, closeAfterEach, json, raw, refusal, startLanguageService } from '../../test/fake-language-service.ts'
import type { Answer, FakeLanguageService } from '../../test/fake-language-service.ts'
import { CustomQuestionAnsweringClient } from './custom-question-answering-client.ts'
import type { QuestionOptions } from './custom-question-answering-client.ts'

const closing = closeAfterEach()

const knowledge = {
  answers: [
    {
      questions: ['How long does it take to charge?', 'Battery'],
      answer: 'Power and charging. It takes two to four hours.',
      confidenceScore: 0.65,
      id: 20,
      source: 'manual.pdf',
      metadata: { category: 'api', editorial: 'chitchat' },
      dialog: {
        isContextOnly: true,
        prompts: [
          { displayOrder: 1, qnaId: 12, displayText: 'Second' },
          { displayOrder: 0, qnaId: 11, displayText: 'First' },
        ],
      },
      answerSpan: { text: 'two to four hours', confidenceScore: 0.3, offset: 29, length: 17 },
    },
    { answer: 'Short.', id: 21 },
  ],
}

interface Setup {
  readonly service: FakeLanguageService
  readonly client: CustomQuestionAnsweringClient
}

async function setUp(...script: Answer[]): Promise<Setup> {
  const service = closing(await startLanguageService(...script))
  const settings = { endpoint: service.endpoint, projectName: 'my faq', deploymentName: 'production', key: KEY }
  return { service, client: closing(new CustomQuestionAnsweringClient(settings)) }
}

test('a question is asked as the specification says, and answered in the shape of QnA Maker', async () => {
  const { service, client } = await setUp(json(200, knowledge))
  expect(await client.getAnswers('  how long? ')).toEqual([
    {
      id: 20,
      answer: 'Power and charging. It takes two to four hours.',
      score: 0.65,
      questions: ['How long does it take to charge?', 'Battery'],
      source: 'manual.pdf',
      metadata: [
        { name: 'category', value: 'api' },
        { name: 'editorial', value: 'chitchat' },
      ],
      context: {
        isContextOnly: true,
        prompts: [
          { displayOrder: 0, qnaId: 11, displayText: 'First' },
          { displayOrder: 1, qnaId: 12, displayText: 'Second' },
        ],
      },
      answerSpan: { text: 'two to four hours', score: 0.3, startIndex: 29, endIndex: 46 },
    },
    {
      id: 21,
      answer: 'Short.',
      score: 0,
      questions: [],
      source: '',
      metadata: [],
      context: { isContextOnly: false, prompts: [] },
    },
  ])
  const [{ method, url, headers, body } = {} as never] = service.received
  expect(`${method} ${url.pathname}`).toBe('POST /language/:query-knowledgebases')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    projectName: 'my faq',
    deploymentName: 'production',
    'api-version': '2023-04-01',
  })
  expect(headers).toMatchObject({ 'ocp-apim-subscription-key': KEY })
  expect(body).toEqual({ question: 'how long?', top: 1, confidenceScoreThreshold: 0.3 })
})

test.each<[QuestionOptions, object]>([
  [
    { top: 5, scoreThreshold: 0 },
    { top: 5, confidenceScoreThreshold: 0 },
  ],
  [{ preciseAnswer: true }, { answerSpanRequest: { enable: true } }],
  [
    { qnaId: 11, context: { previousQnaId: 20, previousUserQuery: 'how long' } },
    { qnaId: 11, context: { previousQnaId: 20, previousUserQuery: 'how long' } },
  ],
  [
    { rankerType: 'QuestionOnly', includeUnstructuredSources: true, userId: 'me' },
    { rankerType: 'QuestionOnly', includeUnstructuredSources: true, userId: 'me' },
  ],
  [
    {
      filters: {
        metadataFilter: { metadata: [{ key: 'a', value: 'b' }], logicalOperation: 'OR' },
        sourceFilter: ['s'],
        logicalOperation: 'AND',
      },
    },
    {
      filters: {
        metadataFilter: { metadata: [{ key: 'a', value: 'b' }], logicalOperation: 'OR' },
        sourceFilter: ['s'],
        logicalOperation: 'AND',
      },
    },
  ],
])('with %j the body has %j', async (options, body) => {
  const { service, client } = await setUp(json(200, knowledge))
  await client.getAnswers('q', options)
  expect(service.received).toMatchObject([{ body }])
})

test('another deployment may be asked', async () => {
  const { service, client } = await setUp(json(200, knowledge), refusal(404, 'NotFound'))
  await client.getAnswers('q', { deploymentName: 'test' })
  expect(service.received[0]?.url.searchParams.get('deploymentName')).toBe('test')
  expect(service.received[0]?.body).not.toHaveProperty('deploymentName')
  await expect(client.getAnswers('q', { deploymentName: 'test' })).rejects.toThrow(/a deployment "test"/)
})

test('of a turn the text and the sender are taken', async () => {
  const { service, client } = await setUp(json(200, knowledge))
  const adapter = new TestAdapter(async (context) => void (await client.getAnswers(context)))
  await adapter.receiveActivity({ type: 'message', text: 'how long', from: { id: 'user', name: 'U' } })
  await adapter.receiveActivity({ type: 'event', name: 'x' })
  expect(service.received).toMatchObject([{ body: { question: 'how long', userId: 'user' } }])
})

test('that there is no answer is no answer', async () => {
  const { client } = await setUp(
    json(200, { answers: [{ questions: [], answer: 'No answer found', confidenceScore: 0, id: -1 }] }),
  )
  expect(await client.getAnswers('q')).toEqual([])
  expect(await client.getAnswers('q', { includeDefaultAnswer: true })).toMatchObject([
    { id: -1, answer: 'No answer found' },
  ])
})

test('without a question nothing is asked, unless an answer is wanted by its id', async () => {
  const { service, client } = await setUp(json(200, knowledge))
  expect(await client.getAnswers('  ')).toEqual([])
  expect(service.received).toEqual([])
  expect(await client.getAnswers('', { qnaId: 20 })).toHaveLength(2)
  expect(service.received).toMatchObject([{ body: { qnaId: 20 } }])
})

test('of 10 MB of question 10,000 characters are sent', async () => {
  const { service, client } = await setUp(json(200, knowledge))
  await client.getAnswers('long '.repeat(2_000_000))
  expect(JSON.stringify(service.received[0]?.body).length).toBeLessThan(10_200)
})

test.each<[QuestionOptions, RegExp]>([
  [{ top: 0 }, /"top"/],
  [{ top: 1.5 }, /"top"/],
  [{ scoreThreshold: 2 }, /"scoreThreshold"/],
  [{ scoreThreshold: NaN }, /"scoreThreshold"/],
])('%j is refused', async (options, message) => {
  const { client } = await setUp(json(200, knowledge))
  await expect(client.getAnswers('q', options)).rejects.toMatchObject({
    code: 'RECOGNIZERS_OPTION',
    message: expect.stringMatching(message),
  })
})

test.each<[Answer, string]>([
  [refusal(401, 'Unauthorized'), 'RECOGNIZERS_REFUSED'],
  [refusal(429, 'TooManyRequests', { 'retry-after': '99' }), 'RECOGNIZERS_THROTTLED'],
  [json(200, {}), 'RECOGNIZERS_ANSWER_INVALID'],
  [json(200, { answers: 'many' }), 'RECOGNIZERS_ANSWER_INVALID'],
])('trouble is told with a code: %#', async (answer, code) => {
  const { client } = await setUp(answer)
  await expect(client.getAnswers('q')).rejects.toMatchObject({ code, operation: 'getAnswers' })
})

test('feedback goes where the specification says, and none is not sent', async () => {
  const { service, client } = await setUp(raw(204, ''))
  const records = [{ qnaId: 1, userId: 'u', userQuestion: 'hi' }]
  await client.sendFeedback(records)
  await client.sendFeedback([])
  expect(service.received).toHaveLength(1)
  expect(service.received[0]?.url.href).toBe(
    'http://service.test/language/authoring/query-knowledgebases/projects/my%20faq/feedback?api-version=2023-04-01',
  )
  expect(service.received[0]?.body).toEqual({ records })
})
