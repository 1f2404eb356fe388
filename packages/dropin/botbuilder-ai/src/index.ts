export { ActiveLearningUtils } from './active-learning.ts'
export {
  Anchor,
  GeographyV2Type,
  JoinOperator,
  LuisTelemetryConstants,
  QNAMAKER_TRACE_LABEL,
  QNAMAKER_TRACE_NAME,
  QNAMAKER_TRACE_TYPE,
  QnAMakerClientKey,
  RankerTypes,
  ServiceType,
} from './constants.ts'
export type {
  DateTimeSpec,
  DynamicList,
  ExternalEntity,
  GeographyV2,
  InstanceData,
  IntentData,
  ListElement,
  LuisAdaptiveRecognizerConfiguration,
  LuisApplication,
  LuisPredictionOptions,
  LuisRecognizerOptions,
  LuisRecognizerOptionsV2,
  LuisRecognizerOptionsV3,
  LuisRecognizerTelemetryClient,
  NumberWithUnits,
  OrdinalV2,
} from './luis-models.ts'
export {
  LuisAdaptiveRecognizer,
  LuisBotComponent,
  LuisComponentRegistration,
  validateDynamicList,
  validateExternalEntity,
  validateListElement,
} from './luis-parts.ts'
export { LuisRecognizer } from './luis-recognizer.ts'
export { CustomQuestionAnswering, QnAMaker } from './question-clients.ts'
export type {
  AnswerSpanResponse,
  FeedbackRecord,
  FeedbackRecords,
  Filters,
  KnowledgeBaseAnswer,
  KnowledgeBaseAnswerSpan,
  KnowledgeBaseAnswers,
  MetadataFilter,
  QnAMakerClient,
  QnAMakerDialogOptions,
  QnAMakerDialogResponseOptions,
  QnAMakerEndpoint,
  QnAMakerMetadata,
  QnAMakerOptions,
  QnAMakerPrompt,
  QnAMakerRecognizerConfiguration,
  QnAMakerResult,
  QnAMakerResults,
  QnAMakerTelemetryClient,
  QnAMakerTraceInfo,
  QnARequestContext,
  QnAResponseContext,
  QnASuggestionsActivityFactory,
} from './question-models.ts'
export { QnACardBuilder } from './qna-card-builder.ts'
export { QnAMakerDialog } from './qna-maker-dialog.ts'
export { QnAMakerRecognizer } from './qna-maker-recognizer.ts'
export { QnAMakerBotComponent, QnAMakerComponentRegistration } from './question-parts.ts'
