import type { Activity, BotTelemetryClient, CardAction, OpenValue, TurnContext } from '@parley/core'
import type { ConversationState } from '@parley/sdk-v4/core'
import type { DialogTurnStatus, ListStyle } from './constants.ts'

/** A dialog on the stack. */
export interface DialogInstance<T = OpenValue> {
  id: string
  state: T
  version?: string
}

/** A stack of dialogs, as it is stored. */
export interface DialogState {
  dialogStack: DialogInstance[]
}

export interface DialogEvent {
  /** Whether parents get it, too. */
  bubble: boolean
  name: string
  value?: OpenValue
}

export interface DialogConfiguration {
  id?: string
  telemetryClient?: BotTelemetryClient
}

/** What became of a turn. */
export interface DialogTurnResult<T = OpenValue> {
  status: DialogTurnStatus
  result?: T
  parentEnded?: boolean
}

export interface DialogManagerResult {
  turnResult: DialogTurnResult
}

export interface Converter<From = unknown, To = unknown> {
  convert(value: From | To): To
}

export type ConverterFactory<From = unknown, To = unknown> = new (...parameters: unknown[]) => Converter<From, To>

export interface RecognizerConfiguration {
  id?: string
  telemetryClient?: BotTelemetryClient
}

export interface WaterfallStepInfo<O extends object> {
  index: number
  options: O
  reason: string
  result: OpenValue
  values: object
  onNext(result?: OpenValue): Promise<DialogTurnResult>
}

export interface PromptOptions {
  prompt?: string | Partial<Activity>
  retryPrompt?: string | Partial<Activity>
  choices?: (string | Choice)[]
  style?: ListStyle
  validations?: object
  recognizeLanguage?: string
}

export interface PromptRecognizerResult<T> {
  succeeded: boolean
  value?: T
}

export interface PromptValidatorContext<T> {
  readonly context: TurnContext
  readonly recognized: PromptRecognizerResult<T>
  readonly state: object
  readonly options: PromptOptions
  readonly attemptCount: number
}

export type PromptValidator<T> = (prompt: PromptValidatorContext<T>) => Promise<boolean>

export interface DateTimeResolution {
  timex: string
  type: string
  value: string
}

export interface OAuthPromptSettings {
  oAuthAppCredentials?: OpenValue
  connectionName: string
  title: string
  text?: string
  /** In milliseconds. Default 900 000. */
  timeout?: number
  endOnInvalidMessage?: boolean
  showSignInLink?: boolean
}

export interface Choice {
  value: string
  action?: CardAction
  synonyms?: string[]
}

export interface ChoiceFactoryOptions {
  inlineSeparator?: string
  inlineOr?: string
  inlineOrMore?: string
  includeNumbers?: boolean
}

export interface FindValuesOptions {
  allowPartialMatches?: boolean
  locale?: string
  maxTokenDistance?: number
  tokenizer?: TokenizerFunction
}

export interface FindChoicesOptions extends FindValuesOptions {
  noValue?: boolean
  noAction?: boolean
  recognizeNumbers?: boolean
  recognizeOrdinals?: boolean
}

export interface FoundValue {
  value: string
  index: number
  /** 0 to 1. */
  score: number
}

export interface FoundChoice extends FoundValue {
  synonym?: string
}

export interface SortedValue {
  value: string
  index: number
}

// oxlint-disable-next-line typescript/no-explicit-any -- as SDK v4 declares it, so that interfaces fit
export interface ModelResult<T extends Record<string, any> = object> {
  text: string
  start: number
  end: number
  typeName: string
  resolution: T
}

export interface Token {
  start: number
  end: number
  text: string
  normalized: string
}

export type TokenizerFunction = (text: string, locale?: string) => Token[]

export interface BeginSkillDialogOptions {
  activity: Partial<Activity>
}

export interface SkillDialogOptions {
  botId: string
  connectionName?: string
  conversationIdFactory: OpenValue
  conversationState: ConversationState
  skill: OpenValue
  skillClient: OpenValue
  skillHostEndpoint: string
}
