import type { IFindMatchResult } from '../contracts/recognizing.ts'
import type { IChoice, IPromptChoiceFeatures } from '../contracts/prompts.ts'
import { findNumber } from './find-number.ts'

const MIN_SCORE = 0.4
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const FROM_END = ['last', 'second from the last', 'second last']

/** The choice that a text names best: by words of its value, button or synonyms, by number, or by `first`, `last` … */
export function findChoice(
  choices: readonly IChoice[],
  text: string,
  features: IPromptChoiceFeatures,
): IFindMatchResult | undefined {
  const said = wordsOf(text)
  if (said.length === 0) return undefined
  const { recognizeChoices = true, recognizeNumbers = true, recognizeOrdinals = true } = features
  const found = [
    ...(recognizeChoices ? choices.map((choice, index) => ({ index, score: scoreOf(choice, said) })) : []),
    // Before numbers, for `the second one`.
    ...(recognizeOrdinals ? byOrdinal(said, choices.length) : []),
    ...(recognizeNumbers ? byNumber(text, said) : []),
  ]
  const best = found
    .filter(({ index, score }) => score > 0 && choices[index] !== undefined)
    .reduce<{ index: number; score: number } | undefined>((a, b) => (!a || b.score > a.score ? b : a), undefined)
  if (!best || best.score < (features.minScore ?? MIN_SCORE)) return undefined
  return { index: best.index, entity: choices[best.index]!.value, score: best.score }
}

/** What a choice is called: the words of its value, of its button, and of its synonyms. */
function scoreOf({ value, action, synonyms = [] }: IChoice, said: readonly string[]): number {
  const more = typeof synonyms === 'string' ? synonyms.split('|') : synonyms
  const names = [value, action?.title, action?.value, ...more].filter((name) => name)
  return Math.max(...names.map((name) => match(wordsOf(name!), said)))
}

/** The more words of the name are said, and the less else, the better. */
function match(name: readonly string[], said: readonly string[]): number {
  const matched = name.filter((word) => said.includes(word)).length
  if (matched === 0) return 0
  const part = (matched / name.length) * (Math.min(matched, said.length) / said.length)
  return MIN_SCORE + part * (1 - MIN_SCORE)
}

function byNumber(text: string, said: readonly string[]): { index: number; score: number }[] {
  const number = findNumber(text)
  if (!number || !Number.isInteger(number.value)) return []
  return [{ index: number.value - 1, score: MIN_SCORE + (1 - MIN_SCORE) / said.length }]
}

function byOrdinal(said: readonly string[], count: number): { index: number; score: number }[] {
  const score = (words: number): number => MIN_SCORE + ((1 - MIN_SCORE) * words) / said.length
  const text = said.join(' ')
  const fromEnd = FROM_END.findLastIndex((words) => text.includes(words))
  if (fromEnd >= 0) {
    return [{ index: count - (fromEnd === 0 ? 1 : 2), score: score(FROM_END[fromEnd]!.split(' ').length) }]
  }
  const index = ORDINALS.findIndex((word) => said.includes(word))
  return index < 0 ? [] : [{ index, score: score(1) }]
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
