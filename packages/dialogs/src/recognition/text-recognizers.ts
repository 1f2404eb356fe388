import type { OpenValue } from '@parley/core'
import { BoundedMap } from '@parley/core/internal'
import type { ModelResult } from '../choices/model-result.ts'
import { RecognizerMissingError } from './recognizer-missing-error.ts'
import { recognizerPackages } from './recognizer-packages.cts'
import { withinTime } from './time-limit.ts'

/** Something a recognizer found; what the resolution has depends on the recognizer. */
export type Recognized = ModelResult<Record<string, OpenValue>>

/** What loads the packages of the recognizers. */
export interface RecognizerPackages {
  number(): unknown
  dateTime(): unknown
  choice(): unknown
}

/** Longest text that is looked at, in characters. */
export const MAX_RECOGNIZED_LENGTH = 1000
/** How long a text is looked at, in milliseconds. */
export const MAX_RECOGNITION_MS = 2000

/** A text of up to that many characters takes well under {@link MAX_RECOGNITION_MS}, whatever it says. */
const SHORT_LENGTH = 40
/** Enough for every language at once; languages are named by channels, so that their number is not ours to know. */
const MAX_MODELS = 200
const DIGITS = /^\s*(\d{1,15})\s*$/

/** What a recognizer builds for a language. */
interface TextModel {
  parse(text: string, reference?: Date): Recognized[]
}

/** Models whose regular expressions are compiled: that takes up to 3 s, which is not the fault of a text. */
const warmModels = new WeakSet<TextModel>()

/** A recognizer of the packages. Its methods make models, and answer with English for languages they do not know. */
type Recognizer = Record<string, (culture: string, fallBack: boolean) => TextModel>

/**
 * Finds numbers, dates, yes and no in texts. Packages are loaded and the model of a language is built at their first use; both
 * take some 10 to 100 ms, and French numbers 3 s. Languages are tags such as `fr-fr`; unknown ones are taken for English.
 *
 * The recognizers take exponential time for some texts ("cent cent cent …"). In a text of more than
 * {@link MAX_RECOGNIZED_LENGTH} characters, or one that takes longer than {@link MAX_RECOGNITION_MS}, nothing is found.
 *
 * All methods throw {@link RecognizerMissingError} `DIALOGS_RECOGNIZER_MISSING` when the package cannot be loaded.
 */
export class TextRecognizers {
  private readonly packages: RecognizerPackages
  private readonly timeoutMs: number
  private readonly recognizers = new Map<string, Recognizer>()
  private readonly models = new BoundedMap<string, TextModel>(MAX_MODELS)

  /** @param timeoutMs - How long a text is looked at. */
  constructor(packages: RecognizerPackages = recognizerPackages, timeoutMs: number = MAX_RECOGNITION_MS) {
    this.packages = packages
    this.timeoutMs = timeoutMs
  }

  /** Numbers, in digits and in words; `resolution.value` is written as the language does. */
  numbers(text: string, culture: string): Recognized[] {
    const digits = DIGITS.exec(text)?.[1]
    if (digits) return [digitsAlone(text, digits)]
    return this.recognize(text, () => this.model(culture, 'number', 'NumberRecognizer', 'getNumberModel'))
  }

  /** "first", "2nd". */
  ordinals(text: string, culture: string): Recognized[] {
    if (DIGITS.test(text)) return []
    return this.recognize(text, () => this.model(culture, 'number', 'NumberRecognizer', 'getOrdinalModel'))
  }

  /** Yes and no; `resolution.value` is a boolean. */
  booleans(text: string, culture: string): Recognized[] {
    return this.recognize(text, () => this.model(culture, 'choice', 'ChoiceRecognizer', 'getBooleanModel'))
  }

  /**
   * Dates, times, durations; `resolution.values` has what they may mean.
   *
   * @param reference - What "tomorrow" is said relative to. Default: now.
   */
  dateTimes(text: string, culture: string, reference: Date = new Date()): Recognized[] {
    return this.recognize(
      text,
      () => this.model(culture, 'dateTime', 'DateTimeRecognizer', 'getDateTimeModel'),
      reference,
    )
  }

  private recognize(text: string, modelOf: () => TextModel, reference?: Date): Recognized[] {
    if (text.length > MAX_RECOGNIZED_LENGTH) return []
    const model = modelOf()
    if (text.length <= SHORT_LENGTH) return model.parse(text, reference)
    if (!warmModels.has(model)) warm(model, text)
    return withinTime(this.timeoutMs, () => model.parse(text, reference)) ?? []
  }

  private model(culture: string, kind: keyof RecognizerPackages, className: string, method: string): TextModel {
    const key = `${method} ${culture}`
    const known = this.models.get(key)
    if (known) return known
    const model = this.recognizer(kind, className)[method]!(culture, true)
    this.models.set(key, model)
    return model
  }

  private recognizer(kind: keyof RecognizerPackages, className: string): Recognizer {
    const known = this.recognizers.get(className)
    if (known) return known
    const loaded = this.load(kind) as Record<
      string,
      new (culture?: string, options?: number, lazy?: boolean) => Recognizer
    >
    const recognizer = new loaded[className]!(undefined, 0, true)
    this.recognizers.set(className, recognizer)
    return recognizer
  }

  private load(kind: keyof RecognizerPackages): unknown {
    try {
      return this.packages[kind]()
    } catch (error) {
      throw new RecognizerMissingError(PACKAGE_NAMES[kind], { cause: error })
    }
  }
}

const PACKAGE_NAMES: Record<keyof RecognizerPackages, string> = {
  number: '@microsoft/recognizers-text-number',
  dateTime: '@microsoft/recognizers-text-date-time',
  choice: '@microsoft/recognizers-text-choice',
}

/** The recognizers of this process: models are big, and the same for everybody. */
export const textRecognizers: TextRecognizers = new TextRecognizers()

/** The engine compiles a regular expression when it is first used, and once more, better, when it is used again. */
function warm(model: TextModel, text: string): void {
  const short = text.slice(0, SHORT_LENGTH)
  model.parse(short)
  model.parse(short)
  warmModels.add(model)
}

/** What needs no recognizer, in any language: most answers to a question for a number. */
function digitsAlone(text: string, digits: string): Recognized {
  const start = text.indexOf(digits)
  const resolution = { value: String(Number(digits)) }
  return { start, end: start + digits.length - 1, text: digits, typeName: 'number', resolution }
}
