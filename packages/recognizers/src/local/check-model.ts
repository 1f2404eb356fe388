import type { LocalEntity, LocalModel } from './local-model.ts'
import { Pattern } from './pattern.ts'
import { PatternProblem } from './pattern-syntax.ts'
import { tokenize } from './tokenize.ts'

type Path = readonly (string | number)[]

/** A fault in a model, and where. */
export class ModelProblem extends Error {
  readonly path: Path

  constructor(path: Path, message: string) {
    super(message)
    this.path = path
  }
}

const LIMITS = { intents: 500, utterances: 20_000, entities: 350, phrases: 100_000, patterns: 100, roles: 1_000 }
const MAX_UTTERANCE = 500
const MAX_PHRASE = 200
const NAME = /^[\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*$/u
/** `@name` at the beginning of a word. */
export const REFERENCE: RegExp = /(?<![^\s])@([\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*)/gu

/**
 * Checks training data of any origin.
 *
 * @throws {@link ModelProblem} the first fault, in the order of the file.
 */
export function checkModel(value: unknown): LocalModel {
  return new ModelCheck().model(value)
}

class ModelCheck {
  private readonly counts = { intents: 0, utterances: 0, entities: 0, phrases: 0, patterns: 0, roles: 0 }

  model(value: unknown): LocalModel {
    const model = fields(value, [], ['$schema', 'intents', 'entities'])
    const entities = model['entities'] === undefined ? {} : fields(model['entities'], ['entities'])
    const names = new Set(Object.entries(entities).flatMap(([name, entity]) => [name, ...rolesOf(entity)]))
    if (model['intents'] === undefined) throw new ModelProblem([], 'has no "intents"')
    const intents = Object.entries(fields(model['intents'], ['intents']))
    if (intents.length === 0) throw new ModelProblem(['intents'], 'has no intent')
    for (const [name, utterances] of intents) this.intent(name, utterances, names)
    for (const [name, entity] of Object.entries(entities)) this.entity(name, entity)
    return value as LocalModel
  }

  private intent(name: string, value: unknown, names: ReadonlySet<string>): void {
    const path = ['intents', name]
    this.count('intents', path)
    if (name.trim() === '') throw new ModelProblem(path, 'has an intent without a name')
    const utterances = texts(value, path)
    if (utterances.length === 0) throw new ModelProblem(path, 'has no utterance')
    utterances.forEach((utterance, index) => this.utterance(utterance, [...path, index], names))
  }

  private utterance(utterance: string, path: Path, names: ReadonlySet<string>): void {
    this.count('utterances', path)
    checkWords(utterance, path, MAX_UTTERANCE)
    for (const [, name = ''] of utterance.matchAll(REFERENCE)) {
      if (names.has(name)) continue
      throw new ModelProblem(path, `refers to @${name}, which is neither an entity nor a role; add it to "entities"`)
    }
  }

  private entity(name: string, value: unknown): void {
    const path = ['entities', name]
    this.count('entities', path)
    checkName(name, path)
    const entity = fields(value, path, ['list', 'patterns', 'roles'])
    if (entity['list'] === undefined && entity['patterns'] === undefined) {
      throw new ModelProblem(path, 'has neither "list" nor "patterns", so it is never found')
    }
    if (entity['list'] !== undefined) this.list(entity['list'], [...path, 'list'])
    if (entity['patterns'] !== undefined) this.patterns(entity['patterns'], [...path, 'patterns'])
    if (entity['roles'] !== undefined) this.roles(entity['roles'], [...path, 'roles'])
  }

  private list(value: unknown, path: Path): void {
    for (const [name, synonyms] of Object.entries(fields(value, path))) {
      const place = [...path, name]
      this.count('phrases', place)
      checkWords(name, place, MAX_PHRASE)
      texts(synonyms, place).forEach((synonym, index) => {
        this.count('phrases', [...place, index])
        checkWords(synonym, [...place, index], MAX_PHRASE)
      })
    }
  }

  private patterns(value: unknown, path: Path): void {
    texts(value, path).forEach((source, index) => {
      this.count('patterns', [...path, index])
      checkPattern(source, [...path, index])
    })
  }

  private roles(value: unknown, path: Path): void {
    for (const [role, contexts] of Object.entries(fields(value, path))) {
      checkName(role, [...path, role])
      texts(contexts, [...path, role]).forEach((context, index) => {
        const place = [...path, role, index]
        this.count('roles', place)
        if (context.split('@').length !== 2) throw new ModelProblem(place, 'needs one @, for the entity: "from @"')
        checkWords(context, place, MAX_PHRASE)
      })
    }
  }

  private count(what: keyof typeof LIMITS, path: Path): void {
    this.counts[what] += 1
    if (this.counts[what] > LIMITS[what])
      throw new ModelProblem(path, `is one too many; there may be ${LIMITS[what]} ${what}`)
  }
}

function checkPattern(source: string, path: Path): void {
  try {
    void new Pattern(source)
  } catch (error) {
    if (error instanceof PatternProblem) throw new ModelProblem(path, error.message)
    throw error
  }
}

function checkName(name: string, path: Path): void {
  if (!NAME.test(name)) throw new ModelProblem(path, 'has a name with other than letters, digits, _ and inside . and -')
}

function checkWords(text: string, path: Path, maxLength: number): void {
  if (text.length > maxLength) throw new ModelProblem(path, `is longer than ${maxLength} characters`)
  if (tokenize(text).length === 0) throw new ModelProblem(path, 'has no word')
}

function fields(value: unknown, path: Path, known?: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ModelProblem(path, 'is not an object')
  const unknown = known && Object.keys(value).find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new ModelProblem(
      [...path, unknown],
      `is unknown; there may be ${known?.map((name) => `"${name}"`).join(', ')}`,
    )
  }
  return value as Record<string, unknown>
}

function texts(value: unknown, path: Path): string[] {
  if (!Array.isArray(value)) throw new ModelProblem(path, 'is not an array of texts')
  value.forEach((text: unknown, index) => {
    if (typeof text !== 'string') throw new ModelProblem([...path, index], 'is not a text')
  })
  return value as string[]
}

function rolesOf(entity: unknown): string[] {
  const roles = (entity as LocalEntity | null)?.roles
  return typeof roles === 'object' && roles !== null ? Object.keys(roles) : []
}
