import { NullTelemetryClient } from '@parley/core'
import type { BotTelemetryClient, TurnContext } from '@parley/core'
import type { CustomQuestionAnsweringClient } from '@parley/recognizers'
import { ActiveLearningUtils } from './active-learning.ts'
import { QNAMAKER_TRACE_LABEL, QNAMAKER_TRACE_NAME, QNAMAKER_TRACE_TYPE } from './constants.ts'
import { questionAnsweringNotThere } from './not-there.ts'
import type {
  FeedbackRecords,
  QnAMakerClient,
  QnAMakerEndpoint,
  QnAMakerOptions,
  QnAMakerResult,
  QnAMakerResults,
  QnAMakerTelemetryClient,
} from './question-models.ts'
import { isLanguageProject, makeClient, toFeedback, toQuestionOptions, toResult } from './question-service.ts'

type Properties = { [name: string]: string }
type Metrics = { [name: string]: number }

/** What the two clients of SDK v4 have in common. */
abstract class QuestionClient implements QnAMakerClient, QnAMakerTelemetryClient {
  readonly telemetryClient: BotTelemetryClient
  readonly logPersonalInformation: boolean
  protected readonly knowledgeBaseId: string
  private readonly options: QnAMakerOptions
  private readonly isLanguage: boolean
  /** A function, so that nobody who prints the client prints the key. */
  protected readonly endpoint: () => QnAMakerEndpoint
  private readonly timeoutMs: number | undefined
  private service: CustomQuestionAnsweringClient | undefined

  /**
   * @throws TypeError: there is no endpoint, or `scoreThreshold` is out of bounds; the texts are SDK v4's.
   * @throws RangeError: `top` is out of bounds.
   */
  constructor(
    endpoint: QnAMakerEndpoint,
    options?: QnAMakerOptions,
    telemetryClient?: BotTelemetryClient,
    logPersonalInformation?: boolean,
  ) {
    if (!endpoint) throw new TypeError('QnAMaker requires valid QnAMakerEndpoint.')
    assertOptions(options)
    this.options = options ?? {}
    this.telemetryClient = telemetryClient ?? new NullTelemetryClient()
    this.logPersonalInformation = logPersonalInformation ?? false
    this.knowledgeBaseId = endpoint.knowledgeBaseId
    this.isLanguage = this.isAlwaysLanguage() || isLanguageProject(endpoint)
    this.endpoint = () => endpoint
    this.timeoutMs = options?.timeout
  }

  /**
   * Answers the text of the activity, the best answer first.
   *
   * @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`, as a rejection: the endpoint is one of QnA Maker.
   * @throws LanguageServiceError `RECOGNIZERS_…`, as a rejection: the service could not be asked.
   */
  async getAnswers(
    context: TurnContext,
    options?: QnAMakerOptions,
    telemetryProperties?: Properties,
    telemetryMetrics?: Metrics,
  ): Promise<QnAMakerResult[]> {
    if (!context) throw new TypeError('QnAMaker.getAnswers() requires a TurnContext.')
    return (await this.answerTurn(context, options, telemetryProperties, telemetryMetrics)).answers ?? []
  }

  /** As {@link QuestionClient.getAnswers}, with whether the service learns from feedback. */
  async getAnswersRaw(
    context: TurnContext,
    options?: QnAMakerOptions,
    telemetryProperties?: Properties,
    telemetryMetrics?: Metrics,
  ): Promise<QnAMakerResults> {
    if (!context) throw new TypeError(`${this.constructor.name}.getAnswersRaw() requires a TurnContext.`)
    return this.answerTurn(context, options, telemetryProperties, telemetryMetrics)
  }

  /** The answers among which the user had better choose. */
  getLowScoreVariation(queryResult: QnAMakerResult[]): QnAMakerResult[] {
    return ActiveLearningUtils.getLowScoreVariation(queryResult)
  }

  /** Tells the service which answers users found right. */
  async callTrain(feedbackRecords: FeedbackRecords): Promise<void> {
    if (!feedbackRecords) throw new TypeError('Feedback records can not be null.')
    const records = feedbackRecords.feedbackRecords ?? []
    await this.client('callTrain').sendFeedback(records.map(toFeedback))
  }

  /** Reports answers. */
  protected async onQnaResults(
    qnaResults: QnAMakerResult[],
    turnContext: TurnContext,
    telemetryProperties?: Properties,
    telemetryMetrics?: Metrics,
  ): Promise<void> {
    const [properties, metrics] = await this.fillQnAEvent(
      qnaResults,
      turnContext,
      telemetryProperties,
      telemetryMetrics,
    )
    this.telemetryClient.trackEvent({ name: 'QnaMessage', properties, metrics })
  }

  /** What is reported of answers; `telemetryProperties` and `telemetryMetrics` go before it. */
  protected async fillQnAEvent(
    qnaResults: QnAMakerResult[],
    turnContext: TurnContext,
    telemetryProperties?: Properties,
    telemetryMetrics?: Metrics,
  ): Promise<[Properties, Metrics]> {
    const { text, from } = turnContext.activity
    const properties: Properties = { knowledgeBaseId: this.knowledgeBaseId }
    if (this.logPersonalInformation) {
      if (text) properties['question'] = text
      if (from?.name) properties['username'] = from.name
    }
    const [best] = qnaResults
    const metrics = best ? { score: best.score } : {}
    return [
      { ...properties, ...describe(best), ...telemetryProperties },
      { ...metrics, ...telemetryMetrics },
    ]
  }

  /** Answers a question, without trace and telemetry. */
  protected async ask(question: string, options: QnAMakerOptions, userId?: string): Promise<QnAMakerResult[]> {
    const answers = await this.client('getAnswers').getAnswers(question, toQuestionOptions(options, userId))
    return answers.map(toResult)
  }

  /** The options of the client with those of a call. */
  protected merged(options: QnAMakerOptions | undefined): QnAMakerOptions {
    assertOptions(options)
    return { ...this.options, ...options }
  }

  /** Shows answers in the Emulator. */
  protected async trace(context: TurnContext, answers: QnAMakerResult[], options: QnAMakerOptions): Promise<void> {
    const value = {
      message: context.activity,
      queryResults: answers,
      knowledgeBaseId: this.knowledgeBaseId,
      scoreThreshold: options.scoreThreshold ?? 0.3,
      top: options.top ?? 1,
      strictFilters: options.strictFilters ?? [],
      metadataBoost: options.metadataBoost ?? [],
      context: options.context,
      qnaId: options.qnaId,
    }
    await context.sendTraceActivity(QNAMAKER_TRACE_NAME, value, QNAMAKER_TRACE_TYPE, QNAMAKER_TRACE_LABEL)
  }

  /** Whether the class was only ever for Azure AI Language. */
  protected isAlwaysLanguage(): boolean {
    return false
  }

  /** Answers a turn without a question. */
  protected answerNothing(): QnAMakerResults {
    return { answers: [], activeLearningEnabled: true }
  }

  protected async answerTurn(
    context: TurnContext,
    options?: QnAMakerOptions,
    telemetryProperties?: Properties,
    telemetryMetrics?: Metrics,
  ): Promise<QnAMakerResults> {
    this.assertLanguage('getAnswers')
    const settings = this.merged(options)
    const question = textOf(context)
    if (question === '') return this.answerNothing()
    const answers = await this.ask(question, settings, context.activity.from?.id)
    await this.trace(context, answers, settings)
    await this.onQnaResults(answers, context, telemetryProperties, telemetryMetrics)
    return { answers, activeLearningEnabled: true }
  }

  private assertLanguage(method: string): void {
    if (!this.isLanguage) throw questionAnsweringNotThere(`${this.constructor.name}.${method}()`)
  }

  private client(method: string): CustomQuestionAnsweringClient {
    this.assertLanguage(method)
    this.service ??= makeClient(this.endpoint(), this.timeoutMs)
    return this.service
  }
}

/**
 * SDK v4's client of QnA Maker, which has been shut down. It asks custom question answering of Azure AI Language when the
 * endpoint says so: by `qnaServiceType`, or by a host that is one of a Language resource.
 */
export class QnAMaker extends QuestionClient {
  /** As {@link QuestionClient.getAnswersRaw}. */
  async getLegacyAnswersRaw(
    context: TurnContext,
    options?: QnAMakerOptions,
    telemetryProperties?: Properties,
    telemetryMetrics?: Metrics,
  ): Promise<QnAMakerResults> {
    return this.answerTurn(context, options, telemetryProperties, telemetryMetrics)
  }

  /** Sends the best answer. @returns Whether there was one. */
  async answer(context: TurnContext): Promise<boolean> {
    if (!context) throw new TypeError('QnAMaker.answer() requires a TurnContext.')
    const settings = this.merged(undefined)
    const question = textOf(context)
    const answers = question === '' ? [] : await this.ask(question, settings, context.activity.from?.id)
    await this.trace(context, answers, settings)
    const [best] = answers
    if (best) await context.sendActivity({ type: 'message', text: best.answer })
    return best !== undefined
  }

  /** Answers a question. */
  async generateAnswer(
    question: string | undefined,
    top?: number,
    _scoreThreshold?: number,
  ): Promise<QnAMakerResult[]> {
    if (!question?.trim()) return []
    return (await this.callService(this.endpoint(), question, top ?? 1)).answers ?? []
  }

  /** Answers a question for {@link QnAMaker.generateAnswer}. */
  protected async callService(_endpoint: QnAMakerEndpoint, question: string, top: number): Promise<QnAMakerResults> {
    return { answers: await this.ask(question, this.merged({ top })), activeLearningEnabled: true }
  }
}

/** SDK v4's client of custom question answering of Azure AI Language. */
export class CustomQuestionAnswering extends QuestionClient {
  /** As {@link QuestionClient.getAnswersRaw}. */
  async getKnowledgebaseAnswersRaw(
    context: TurnContext,
    options?: QnAMakerOptions,
    telemetryProperties?: Properties,
    telemetryMetrics?: Metrics,
  ): Promise<QnAMakerResults> {
    return this.answerTurn(context, options, telemetryProperties, telemetryMetrics)
  }

  protected override isAlwaysLanguage(): boolean {
    return true
  }

  protected override answerNothing(): QnAMakerResults {
    throw new RangeError('Question cannot be null or empty text')
  }
}

function textOf({ activity }: TurnContext): string {
  return typeof activity.text === 'string' ? activity.text.trim() : ''
}

function describe(best: QnAMakerResult | undefined): Properties {
  if (!best) {
    return {
      matchedQuestion: 'No Qna Question matched',
      questionId: 'No Qna Question Id matched',
      answer: 'No Qna Answer matched',
      articleFound: 'false',
    }
  }
  return {
    matchedQuestion: JSON.stringify(best.questions),
    questionId: String(best.id),
    answer: best.answer,
    articleFound: 'true',
  }
}

function assertOptions({ scoreThreshold, top }: QnAMakerOptions = {}): void {
  if (scoreThreshold && !(typeof scoreThreshold === 'number' && scoreThreshold > 0 && scoreThreshold <= 1)) {
    throw new TypeError(
      `"${scoreThreshold}" is an invalid scoreThreshold. QnAMakerOptions.scoreThreshold must have a value between 0 and 1.`,
    )
  }
  if (top && !(Number.isInteger(top) && top > 0)) {
    throw new RangeError(`"${top}" is an invalid top value. QnAMakerOptions.top must be an integer greater than 0.`)
  }
}
