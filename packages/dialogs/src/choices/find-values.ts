import type { ModelResult } from './model-result.ts'
import { defaultTokenizer, type Token, type TokenizerFunction } from './tokenizer.ts'

/** How {@link findValues} looks. */
export interface FindValuesOptions {
  /** Whether some words of a value are enough; by default all must be said, in their order. */
  allowPartialMatches?: boolean
  /** Language of the utterance, given to the tokenizer and the recognizers; default `en-us`. */
  locale?: string
  /** How many other words may be said between two words of a value; default 2. */
  maxTokenDistance?: number
  /** Default {@link defaultTokenizer}. */
  tokenizer?: TokenizerFunction
}

/** A value that was said. */
export interface FoundValue {
  value: string
  /** {@link SortedValue.index} of the value. */
  index: number
  /** 0 to 1: 1 when all words were said, with none between. */
  score: number
}

/** A value to look for. */
export interface SortedValue {
  value: string
  /** The caller's number for it; several values may share one, and it is found once. */
  index: number
}

/** A value in an utterance. `first` and `last` count words. */
interface Match {
  value: SortedValue
  first: number
  last: number
  score: number
}

/**
 * Finds values in an utterance by their words, without regard to case. What is exactly one of the values finds that and nothing
 * else; otherwise the best matches win, no word counts twice, and each index is found once.
 *
 * @returns In the order in which they were said.
 */
export function findValues(
  utterance: string,
  values: SortedValue[],
  options: FindValuesOptions = {},
): ModelResult<FoundValue>[] {
  const said = utterance ?? ''
  const exact = findExactly(said, values)
  if (exact) return [exact]

  const { tokenizer = defaultTokenizer } = options
  const words = tokenizer(said, options.locale)
  const matches = [...values]
    .sort((one, other) => other.value.length - one.value.length)
    .flatMap((value) => findAll(words, value, tokenizer(value.value.trim(), options.locale), options))
    .sort((one, other) => other.score - one.score)
  return withoutOverlaps(matches)
    .sort((one, other) => one.first - other.first)
    .map((match) => toResult(match, words, said))
}

function findExactly(said: string, values: readonly SortedValue[]): ModelResult<FoundValue> | undefined {
  if (said === '') return undefined
  const normalized = said.toLowerCase()
  const found = values.find(({ value }) => value.toLowerCase() === normalized)
  if (!found) return undefined
  const resolution = { value: found.value, index: found.index, score: 1 }
  return { text: said, start: 0, end: said.length - 1, typeName: 'value', resolution }
}

/** The value wherever it is said, one after the other. */
function findAll(
  words: readonly Token[],
  value: SortedValue,
  searched: readonly Token[],
  options: FindValuesOptions,
): Match[] {
  const matches: Match[] = []
  for (let from = 0; from < words.length;) {
    const match = findNext(words, value, searched, from, options)
    if (!match) break
    matches.push(match)
    from = match.last + 1
  }
  return matches
}

function findNext(
  words: readonly Token[],
  value: SortedValue,
  searched: readonly Token[],
  from: number,
  { allowPartialMatches = false, maxTokenDistance = 2 }: FindValuesOptions,
): Match | undefined {
  let matched = 0
  let skipped = 0
  let first = -1
  let last = -1
  let next = from
  for (const { normalized } of searched) {
    const position = positionOf(normalized, words, next, matched > 0 ? maxTokenDistance : Infinity)
    if (position < 0) continue
    if (matched > 0) skipped += position - next
    matched++
    if (first < 0) first = position
    last = position
    next = position + 1
  }
  if (matched === 0 || (matched < searched.length && !allowPartialMatches)) return undefined
  return { value, first, last, score: (matched / searched.length) * (matched / (matched + skipped)) }
}

/** Where a word is said from `next` on, after at most `maxDistance` others; -1 when it is not. */
function positionOf(normalized: string, words: readonly Token[], next: number, maxDistance: number): number {
  const end = Math.min(words.length - 1, next + maxDistance)
  for (let position = next; position <= end; position++) {
    if (words[position]?.normalized === normalized) return position
  }
  return -1
}

/** Of matches that share a word or an index, the first. */
function withoutOverlaps(matches: readonly Match[]): Match[] {
  const usedIndexes = new Set<number>()
  const usedWords = new Set<number>()
  return matches.filter(({ value, first, last }) => {
    const wordsOfMatch = Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
    if (usedIndexes.has(value.index) || wordsOfMatch.some((word) => usedWords.has(word))) return false
    usedIndexes.add(value.index)
    for (const word of wordsOfMatch) usedWords.add(word)
    return true
  })
}

function toResult(
  { value, first, last, score }: Match,
  words: readonly Token[],
  said: string,
): ModelResult<FoundValue> {
  const start = words[first]?.start ?? 0
  const end = words[last]?.end ?? 0
  const resolution = { value: value.value, index: value.index, score }
  return { text: said.slice(start, end + 1), start, end, typeName: 'value', resolution }
}
