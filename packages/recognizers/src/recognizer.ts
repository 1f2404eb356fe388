import type { OpenValue, TurnContext } from '@parley/core'

/** How sure a recognizer is of an intent. */
export interface IntentScore {
  /** 0 to 1. */
  score?: number
  [key: string]: unknown
}

/** What a recognizer made of an utterance, in the shape of SDK v4. */
export interface RecognizerResult {
  /** What the user wrote. */
  text: string
  /** The text as corrected, spelling for example. */
  alteredText?: string
  /** By name. {@link NONE_INTENT} is the one that means: none of the others. */
  intents: Record<string, IntentScore>
  /**
   * Values by the name of their entity, each an array in the order of the text; where each was found is in `$instance`, under
   * the same name and at the same index. See {@link RecognizedEntities}.
   */
  entities?: OpenValue
  [propName: string]: OpenValue
}

/** Understands what users write. One contract for what runs here and for services elsewhere. */
export interface Recognizer {
  /**
   * Recognizes the text of the turn's activity. An activity without text has the intent {@link NONE_INTENT}.
   *
   * @throws ParleyError `RECOGNIZERS_…`, as a rejection: a service could not be asked. Recognizers that run here do not throw.
   */
  recognize(context: TurnContext): Promise<RecognizerResult>
}

/** Name of the intent that means: none of the others. */
export const NONE_INTENT = 'None'

/** An intent with its score. */
export interface ScoredIntent {
  readonly intent: string
  /** 0 to 1. */
  readonly score: number
}

/** The intents of a result, the likeliest first; equal ones in their order. Those without a score have 0. */
export function sortIntents(result: RecognizerResult): ScoredIntent[] {
  return Object.entries(result.intents)
    .map(([intent, { score = 0 }]) => ({ intent, score }))
    .toSorted((one, other) => other.score - one.score)
}

/**
 * The name of the likeliest intent.
 *
 * @param minScore - Below it the answer is {@link NONE_INTENT}, 0 to 1; default 0. A bot that acts at once does well with 0.5.
 */
export function topIntent(result: RecognizerResult, minScore = 0): string {
  const [top] = sortIntents(result)
  return top && top.score >= minScore ? top.intent : NONE_INTENT
}

/** What is recognized when there is nothing to recognize. */
export function nothingRecognized(text: string): RecognizerResult {
  return { text, intents: { [NONE_INTENT]: { score: 1 } }, entities: { $instance: {} } }
}
