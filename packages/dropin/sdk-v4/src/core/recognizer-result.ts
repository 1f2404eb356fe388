import type { OpenValue } from '@parley/core'

/** How sure a recognizer is of an intent. */
export interface IntentScore {
  /** 0 to 1. */
  score?: number
  [key: string]: unknown
}

/** What a recognizer made of an utterance. */
export interface RecognizerResult {
  text: string
  /** The text as corrected, spelling for example. */
  alteredText?: string
  intents: Record<string, IntentScore>
  entities?: OpenValue
  [propName: string]: OpenValue
}

/**
 * The intent with the highest score, the first of several; `''` with -1 when no intent has one.
 *
 * @throws Error: there is no result.
 */
export const getTopScoringIntent = (result: RecognizerResult): { intent: string; score: number } => {
  if (!result?.intents) throw new Error('result is empty')
  let top = { intent: '', score: -1 }
  for (const [intent, { score }] of Object.entries(result.intents)) {
    if (score !== undefined && score > top.score) top = { intent, score }
  }
  return top
}
