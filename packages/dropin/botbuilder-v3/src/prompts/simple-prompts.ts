import type { IAttachment } from '../contracts/cards.ts'
import type { IRecognizeContext } from '../contracts/recognizing.ts'
import type { IMessage } from '../contracts/events.ts'
import { NO_ERROR } from '../callbacks.ts'
import type {
  IPromptAttachmentFeatures,
  IPromptAttachmentOptions,
  IPromptContext,
  IPromptFeatures,
  IPromptNumberOptions,
  IPromptTextFeatures,
  IPromptTextOptions,
} from '../contracts/prompts.ts'
import { EntityRecognizer } from '../recognizing/entity-recognizer.ts'
import type { Session } from '../contracts/session.ts'
import { formatText } from '../text/format-text.ts'
import { Prompt, promptText } from './prompt.ts'
import { findNumber } from './find-number.ts'

/** Asks for a text. */
export class PromptText extends Prompt<IPromptTextFeatures> {
  constructor(features?: IPromptTextFeatures) {
    super({ defaultRetryPrompt: 'default_text', ...features })
    this.onRecognize((context, callback) => {
      const { text = '' } = context.message
      const { options } = context.dialogData as IPromptContext
      const isAnswer = text !== '' && lengthProblem(text, options) === undefined
      const score = isAnswer && !this.features.disableRecognizer ? (this.features.recognizeScore ?? 0.5) : 0
      callback(NO_ERROR, score, text)
    })
    explainRetries(this, (session, options) => {
      const problem = lengthProblem(session.message.text ?? '', options)
      return problem && formatText(promptText(session, problem), [options])
    })
  }
}

/** Asks for a number. */
export class PromptNumber extends Prompt<IPromptFeatures> {
  constructor(features?: IPromptFeatures) {
    super({ defaultRetryPrompt: 'default_number', ...features })
    this.onRecognize((context, callback) => {
      const { options } = context.dialogData as IPromptContext
      const found = this.features.disableRecognizer ? undefined : findNumber(context.message.text ?? '')
      if (!found || numberProblem(found.value, options)) callback(NO_ERROR, 0)
      else callback(NO_ERROR, found.score, found.value)
    })
    explainRetries(this, (session, options) => {
      const found = findNumber(session.message.text ?? '')
      const problem = found && numberProblem(found.value, options)
      return problem && formatText(promptText(session, problem), [options])
    })
  }
}

/** Asks for a time; gives the entity of `EntityRecognizer.recognizeTime`. */
export class PromptTime extends Prompt<IPromptFeatures> {
  constructor(features?: IPromptFeatures) {
    super({ defaultRetryPrompt: 'default_time', ...features })
    this.onRecognize((context, callback) => {
      if (this.features.disableRecognizer) return callback(NO_ERROR, 0)
      const { options } = context.dialogData as IPromptContext
      const ref = options.refDate === undefined ? undefined : new Date(options.refDate)
      const entity = EntityRecognizer.recognizeTime(context.message.text ?? '', ref)
      if (entity) callback(NO_ERROR, entity.score ?? 1, entity)
      else callback(NO_ERROR, 0)
    })
  }
}

/** Asks for files. */
export class PromptAttachment extends Prompt<IPromptAttachmentFeatures> {
  constructor(features?: IPromptAttachmentFeatures) {
    super({ defaultRetryPrompt: 'default_file', ...features })
    this.onRecognize((context, callback) => {
      if (this.features.disableRecognizer) return callback(NO_ERROR, 0)
      const files = wantedFiles(context)
      if (files.length === 0) callback(NO_ERROR, 0)
      else callback(NO_ERROR, this.features.recognizeScore ?? 1, files)
    })
  }
}

/** Says what is wrong with an answer, where there is more to say than that it was not understood. */
function explainRetries(
  prompt: Prompt<IPromptFeatures>,
  explain: (session: Session, options: IPromptContext['options']) => string | undefined,
): void {
  prompt.onFormatMessage((session, _text, _speak, callback) => {
    const { turns, isReprompt, options } = session.dialogData as IPromptContext
    const text = turns > 0 && !isReprompt ? explain(session, options) : undefined
    callback(NO_ERROR, text === undefined ? undefined : ({ text } as IMessage))
  })
}

function lengthProblem(text: string, { minLength, maxLength }: IPromptTextOptions): string | undefined {
  if (minLength !== undefined && text.length < minLength) return 'text_minLength_error'
  return maxLength !== undefined && text.length > maxLength ? 'text_maxLength_error' : undefined
}

function numberProblem(value: number, options: IPromptNumberOptions): string | undefined {
  const { minValue, maxValue, integerOnly } = options
  const isBelow = minValue !== undefined && value < minValue
  const isAbove = maxValue !== undefined && value > maxValue
  if ((isBelow || isAbove) && minValue !== undefined && maxValue !== undefined) return 'number_range_error'
  if (isBelow) return 'number_minValue_error'
  if (isAbove) return 'number_maxValue_error'
  return integerOnly && !Number.isInteger(value) ? 'number_integer_error' : undefined
}

function wantedFiles({ message, dialogData }: IRecognizeContext): IAttachment[] {
  const { contentTypes } = (dialogData as IPromptContext).options as IPromptAttachmentOptions
  const files = message.attachments ?? []
  if (contentTypes === undefined) return files
  const wanted = Array.isArray(contentTypes) ? contentTypes : contentTypes.split('|')
  return files.filter(({ contentType }) => wanted.some((type) => isOfType(contentType, type.trim())))
}

function isOfType(contentType: string, wanted: string): boolean {
  const [type, expected] = [contentType.toLowerCase(), wanted.toLowerCase()]
  return expected.endsWith('*') ? type.startsWith(expected.slice(0, -1)) : type === expected
}
