import type { IIntentRecognizerResult, IRecognizeContext } from '../contracts/recognizing.ts'
import type { MatchType } from '../contracts/events.ts'

/** The least score of an expression that matches. */
const MIN_SCORE = 0.4

/** How sure a match is: the more of the text it covers. */
export function coverage(matched: string, text: string): number {
  return MIN_SCORE + (matched.length / text.length) * (1 - MIN_SCORE)
}

/** What an expression finds in a text. */
export function matchExpression(expression: RegExp, text: string, intent: string): IIntentRecognizerResult | undefined {
  // Expressions with the flags `g` or `y` remember where they were.
  expression.lastIndex = 0
  const matched = expression.exec(text)
  expression.lastIndex = 0
  if (!matched || matched[0].length === 0) return undefined
  return { score: coverage(matched[0], text), intent, expression, matched: [...matched] }
}

/** The best of what the message matches: expressions, and names of intents that were recognized. */
export function bestMatch(context: IRecognizeContext, matches: MatchType): IIntentRecognizerResult | undefined {
  const text = context.message.text ?? ''
  let best: IIntentRecognizerResult | undefined
  for (const wanted of Array.isArray(matches) ? matches : [matches]) {
    const found =
      typeof wanted === 'string'
        ? namedIntent(wanted, context.intent)
        : matchExpression(wanted, text, wanted.toString())
    if (found && found.score > (best?.score ?? 0)) best = found
  }
  return best
}

/** The intent of that name, when it is the best one or among the others. */
export function namedIntent(
  name: string,
  intent: IIntentRecognizerResult | undefined,
): IIntentRecognizerResult | undefined {
  if (!intent) return undefined
  if (intent.intent === name) return intent
  const other = intent.intents?.find((candidate) => candidate.intent === name)
  return other && { ...intent, ...other }
}
