import { NullTelemetryClient } from '@parley/core'
import type { BotTelemetryClient, TurnContext } from '@parley/core'
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

type Properties = { [name: string]: string }
type Metrics = { [name: string]: number }

/** What the two clients of SDK v4 have in common: both can be made and handed around, and answer nothing. */
abstract class QuestionClient implements QnAMakerClient, QnAMakerTelemetryClient {
  readonly telemetryClient: BotTelemetryClient
  readonly logPersonalInformation: boolean

  /** @throws TypeError: there is no endpoint; the text is SDK v4's. */
  constructor(
    endpoint: QnAMakerEndpoint,
    _options?: QnAMakerOptions,
    telemetryClient?: BotTelemetryClient,
    logPersonalInformation?: boolean,
  ) {
    if (!endpoint) throw new TypeError('QnAMaker requires valid QnAMakerEndpoint.')
    this.telemetryClient = telemetryClient ?? new NullTelemetryClient()
    this.logPersonalInformation = logPersonalInformation ?? false
  }

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always, as a rejection. */
  async getAnswers(
    _context: TurnContext,
    _options?: QnAMakerOptions,
    _telemetryProperties?: Properties,
    _telemetryMetrics?: Metrics,
  ): Promise<QnAMakerResult[]> {
    throw this.notThere('getAnswers')
  }

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always, as a rejection. */
  async getAnswersRaw(
    _context: TurnContext,
    _options?: QnAMakerOptions,
    _telemetryProperties?: Properties,
    _telemetryMetrics?: Metrics,
  ): Promise<QnAMakerResults> {
    throw this.notThere('getAnswersRaw')
  }

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  getLowScoreVariation(_queryResult: QnAMakerResult[]): QnAMakerResult[] {
    throw this.notThere('getLowScoreVariation')
  }

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always, as a rejection. */
  async callTrain(_feedbackRecords: FeedbackRecords): Promise<void> {
    throw this.notThere('callTrain')
  }

  /** Never called, as nothing is answered. */
  protected async onQnaResults(
    _qnaResults: QnAMakerResult[],
    _turnContext: TurnContext,
    _telemetryProperties?: Properties,
    _telemetryMetrics?: Metrics,
  ): Promise<void> {
    throw this.notThere('onQnaResults')
  }

  /** Never called, as nothing is answered. */
  protected async fillQnAEvent(
    _qnaResults: QnAMakerResult[],
    _turnContext: TurnContext,
    _telemetryProperties?: Properties,
    _telemetryMetrics?: Metrics,
  ): Promise<[Properties, Metrics]> {
    throw this.notThere('fillQnAEvent')
  }

  protected notThere(method: string): Error {
    return questionAnsweringNotThere(`${this.constructor.name}.${method}()`)
  }
}

export class QnAMaker extends QuestionClient {
  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always, as a rejection. */
  async getLegacyAnswersRaw(
    _context: TurnContext,
    _options?: QnAMakerOptions,
    _telemetryProperties?: Properties,
    _telemetryMetrics?: Metrics,
  ): Promise<QnAMakerResults> {
    throw this.notThere('getLegacyAnswersRaw')
  }

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always, as a rejection. */
  async answer(_context: TurnContext): Promise<boolean> {
    throw this.notThere('answer')
  }

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always, as a rejection. */
  async generateAnswer(
    _question: string | undefined,
    _top?: number,
    _scoreThreshold?: number,
  ): Promise<QnAMakerResult[]> {
    throw this.notThere('generateAnswer')
  }

  /** Never called, as nothing is asked. */
  protected async callService(_endpoint: QnAMakerEndpoint, _question: string, _top: number): Promise<QnAMakerResults> {
    throw this.notThere('callService')
  }
}

export class CustomQuestionAnswering extends QuestionClient {
  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always, as a rejection. */
  async getKnowledgebaseAnswersRaw(
    _context: TurnContext,
    _options?: QnAMakerOptions,
    _telemetryProperties?: Properties,
    _telemetryMetrics?: Metrics,
  ): Promise<QnAMakerResults> {
    throw this.notThere('getKnowledgebaseAnswersRaw')
  }
}
