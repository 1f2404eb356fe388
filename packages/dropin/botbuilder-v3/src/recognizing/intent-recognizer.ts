import { NO_ERROR } from '../callbacks.ts'
import type { IIntentRecognizer, IIntentRecognizerResult, IRecognizeContext } from '../contracts/recognizing.ts'

type Enabled = (context: IRecognizeContext, callback: (err: Error, enabled: boolean) => void) => void
type Filter = (
  context: IRecognizeContext,
  result: IIntentRecognizerResult,
  callback: (err: Error, result: IIntentRecognizerResult) => void,
) => void

/** Finds intents; handlers may switch it off for a message, or change what it found. */
export abstract class IntentRecognizer implements IIntentRecognizer {
  private readonly enabled: Enabled[] = []
  private readonly filters: Filter[] = []

  /** What the recognizer finds, whatever the handlers say. */
  abstract onRecognize(
    context: IRecognizeContext,
    callback: (err: Error, result: IIntentRecognizerResult) => void,
  ): void

  recognize(context: IRecognizeContext, callback: (err: Error, result: IIntentRecognizerResult) => void): void {
    this.whenEnabled(0, context, (err, enabled) => {
      if (err || !enabled) return callback(err, nothing())
      this.onRecognize(context, (failed, result) => {
        if (failed) callback(failed, nothing())
        else this.filter(0, context, result, callback)
      })
    })
  }

  onEnabled(
    handler: (context: IRecognizeContext, callback: (err: Error, enabled: boolean) => void) => void,
  ): IntentRecognizer {
    this.enabled.push(handler)
    return this
  }

  onFilter(
    handler: (
      context: IRecognizeContext,
      result: IIntentRecognizerResult,
      callback: (err: Error, result: IIntentRecognizerResult) => void,
    ) => void,
  ): IntentRecognizer {
    this.filters.push(handler)
    return this
  }

  private whenEnabled(index: number, context: IRecognizeContext, then: (err: Error, enabled: boolean) => void): void {
    const handler = this.enabled[index]
    if (!handler) return then(NO_ERROR, true)
    handler(context, (err, enabled) => {
      if (err || !enabled) then(err, false)
      else this.whenEnabled(index + 1, context, then)
    })
  }

  private filter(
    index: number,
    context: IRecognizeContext,
    result: IIntentRecognizerResult,
    then: (err: Error, result: IIntentRecognizerResult) => void,
  ): void {
    const handler = this.filters[index]
    if (!handler) return then(NO_ERROR, result)
    handler(context, result, (err, filtered) => {
      if (err) then(err, nothing())
      else this.filter(index + 1, context, filtered, then)
    })
  }
}

/** What recognizers give when they found nothing. */
export function nothing(): IIntentRecognizerResult {
  return { score: 0, intent: null as unknown as string }
}
