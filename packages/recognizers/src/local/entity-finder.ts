import type { FoundEntity } from '../entities.ts'
import type { Masked } from './features.ts'
import type { LocalEntity } from './local-model.ts'
import { Pattern } from './pattern.ts'
import { PhraseList } from './phrase-list.ts'
import { tokenize } from './tokenize.ts'
import type { Token } from './tokenize.ts'

/** An entity of the model in a text. */
interface Match {
  readonly start: number
  readonly end: number
  readonly value: unknown
}

interface Role {
  readonly name: string
  /** Words before the entity, and behind it. */
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** Finds one entity of a model. */
export class EntityFinder {
  readonly name: string
  private readonly list: PhraseList
  private readonly patterns: readonly Pattern[]
  private readonly roles: readonly Role[]

  constructor(name: string, { list = {}, patterns = [], roles = {} }: LocalEntity) {
    this.name = name
    this.list = new PhraseList(list)
    this.patterns = patterns.map((source) => new Pattern(source))
    this.roles = Object.entries(roles).flatMap(([role, contexts]) => contexts.map((context) => roleOf(role, context)))
  }

  /** From left to right, the longest at each place, apart from each other. */
  find(text: string, tokens: readonly Token[]): FoundEntity[] {
    const phrases = this.list.find(tokens).map(({ start, end, values }) => ({ start, end, value: values }))
    const matches = this.patterns.flatMap((pattern) =>
      pattern.find(text).map(({ start, end }) => ({ start, end, value: text.slice(start, end) })),
    )
    return keepLongest([...phrases, ...matches]).map((match) => this.describe(match, text, tokens))
  }

  private describe({ start, end, value }: Match, text: string, tokens: readonly Token[]): FoundEntity {
    const role = this.roleAt(start, end, tokens)
    const place = { startIndex: start, endIndex: end, text: text.slice(start, end), type: this.name, score: 1 }
    return { name: role ?? this.name, value, instance: role === undefined ? place : { ...place, role } }
  }

  private roleAt(start: number, end: number, tokens: readonly Token[]): string | undefined {
    if (this.roles.length === 0) return undefined
    const first = countBefore(tokens, start)
    const behind = countBefore(tokens, end)
    return this.roles.find(
      ({ before, after }) => isAt(tokens, first - before.length, before) && isAt(tokens, behind, after),
    )?.name
  }
}

/** The longest of those that overlap; of equal ones the first. They come out from left to right. */
export function keepLongest<T extends { readonly start: number; readonly end: number }>(places: readonly T[]): T[] {
  const kept: T[] = []
  let end = 0
  const inOrder = places.toSorted((one, other) => one.start - other.start || other.end - one.end)
  for (const place of inOrder) {
    if (place.start < end) continue
    kept.push(place)
    end = place.end
  }
  return kept
}

/** Places in which only the name of the entity counts. */
export function toMasked(found: readonly FoundEntity[]): Masked[] {
  return keepLongest(
    found.map(({ instance }) => ({ start: instance.startIndex, end: instance.endIndex, entity: instance.type })),
  )
}

function roleOf(name: string, context: string): Role {
  const [before = '', after = ''] = context.split('@')
  const words = (text: string): string[] => tokenize(text).map((token) => token.text)
  return { name, before: words(before), after: words(after) }
}

/** How many tokens begin before a place of the text. */
function countBefore(tokens: readonly Token[], place: number): number {
  let [low, high] = [0, tokens.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.start ?? 0) < place) low = middle + 1
    else high = middle
  }
  return low
}

function isAt(tokens: readonly Token[], index: number, words: readonly string[]): boolean {
  return words.every((word, offset) => tokens[index + offset]?.text === word)
}
