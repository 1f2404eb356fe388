import { toError } from '@parley/core/internal'
import { fromCallback, NO_ERROR } from '../callbacks.ts'
import { RecognizeOrder } from '../constants.ts'
import type {
  IIntentRecognizer,
  IIntentRecognizerResult,
  IIntentRecognizerSetOptions,
  IRecognizeContext,
} from '../contracts/recognizing.ts'
import { IntentRecognizer, nothing } from './intent-recognizer.ts'

/** Several recognizers, of which the surest counts. */
export class IntentRecognizerSet extends IntentRecognizer {
  private readonly options: IIntentRecognizerSetOptions
  private recognizers: IIntentRecognizer[]

  constructor(options: IIntentRecognizerSetOptions = {}) {
    super()
    this.options = options
    this.recognizers = [...(options.recognizers ?? [])]
  }

  get length(): number {
    return this.recognizers.length
  }

  clone(copyTo?: IntentRecognizerSet): IntentRecognizerSet {
    const copy = copyTo ?? new IntentRecognizerSet(this.options)
    copy.recognizers = [...this.recognizers]
    return copy
  }

  onRecognize(context: IRecognizeContext, callback: (err: Error, result: IIntentRecognizerResult) => void): void {
    this.best(context).then(
      (result) => callback(NO_ERROR, result),
      (error: unknown) => callback(toError(error), nothing()),
    )
  }

  recognizer(plugin: IIntentRecognizer): this {
    this.recognizers.push(plugin)
    return this
  }

  private async best(context: IRecognizeContext): Promise<IIntentRecognizerResult> {
    const { intentThreshold = 0.1 } = this.options
    const results = await this.ask(context)
    return results
      .filter((result) => result?.intent && result.score >= intentThreshold)
      .reduce((best, result) => (result.score > best.score ? result : best), nothing())
  }

  private async ask(context: IRecognizeContext): Promise<IIntentRecognizerResult[]> {
    const { recognizeOrder = RecognizeOrder.parallel, stopIfExactMatch = true } = this.options
    if (recognizeOrder === RecognizeOrder.parallel) {
      return Promise.all(this.recognizers.map((recognizer) => askOne(recognizer, context)))
    }
    const results: IIntentRecognizerResult[] = []
    for (const recognizer of this.recognizers) {
      const result = await askOne(recognizer, context)
      results.push(result)
      if (stopIfExactMatch && result?.score >= 1) break
    }
    return results
  }
}

async function askOne(recognizer: IIntentRecognizer, context: IRecognizeContext): Promise<IIntentRecognizerResult> {
  const result = await fromCallback<IIntentRecognizerResult>((done) => recognizer.recognize(context, done))
  return result ?? nothing()
}
