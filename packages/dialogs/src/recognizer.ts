import { DialogUsageError } from './dialog-usage-error.ts'
import { BotTelemetryClientKey, NullTelemetryClient } from '@parley/core'
import type { Activity, BotTelemetryClient, OpenValue } from '@parley/core'
import { Configurable } from './configurable.ts'
import type { DialogContext } from './dialog-context.ts'

/** What a recognizer made of an utterance. */
export interface RecognizerResult {
  text: string
  /** The text as corrected, spelling for example. */
  alteredText?: string
  /** How sure it is of each intent, from 0 to 1. */
  intents: Record<string, { score?: number; [name: string]: unknown }>
  entities?: OpenValue
  [name: string]: OpenValue
}

/** Settings of a {@link Recognizer}. */
export interface RecognizerConfiguration {
  id?: string
  telemetryClient?: BotTelemetryClient
}

const NONE = 'None'
const OWN_PROPERTIES = new Set(['text', 'alteredText', 'intents', 'entities'])

/** Finds out what a user wants. */
export class Recognizer extends Configurable implements RecognizerConfiguration {
  declare id: string
  telemetryClient: BotTelemetryClient = new NullTelemetryClient()

  /** @throws Error: unless overridden. */
  async recognize(
    _dialogContext: DialogContext,
    _activity: Partial<Activity>,
    _telemetryProperties?: Record<string, string>,
    _telemetryMetrics?: Record<string, number>,
  ): Promise<RecognizerResult> {
    throw new DialogUsageError('Please implement recognize function.')
  }

  /**
   * Joins the results of several recognizers, by their ids: `ChooseIntent` with all that recognized something as `candidates`,
   * or `None`.
   */
  protected createChooseIntentResult(recognizerResults: Record<string, RecognizerResult>): RecognizerResult {
    const candidates = Object.entries(recognizerResults)
      .map(([id, result]) => ({ id, ...topIntent(result), result }))
      .filter(({ intent }) => intent !== NONE)
    const text = Object.values(recognizerResults).findLast((result) => result.text !== undefined)?.text as string
    if (candidates.length === 0) return { text, intents: { [NONE]: { score: 1 } }, entities: {}, sentiment: null }
    return { text, intents: { ChooseIntent: { score: 1 } }, candidates, entities: {} }
  }

  /** What telemetry says of a result; `telemetryProperties` come over it. */
  protected fillRecognizerResultTelemetryProperties(
    recognizerResult: RecognizerResult,
    telemetryProperties: Record<string, string>,
    _dialogContext?: DialogContext,
  ): Record<string, string> {
    const { text, alteredText, intents, entities } = recognizerResult
    const hasIntent = Object.keys(intents).length > 0
    const { intent, score } = topIntent(recognizerResult)
    const properties: Record<string, string | undefined> = {
      Text: text,
      AlteredText: alteredText,
      TopIntent: hasIntent ? intent : undefined,
      TopIntentScore: hasIntent ? String(score) : undefined,
      Intents: hasIntent ? JSON.stringify(intents) : undefined,
      Entities: entities ? JSON.stringify(entities) : undefined,
      AdditionalProperties: this.stringifyAdditionalPropertiesOfRecognizerResult(recognizerResult) ?? '{}',
    }
    return { ...properties, ...telemetryProperties } as Record<string, string>
  }

  /** What of a result has no place of its own, as JSON. */
  protected stringifyAdditionalPropertiesOfRecognizerResult(recognizerResult: RecognizerResult): string {
    const others = Object.entries(recognizerResult).filter(([name]) => !OWN_PROPERTIES.has(name))
    return (others.length > 0 ? JSON.stringify(Object.fromEntries(others)) : undefined) as string
  }

  /** Reports an event, to the client of the turn if the recognizer has none. */
  protected trackRecognizerResult(
    dialogContext: DialogContext,
    eventName: string,
    telemetryProperties?: Record<string, string>,
    telemetryMetrics?: Record<string, number>,
  ): void {
    const ofTurn = dialogContext.context.turnState.get<BotTelemetryClient | undefined>(BotTelemetryClientKey)
    const client =
      this.telemetryClient.constructor === NullTelemetryClient ? (ofTurn ?? this.telemetryClient) : this.telemetryClient
    client.trackEvent({ name: eventName, properties: telemetryProperties, metrics: telemetryMetrics } as OpenValue)
  }
}

/** The intent with the highest score; `''` with -1 when none has one. */
function topIntent({ intents }: RecognizerResult): { intent: string; score: number } {
  let top = { intent: '', score: -1 }
  for (const [intent, { score }] of Object.entries(intents)) {
    if (score !== undefined && score > top.score) top = { intent, score }
  }
  return top
}
