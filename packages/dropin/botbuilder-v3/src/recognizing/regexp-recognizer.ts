import { NO_ERROR } from '../callbacks.ts'
import type { IIntentRecognizerResult, IRecognizeContext, IRegExpMap } from '../contracts/recognizing.ts'
import { matchExpression } from '../dialogs/match-intents.ts'
import { IntentRecognizer, nothing } from './intent-recognizer.ts'

/** Finds an intent by an expression, or by one for each language. */
export class RegExpRecognizer extends IntentRecognizer {
  private readonly intent: string
  private readonly expressions: IRegExpMap

  /** @param expressions - By locale, `*` for all others. */
  constructor(intent: string, expressions: RegExp | IRegExpMap) {
    super()
    this.intent = intent
    this.expressions = expressions instanceof RegExp ? { '*': expressions } : { ...expressions }
  }

  onRecognize(context: IRecognizeContext, callback: (err: Error, result: IIntentRecognizerResult) => void): void {
    const expression = this.expressions[context.preferredLocale()] ?? this.expressions['*']
    // SDK v3 failed here, and with it all recognizers of the bot.
    if (!expression) return callback(NO_ERROR, nothing())
    callback(NO_ERROR, matchExpression(expression, context.message.text ?? '', this.intent) ?? nothing())
  }
}

/** Finds an intent by an expression that is one of the bot's texts, so that it is translated with them. */
export class LocalizedRegExpRecognizer extends IntentRecognizer {
  private readonly intent: string
  private readonly key: string
  private readonly namespace: string | undefined
  private readonly expressions: Map<string, RegExp> = new Map()

  constructor(intent: string, key: string, namespace?: string) {
    super()
    this.intent = intent
    this.key = key
    this.namespace = namespace
  }

  onRecognize(context: IRecognizeContext, callback: (err: Error, result: IIntentRecognizerResult) => void): void {
    const { localizer } = context
    const source = localizer.trygettext(context.preferredLocale(), this.key, this.namespace)
    if (!source) return callback(NO_ERROR, nothing())
    const expression = this.expressions.get(source) ?? new RegExp(source, 'i')
    this.expressions.set(source, expression)
    callback(NO_ERROR, matchExpression(expression, context.message.text ?? '', this.intent) ?? nothing())
  }
}
