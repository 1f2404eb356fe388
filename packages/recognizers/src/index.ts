export { collectEntities } from './entities.ts'
export type { EntityInstance, FoundEntity, RecognizedEntities } from './entities.ts'
export { CluRecognizer } from './language/clu-recognizer.ts'
export type { CluRecognizerOptions } from './language/clu-recognizer.ts'
export type { CluResult, CluTarget } from './language/clu-result.ts'
export { CustomQuestionAnsweringClient } from './language/custom-question-answering-client.ts'
export type { QuestionFeedback, QuestionFilters, QuestionOptions } from './language/custom-question-answering-client.ts'
export {
  LanguageAnswerInvalidError,
  LanguageProjectNotFoundError,
  LanguageServiceError,
  LanguageServiceFailedError,
  LanguageServiceRefusedError,
  LanguageServiceRejectedError,
  LanguageServiceThrottledError,
  LanguageServiceUnreachableError,
  RecognizerOptionError,
} from './language/language-service-errors.ts'
export type { LanguageServiceFacts } from './language/language-service-errors.ts'
export type { AccessTokenCredential, LanguageServiceOptions } from './language/language-service-options.ts'
export type {
  QuestionAnswer,
  QuestionAnswerSpan,
  QuestionMetadata,
  QuestionPrompt,
} from './language/question-answer.ts'
export { recognitionEvent } from './language/recognition-event.ts'
export type { RecognitionFacts } from './language/recognition-event.ts'
export { LocalModelInvalidError, LocalModelUnreadableError } from './local/local-model-errors.ts'
export type { LocalModelFault } from './local/local-model-errors.ts'
export type { LocalEntity, LocalModel } from './local/local-model.ts'
export { LocalRecognizer } from './local/local-recognizer.ts'
export { NONE_INTENT, sortIntents, topIntent } from './recognizer.ts'
export type { IntentScore, Recognizer, RecognizerResult, ScoredIntent } from './recognizer.ts'
