import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { TurnContext } from '@parley/core'
import { collectEntities } from '../entities.ts'
import { nothingRecognized } from '../recognizer.ts'
import type { Recognizer, RecognizerResult } from '../recognizer.ts'
import { ModelProblem, REFERENCE, checkModel } from './check-model.ts'
import { EntityFinder, keepLongest, toMasked } from './entity-finder.ts'
import { featuresOf } from './features.ts'
import type { Features, Masked } from './features.ts'
import { IntentIndex } from './intent-index.ts'
import { JsonProblem, readJsonDocument } from './json-document.ts'
import { LocalModelInvalidError, LocalModelUnreadableError } from './local-model-errors.ts'
import type { LocalModel } from './local-model.ts'
import { tokenize } from './tokenize.ts'

/** Text behind it is not looked at, as with the service of Azure: it is more than anybody says at once. */
const MAX_TEXT = 1_000
const MAX_FILE_BYTES = 8 * 1024 * 1024

/**
 * Recognizes intents and entities here, without a service, from a few utterances an intent. It trains when it is made, in
 * milliseconds, in any language: utterances are compared by words and by letters in a row. The same data and text always give
 * the same result.
 *
 * Scores are how often such an answer is right, 0 to 1, and sum up to 1 with that of `None`, which wins when the text is about
 * something else. The first 1,000 characters of a text count.
 */
export class LocalRecognizer implements Recognizer {
  private readonly finders: readonly EntityFinder[]
  /** Entities that utterances refer to: for intents their names count, and not what is written. */
  private readonly referenced: ReadonlySet<string>
  private readonly intents: IntentIndex

  /** @throws {@link LocalModelInvalidError} `RECOGNIZERS_MODEL_INVALID`, with the path of the fault. */
  constructor(model: LocalModel) {
    const { intents, entities = {} } = checked(model)
    this.finders = Object.entries(entities).map(([name, entity]) => new EntityFinder(name, entity))
    const names = entityNames(entities)
    const utterances = Object.entries(intents).flatMap(([intent, texts]) => texts.map((text) => ({ intent, text })))
    this.referenced = new Set(utterances.flatMap(({ text }) => referencesOf(text, names).map(({ entity }) => entity)))
    this.intents = new IntentIndex(
      utterances.map(({ intent, text }) => ({ intent, features: this.featuresOfUtterance(text, names) })),
    )
  }

  /**
   * Makes one from a JSON text.
   *
   * @param file - For messages: where the text is from.
   * @throws {@link LocalModelInvalidError} `RECOGNIZERS_MODEL_INVALID`, with the line and the path of the fault.
   */
  static fromJson(json: string, file?: string): LocalRecognizer {
    const document = readDocument(json, file)
    try {
      return new LocalRecognizer(checkModel(document.value))
    } catch (error) {
      if (!(error instanceof ModelProblem)) throw error
      const { path, message } = error
      throw new LocalModelInvalidError(message, { file, line: document.lineOf(path), path: pathText(path) })
    }
  }

  /**
   * Makes one from a JSON file of up to 8 MiB.
   *
   * @throws {@link LocalModelUnreadableError} `RECOGNIZERS_MODEL_UNREADABLE`
   * @throws {@link LocalModelInvalidError} `RECOGNIZERS_MODEL_INVALID`, with the line and the path of the fault.
   */
  static async fromFile(path: string): Promise<LocalRecognizer> {
    return LocalRecognizer.fromJson(await readModel(path), basename(path))
  }

  async recognize(context: TurnContext): Promise<RecognizerResult> {
    const { text } = context.activity
    return this.recognizeText(typeof text === 'string' ? text : '')
  }

  /** Recognizes a text. It takes a fraction of a millisecond, and is done when it returns. */
  recognizeText(text: string): RecognizerResult {
    const beginning = text.slice(0, MAX_TEXT)
    const tokens = tokenize(beginning)
    if (tokens.length === 0) return nothingRecognized(text)
    const found = this.finders.flatMap((finder) => finder.find(beginning, tokens))
    const masked = toMasked(found.filter(({ instance }) => this.referenced.has(instance.type)))
    const scores = this.intents.score(featuresOf(tokens, masked))
    const intents = Object.fromEntries(Array.from(scores, ([intent, score]) => [intent, { score }]))
    return { text, intents, entities: collectEntities(found) }
  }

  /** References count as what they refer to; so does what an utterance spells out. */
  private featuresOfUtterance(text: string, names: ReadonlyMap<string, string>): Features {
    const tokens = tokenize(text)
    const found = this.finders
      .filter(({ name }) => this.referenced.has(name))
      .flatMap((finder) => finder.find(text, tokens))
    const references = referencesOf(text, names)
    const spelledOut = toMasked(found).filter(
      ({ start, end }) => !references.some((it) => start < it.end && end > it.start),
    )
    return featuresOf(tokens, keepLongest([...references, ...spelledOut]))
  }
}

function checked(model: LocalModel): LocalModel {
  try {
    return checkModel(model)
  } catch (error) {
    if (!(error instanceof ModelProblem)) throw error
    throw new LocalModelInvalidError(error.message, { path: pathText(error.path) })
  }
}

function readDocument(json: string, file: string | undefined): ReturnType<typeof readJsonDocument> {
  try {
    return readJsonDocument(json)
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error
    throw new LocalModelInvalidError(`is no JSON: ${error.message}`, { file, line: error.line, path: '' })
  }
}

async function readModel(path: string): Promise<string> {
  try {
    const { size } = await stat(path)
    if (size > MAX_FILE_BYTES) throw new LocalModelUnreadableError(path, 'it is larger than 8 MiB')
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof LocalModelUnreadableError) throw error
    const { code } = Object(error) as { code?: unknown }
    throw new LocalModelUnreadableError(path, code === 'ENOENT' ? 'there is no such file' : String(code), {
      cause: error,
    })
  }
}

/** Names of entities and of their roles, with the entity each stands for. */
function entityNames(entities: NonNullable<LocalModel['entities']>): ReadonlyMap<string, string> {
  const roles = Object.entries(entities).flatMap(([name, entity]) =>
    Object.keys(entity.roles ?? {}).map((role): [string, string] => [role, name]),
  )
  return new Map([...roles, ...Object.keys(entities).map((name): [string, string] => [name, name])])
}

function referencesOf(utterance: string, names: ReadonlyMap<string, string>): Masked[] {
  return Array.from(utterance.matchAll(REFERENCE), ({ 0: { length }, 1: name = '', index }) => ({
    start: index,
    end: index + length,
    entity: names.get(name) ?? name,
  }))
}

/** Names may be of any length; who reads the message needs their beginnings. */
function pathText(path: readonly (string | number)[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part.length > 100 ? `${part.slice(0, 100)}…` : part}`))
    .join('')
    .slice(1)
}
