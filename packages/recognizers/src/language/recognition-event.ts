import type { TelemetryEvent, TurnContext } from '@parley/core'
import { sortIntents } from '../recognizer.ts'
import type { RecognizerResult } from '../recognizer.ts'

/** What a {@link recognitionEvent} is about. */
export interface RecognitionFacts {
  /** Of the project or app that was asked. */
  readonly applicationId: string
  /** Reports what the user wrote, too, and the entities in it. Default `false`. */
  readonly logPersonalInformation?: boolean | undefined
}

const NO_INTENT = { intent: '', score: 0 }

/**
 * The telemetry event of a recognition, with the names LUIS recognizers of SDK v4 used, on which queries and dashboards depend.
 * Scores are texts.
 */
export function recognitionEvent(
  result: RecognizerResult,
  context: TurnContext,
  { applicationId, logPersonalInformation = false }: RecognitionFacts,
): TelemetryEvent {
  const [first = NO_INTENT, second = NO_INTENT] = sortIntents(result)
  const { activity } = context
  const properties: Record<string, string> = {
    applicationId,
    intent: first.intent,
    intentScore: String(first.score),
    intent2: second.intent,
    intentScore2: String(second.score),
  }
  if (activity.from?.id) properties['fromId'] = activity.from.id
  if (logPersonalInformation) {
    properties['entities'] = JSON.stringify(result.entities ?? {})
    if (result.text) properties['question'] = result.text
  }
  return { name: 'LuisResult', properties }
}
