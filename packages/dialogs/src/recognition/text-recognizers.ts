import type { OpenValue } from '@parley/core'
import { BoundedMap } from '@parley/core/internal'
import type { ModelResult } from '../choices/model-result.ts'
import { RecognizerMissingError } from './recognizer-missing-error.ts'
import { recognizerPackages } from './recognizer-packages.cts'

/** Something a recognizer found; what the resolution has depends on the recognizer. */
export type Recognized = ModelResult<Record<string, OpenValue>>

/** What loads the packages of the recognizers. */
export interface RecognizerPackages {
  number(): unknown
  dateTime(): unknown
  choice(): unknown
}

/** Longest text in which numbers, ordinals, yes and no are looked for, in characters: recognizers take quadratic time. */
export const MAX_RECOGNIZED_LENGTH = 1000
/** Longest text in which dates and times are looked for, in characters: that takes cubic time. */
export const MAX_DATE_TIME_LENGTH = 500

/** Enough for every language at once; languages are named by channels, so that their number is not ours to know. */
const MAX_MODELS = 200

/** What a recognizer builds for a language. */
interface TextModel {
  parse(text: string, reference?: Date): Recognized[]
}

/** A recognizer of the packages. Its methods make models, and answer with English for languages they do not know. */
type Recognizer = Record<string, (culture: string, fallBack: boolean) => TextModel>

/**
 * Finds numbers, dates, yes and no in texts. Packages are loaded and the model of a language is built at their first use; both
 * take some 10 to 100 ms. Languages are tags such as `fr-fr`; unknown ones are taken for English. A text over the limits
 * ({@link MAX_RECOGNIZED_LENGTH}, {@link MAX_DATE_TIME_LENGTH}) is not looked at: nothing is found in it.
 *
 * All methods throw {@link RecognizerMissingError} `DIALOGS_RECOGNIZER_MISSING` when the package cannot be loaded.
 */
export class TextRecognizers {
  private readonly packages: RecognizerPackages
  private readonly recognizers = new Map<string, Recognizer>()
  private readonly models = new BoundedMap<string, TextModel>(MAX_MODELS)

  constructor(packages: RecognizerPackages = recognizerPackages) {
    this.packages = packages
  }

  /** Numbers, in digits and in words; `resolution.value` is written as the language does. */
  numbers(text: string, culture: string): Recognized[] {
    return this.recognize(text, culture, 'number', 'NumberRecognizer', 'getNumberModel')
  }

  /** "first", "2nd". */
  ordinals(text: string, culture: string): Recognized[] {
    return this.recognize(text, culture, 'number', 'NumberRecognizer', 'getOrdinalModel')
  }

  /** Yes and no; `resolution.value` is a boolean. */
  booleans(text: string, culture: string): Recognized[] {
    return this.recognize(text, culture, 'choice', 'ChoiceRecognizer', 'getBooleanModel')
  }

  /**
   * Dates, times, durations; `resolution.values` has what they may mean.
   *
   * @param reference - What "tomorrow" is said relative to. Default: now.
   */
  dateTimes(text: string, culture: string, reference: Date = new Date()): Recognized[] {
    if (text.length > MAX_DATE_TIME_LENGTH) return []
    return this.model(culture, 'dateTime', 'DateTimeRecognizer', 'getDateTimeModel').parse(text, reference)
  }

  private recognize(
    text: string,
    culture: string,
    kind: keyof RecognizerPackages,
    className: string,
    method: string,
  ): Recognized[] {
    if (text.length > MAX_RECOGNIZED_LENGTH) return []
    return this.model(culture, kind, className, method).parse(text)
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
