// oxlint-disable typescript/no-explicit-any -- as SDK v3 types it
import type { ListStyle, PromptType } from '../constants.ts'
import type { IAttachment, ICardAction } from './cards.ts'
import type { IDialogResult, IEntity, IFindMatchResult, IRouteResult } from './recognizing.ts'
import type { Session, SessionDialog } from './session.ts'
import type { IMessageOptions, TextOrMessageType, TextType, ValueListType } from './events.ts'

/** One of the choices of a prompt. */
export interface IChoice {
  /** What the prompt gives. */
  value: string
  /** How it looks as a button. */
  action?: ICardAction
  synonyms?: ValueListType
}

/** Options of every prompt. */
export interface IPromptOptions extends IMessageOptions {
  prompt?: TextOrMessageType
  /** Spoken with a `prompt` of text. */
  speak?: TextType
  /** Default: a text of the prompt's own. */
  retryPrompt?: TextOrMessageType
  retrySpeak?: TextType
  /** How often the prompt asks again. Default: for ever. */
  maxRetries?: number
  /** Whether the prompt asks again after another dialog was in between. Default `true`. */
  promptAfterAction?: boolean
  listStyle?: ListStyle
  /** What relative times refer to, in milliseconds since 1970. */
  refDate?: number
  /** Library whose texts are used. Default: that of the dialog that asks. */
  libraryNamespace?: string
  localizationNamespace?: string
}

/** What a prompt keeps in `session.dialogData`. */
export interface IPromptContext {
  options: IPromptOptions
  /** Replies so far. */
  turns: number
  /** Milliseconds since 1970. */
  lastTurn: number
  /** Whether another dialog was in between, so that the first prompt is repeated. */
  isReprompt: boolean
  /** Of the running handler of `Prompt.matches`. */
  activeIntent: string
}

/** How a prompt class behaves. */
export interface IPromptFeatures {
  /** Leaves recognition to handlers of `onRecognize`. Default `false`. */
  disableRecognizer?: boolean
  defaultRetryPrompt?: TextOrMessageType
  defaultRetryNamespace?: string
}

/** How a choice prompt behaves. */
export interface IPromptChoiceFeatures extends IPromptFeatures {
  /** Whether numbers choose. Default `true`. */
  recognizeNumbers?: boolean
  /** Whether `first`, `second` … choose. Default `true`. */
  recognizeOrdinals?: boolean
  /** Whether the words of the choices choose. Default `true`. */
  recognizeChoices?: boolean
  /** Where there are no buttons. Default `ListStyle.list`. */
  defaultListStyle?: ListStyle
  /** Up to how many choices a list is shown inline; 0 for never. Default 3. */
  inlineListCount?: number
  /** Default 0.4. */
  minScore?: number
}

/** Options of a choice prompt. */
export interface IPromptChoiceOptions extends IPromptOptions {
  choices?: IChoice[]
}

/** Options of a number prompt. */
export interface IPromptNumberOptions extends IPromptOptions {
  minValue?: number
  maxValue?: number
  integerOnly?: boolean
}

/** Options of a text prompt. */
export interface IPromptTextOptions extends IPromptOptions {
  minLength?: number
  maxLength?: number
}

/** How a text prompt behaves. */
export interface IPromptTextFeatures extends IPromptFeatures {
  /** Default 0.5: an action that matches more than a sixth of the text goes first. */
  recognizeScore?: number
}

/** Options of an attachment prompt. */
export interface IPromptAttachmentOptions extends IPromptOptions {
  /** Types that are accepted; one may end in `*`. Default: all. */
  contentTypes?: string | string[]
}

/** How an attachment prompt behaves. */
export interface IPromptAttachmentFeatures extends IPromptFeatures {
  /** Default 1. */
  recognizeScore?: number
}

/** Ways on by what the user is shown; `null` for none of them. */
export interface IDisambiguateChoices {
  [label: string]: IRouteResult
}

/** What a prompt gives. */
export interface IPromptResult<T> extends IDialogResult<T> {
  promptType?: PromptType
}

/** What a text prompt gives. */
export interface IPromptTextResult extends IPromptResult<string> {}
/** What a number prompt gives. */
export interface IPromptNumberResult extends IPromptResult<number> {}
/** What a confirm prompt gives. */
export interface IPromptConfirmResult extends IPromptResult<boolean> {}
/** What a choice prompt gives. */
export interface IPromptChoiceResult extends IPromptResult<IFindMatchResult> {}
/** What a time prompt gives. */
export interface IPromptTimeResult extends IPromptResult<IEntity> {}
/** What an attachment prompt gives. */
export interface IPromptAttachmentResult extends IPromptResult<IAttachment[]> {}

/** The built-in prompts. */
export interface IPrompts {
  text(session: Session, prompt: TextOrMessageType, options?: IPromptTextOptions): void
  number(session: Session, prompt: TextOrMessageType, options?: IPromptNumberOptions): void
  confirm(session: Session, prompt: TextOrMessageType, options?: IPromptOptions): void
  choice(
    session: Session,
    prompt: TextOrMessageType,
    choices: string | object | string[] | IChoice[],
    options?: IPromptChoiceOptions,
  ): void
  time(session: Session, prompt: TextOrMessageType, options?: IPromptOptions): void
  attachment(session: Session, prompt: TextOrMessageType, options?: IPromptAttachmentOptions): void
  /** Lets the user choose among ways on for a message. */
  disambiguate(
    session: Session,
    prompt: TextOrMessageType,
    choices: IDisambiguateChoices,
    options?: IPromptOptions,
  ): void
  /** Replaces a built-in prompt in all bots of the process. */
  customize(type: PromptType, dialog: SessionDialog): IPrompts
}
