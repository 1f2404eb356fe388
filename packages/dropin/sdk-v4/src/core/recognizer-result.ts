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
 * The intent with the highest score, the first of several; `''` with -1 when there is none. One without a score has -1.
 *
 * @throws Error: there is no result.
 */
export const getTopScoringIntent = (result: RecognizerResult): { intent: string; score: number } => {
  if (!result?.intents) throw new Error('result is empty')
  let top: { intent: string; score: number } | undefined
  for (const [intent, { score = -1 }] of Object.entries(result.intents)) {
    if (top === undefined || score > top.score) top = { intent, score }
  }
  return top ?? { intent: '', score: -1 }
}
