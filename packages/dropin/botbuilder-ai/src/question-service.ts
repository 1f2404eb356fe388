import type { QuestionAnswer, QuestionOptions } from '@parley/recognizers'
import { CustomQuestionAnsweringClient } from '@parley/recognizers'
import { JoinOperator, RankerTypes, ServiceType } from './constants.ts'
import { identityNotThere } from './not-there.ts'
import type { FeedbackRecord, Filters, QnAMakerEndpoint, QnAMakerOptions, QnAMakerResult } from './question-models.ts'

const LANGUAGE_HOST = /^(?:https:\/\/)?[^/]+\.cognitiveservices\.azure\.(?:com|us|cn)\/?$/i

/** Whether an endpoint is a project of Azure AI Language, and not one of QnA Maker, which has been shut down. */
export function isLanguageProject({ qnaServiceType, host }: QnAMakerEndpoint): boolean {
  return qnaServiceType === ServiceType.language || LANGUAGE_HOST.test(host ?? '')
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: it is to be asked with a managed identity. */
export function makeClient(endpoint: QnAMakerEndpoint, timeoutMs: unknown): CustomQuestionAnsweringClient {
  const { host, endpointKey, knowledgeBaseId } = endpoint
  if (!endpointKey) throw identityNotThere()
  return new CustomQuestionAnsweringClient({
    endpoint: /^https?:/i.test(host) ? host : `https://${host}`,
    key: endpointKey,
    projectName: knowledgeBaseId,
    deploymentName: 'production',
    ...(typeof timeoutMs === 'number' && timeoutMs > 0 ? { timeoutMs } : {}),
  })
}

/** What SDK v4's options ask for. */
export function toQuestionOptions(options: QnAMakerOptions, userId: string | undefined): QuestionOptions {
  const { top, scoreThreshold, context, rankerType, qnaId } = options
  return {
    top: top || 1,
    scoreThreshold: scoreThreshold ?? 0.3,
    filters: filtersOf(options),
    preciseAnswer: options.enablePreciseAnswer ?? true,
    includeUnstructuredSources: options.includeUnstructuredSources ?? true,
    includeDefaultAnswer: true,
    rankerType: (rankerType ?? RankerTypes.default) as 'Default',
    qnaId,
    userId: options.userId ?? userId,
    context: context && { previousQnaId: context.previousQnAId, previousUserQuery: context.previousUserQuery },
    ...(options.isTest ? { deploymentName: 'test' } : {}),
  }
}

/** An answer as SDK v4 gave it. */
export function toResult({ answerSpan, context, questions, metadata, ...answer }: QuestionAnswer): QnAMakerResult {
  const span = answerSpan && { ...answerSpan, endIndex: answerSpan.endIndex - 1 }
  const prompts = context.prompts.map((prompt) => ({ ...prompt, qna: null as never }))
  return {
    ...answer,
    metadata: [...metadata],
    answerSpan: span ?? (null as never),
    context: { prompts },
    questions: [...questions],
  }
}

/** Feedback as the service takes it. */
export function toFeedback({ userId, userQuestion, qnaId }: FeedbackRecord): {
  userId: string
  userQuestion: string
  qnaId: number
} {
  return { userId, userQuestion, qnaId: Number(qnaId) }
}

function filtersOf({ filters, strictFilters, strictFiltersJoinOperator }: QnAMakerOptions): QuestionOptions['filters'] {
  if (filters) return filters as Filters & { logicalOperation: 'AND'; metadataFilter: { logicalOperation: 'AND' } }
  if (!Array.isArray(strictFilters) || strictFilters.length === 0) return undefined
  const metadata = strictFilters.map(({ name, value }) => ({ key: name, value }))
  return { metadataFilter: { metadata, logicalOperation: strictFiltersJoinOperator ?? JoinOperator.AND } }
}
