import { collectEntities } from '../entities.ts'
import type { EntityInstance, RecognizedEntities } from '../entities.ts'
import { NONE_INTENT } from '../recognizer.ts'
import type { IntentScore, RecognizerResult } from '../recognizer.ts'
import { cluEntities } from './clu-entities.ts'
import { numberOf, objectOf, objectsOf, scoreOf, textOf } from './json.ts'
import type { JsonObject } from './json.ts'
import { readAnswers, withoutDefaultAnswer } from './question-answer.ts'
import type { QuestionAnswer } from './question-answer.ts'

/** What a project of conversational language understanding made of an utterance. */
export interface CluResult extends RecognizerResult {
  entities: RecognizedEntities
  /** To which project the utterance was routed, when an orchestration project was asked. */
  target?: CluTarget
  /** What the knowledge base answered, when the utterance was routed to one. */
  answers?: QuestionAnswer[]
  /** What the service answered, when that was asked for. */
  cluResult?: unknown
}

/** A project to which an orchestration project routes. */
export interface CluTarget {
  /** Name of the intent of the orchestration project. */
  readonly name: string
  /** `NonLinked`: none, as for the intent `None`. */
  readonly kind: 'Conversation' | 'Luis' | 'QuestionAnswering' | 'NonLinked'
  /** How sure the orchestration project is, 0 to 1. */
  readonly score: number
}

/**
 * Reads what the service answered.
 *
 * @returns `undefined`: it is no prediction.
 */
export function readCluResult(text: string, answer: unknown): CluResult | undefined {
  const prediction = objectOf(objectOf(objectOf(answer)['result'])['prediction'])
  if (prediction['projectKind'] === 'Orchestration') return readOrchestration(text, prediction)
  if (!Array.isArray(prediction['intents'])) return undefined
  return readConversation(text, prediction)
}

function readConversation(text: string, { intents, entities }: JsonObject): CluResult {
  const scores = objectsOf(intents).map(({ category, confidenceScore }): [string, IntentScore] => [
    textOf(category),
    { score: scoreOf(confidenceScore) },
  ])
  return { text, intents: withOne(Object.fromEntries(scores)), entities: cluEntities(entities) }
}

/**
 * The result of the project that the utterance is for, as if that had been asked. Where it has no intents, as a knowledge base has
 * not, they are those of the orchestration project.
 */
function readOrchestration(text: string, prediction: JsonObject): CluResult | undefined {
  const intents = objectOf(prediction['intents'])
  const name = textOf(prediction['topIntent'])
  const top = objectOf(intents[name])
  const kind = targetKind(top['targetProjectKind'])
  if (!Object.hasOwn(intents, name) || !kind) return undefined
  const target: CluTarget = { name, kind, score: scoreOf(top['confidenceScore']) }
  const scores = Object.entries(intents).map(([intent, value]): [string, IntentScore] => [
    intent,
    { score: scoreOf(objectOf(value)['confidenceScore']) },
  ])
  const own = { text, intents: Object.fromEntries(scores), entities: collectEntities([]), target }
  return { ...own, ...routed(text, kind, top['result']) }
}

function routed(text: string, kind: CluTarget['kind'], result: unknown): Partial<CluResult> {
  if (kind === 'QuestionAnswering') return { answers: withoutDefaultAnswer(readAnswers(result) ?? []) }
  const prediction = objectOf(objectOf(result)['prediction'])
  if (kind === 'Luis') return readLuis(prediction)
  return Array.isArray(prediction['intents']) ? readConversation(text, prediction) : {}
}

/** A prediction of LUIS, version 3. */
function readLuis({ intents, entities }: JsonObject): Partial<CluResult> {
  const { $instance, ...values } = objectOf(entities)
  const instances = Object.entries(objectOf($instance)).map(([name, found]) => [
    name,
    objectsOf(found).map(readLuisInstance),
  ])
  return {
    intents: withOne(objectOf(intents) as Record<string, IntentScore>),
    entities: { ...values, $instance: Object.fromEntries(instances) },
  }
}

function readLuisInstance({ startIndex, length, text, type, score, ...others }: JsonObject): EntityInstance {
  const start = numberOf(startIndex)
  const place = { startIndex: start, endIndex: start + numberOf(length), text: textOf(text), type: textOf(type) }
  return { ...others, ...place, score: score === undefined ? 1 : scoreOf(score) }
}

function withOne(intents: Record<string, IntentScore>): Record<string, IntentScore> {
  return Object.keys(intents).length > 0 ? intents : { [NONE_INTENT]: { score: 1 } }
}

function targetKind(value: unknown): CluTarget['kind'] | undefined {
  const kinds = ['Conversation', 'Luis', 'QuestionAnswering', 'NonLinked'] as const
  return kinds.find((kind) => kind === value)
}
