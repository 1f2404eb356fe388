import type { RecognizerConfiguration } from '@parley/botbuilder-dialogs'
import type { Activity, BotTelemetryClient, OpenValue, TurnContext } from '@parley/core'
import type { JoinOperator, ServiceType } from './constants.ts'

export interface QnAMakerEndpoint {
  knowledgeBaseId: string
  endpointKey?: string
  host: string
  qnaServiceType?: ServiceType
  managedIdentityClientId?: string
}

export interface QnAMakerOptions {
  /** 0 to 1. */
  scoreThreshold?: number
  top?: number
  strictFilters?: QnAMakerMetadata[]
  filters?: Filters
  metadataBoost?: QnAMakerMetadata[]
  /** In milliseconds. */
  timeout?: number
  context?: QnARequestContext
  qnaId?: number
  isTest?: boolean
  rankerType?: string
  strictFiltersJoinOperator?: JoinOperator
  enablePreciseAnswer?: boolean
  includeUnstructuredSources?: boolean
  userId?: string
}

export interface QnAMakerMetadata {
  name: string
  value: string
}

export interface Filters {
  metadataFilter: MetadataFilter
  sourceFilter: string[]
  logicalOperation: string
}

export interface MetadataFilter {
  metadata: { key: string; value: string }[]
  logicalOperation: string
}

export interface QnAMakerResult {
  questions?: string[]
  answer: string
  /** 0 to 1. */
  score: number
  metadata?: OpenValue
  source?: string
  id?: number
  context?: QnAResponseContext
  answerSpan?: AnswerSpanResponse
}

export interface QnAMakerResults {
  answers?: QnAMakerResult[]
  activeLearningEnabled?: boolean
}

export interface AnswerSpanResponse {
  text: string
  score: number
  startIndex?: number
  endIndex?: number
}

export interface QnARequestContext {
  previousQnAId: number
  previousUserQuery: string
}

export interface QnAResponseContext {
  prompts: QnAMakerPrompt[]
}

export interface QnAMakerPrompt {
  displayOrder: number
  qnaId: number
  qna?: object
  displayText: string
}

export interface KnowledgeBaseAnswer {
  answer: string
  questions: string[]
  metadata: Map<string, string>
  confidenceScore: number
  source: string
  id: number
  dialog: QnAResponseContext
  answerSpan: KnowledgeBaseAnswerSpan
}

export interface KnowledgeBaseAnswers {
  answers: KnowledgeBaseAnswer[]
}

export interface KnowledgeBaseAnswerSpan {
  text: string
  confidenceScore: number
  offset: number
  length: number
}

export interface FeedbackRecord {
  userId: string
  userQuestion: string
  qnaId: string
}

export interface FeedbackRecords {
  feedbackRecords: FeedbackRecord[]
}

export interface QnAMakerTraceInfo {
  message: Activity
  queryResults: QnAMakerResult[]
  knowledgeBaseId: string
  scoreThreshold: number
  top: number
  strictFilters: OpenValue[]
  metadataBoost: OpenValue[]
  context?: QnARequestContext
  qnaId?: number
}

export interface QnAMakerClient {
  getAnswers(
    turnContext: TurnContext,
    options?: QnAMakerOptions,
    telemetryProperties?: Record<string, string>,
    telemetryMetrics?: Record<string, number>,
  ): Promise<QnAMakerResult[]>
  getAnswersRaw(
    turnContext: TurnContext,
    options?: QnAMakerOptions,
    telemetryProperties?: Record<string, string>,
    telemetryMetrics?: Record<string, number>,
  ): Promise<QnAMakerResults>
  getLowScoreVariation(queryResult: QnAMakerResult[]): QnAMakerResult[]
  callTrain(feedbackRecords: FeedbackRecords): Promise<void>
}

export interface QnAMakerTelemetryClient {
  readonly logPersonalInformation: boolean
  readonly telemetryClient: BotTelemetryClient
  getAnswers(
    context: TurnContext,
    options?: QnAMakerOptions,
    telemetryProperties?: { [name: string]: string },
    telemetryMetrics?: { [name: string]: number },
  ): Promise<QnAMakerResult[]>
}

export interface QnAMakerDialogOptions {
  qnaMakerOptions: QnAMakerOptions
  qnaDialogResponseOptions: QnAMakerDialogResponseOptions
}

export interface QnAMakerDialogResponseOptions {
  activeLearningCardTitle: string
  cardNoMatchText: string
  noAnswer: Partial<Activity>
  cardNoMatchResponse: Partial<Activity>
  displayPreciseAnswerOnly: boolean
}

export interface QnAMakerRecognizerConfiguration extends RecognizerConfiguration {
  knowledgeBaseId?: OpenValue
  hostname?: OpenValue
  endpointKey?: OpenValue
  top?: OpenValue
  threshold?: OpenValue
  isTest?: boolean
  rankerType?: OpenValue
  strictFiltersJoinOperator?: JoinOperator
  includeDialogNameInMetadata?: OpenValue
  metadata?: OpenValue
  context?: OpenValue
  qnaId?: OpenValue
  logPersonalInformation?: OpenValue
}

/** Makes the activity that asks which of several questions was meant. */
export type QnASuggestionsActivityFactory = (suggestionsList: string[], noMatchesText: string) => Partial<Activity>
