import { NONE_INTENT } from '../recognizer.ts'
import type { Features } from './features.ts'

/** An utterance of the training data. */
export interface Example {
  readonly intent: string
  readonly features: Features
}

/**
 * How the parts are weighed. Found by trying out on phrases in five languages; see the decision on the local recognizer for
 * how, and for what they give on others.
 */
const WORD_SHARE = 0.25
/** What the second and third best utterance of an intent add to the best one. */
const SUPPORT = 0.4
/** How much a difference of similarity tells. */
const STEEPNESS = 16
/** How similar an utterance has to be for its intent to be as likely as none. */
const NONE_SIMILARITY = 0.42
/** What is left of the weight of a feature that all intents have. */
const COMMON_WEIGHT = 0.1

/** Compares utterances with those of the training data. The same data and text always give the same scores. */
export class IntentIndex {
  private readonly examples: readonly string[]
  private readonly intents: readonly string[]
  private readonly words: Postings
  private readonly grams: Postings

  constructor(examples: readonly Example[]) {
    this.examples = examples.map(({ intent }) => intent)
    this.intents = [...new Set([...this.examples, NONE_INTENT])]
    this.words = new Postings(examples.map(({ intent, features }) => ({ intent, features: features.words })))
    this.grams = new Postings(examples.map(({ intent, features }) => ({ intent, features: features.grams })))
  }

  /**
   * How likely each intent is, 0 to 1, the likeliest first; they sum up to 1. That none is meant competes as an intent would
   * whose utterances are always {@link NONE_SIMILARITY} similar.
   */
  score({ words, grams }: Features): Map<string, number> {
    const similarities = this.similarities(this.words.cosines(words), this.grams.cosines(grams))
    const none = Math.max(similarities.get(NONE_INTENT) ?? 0, NONE_SIMILARITY)
    similarities.set(NONE_INTENT, none)
    const highest = Math.max(...similarities.values())
    const odds = this.intents.map((intent): [string, number] => {
      const similarity = similarities.get(intent) ?? 0
      return [intent, Math.exp(STEEPNESS * (similarity - highest))]
    })
    const sum = odds.reduce((total, [, share]) => total + share, 0)
    return new Map(odds.map(([intent, share]): [string, number] => [intent, share / sum]).toSorted(byScore))
  }

  private similarities(words: Float64Array, grams: Float64Array): Map<string, number> {
    const best = new Map<string, [number, number, number]>()
    this.examples.forEach((intent, index) => {
      const similarity = WORD_SHARE * (words[index] ?? 0) + (1 - WORD_SHARE) * (grams[index] ?? 0)
      if (similarity > 0) keepBest(best, intent, similarity)
    })
    return new Map(
      [...best].map(([intent, [first, second, third]]) => [intent, first + SUPPORT * (second + third)] as const),
    )
  }
}

function keepBest(best: Map<string, [number, number, number]>, intent: string, similarity: number): void {
  const [first, second, third] = best.get(intent) ?? [0, 0, 0]
  if (similarity > first) best.set(intent, [similarity, first, second])
  else if (similarity > second) best.set(intent, [first, similarity, second])
  else if (similarity > third) best.set(intent, [first, second, similarity])
}

function byScore([, one]: [string, number], [, other]: [string, number]): number {
  return other - one
}

interface Posting {
  /** Squared weight of the feature. */
  readonly weight: number
  readonly examples: readonly number[]
}

/** Which examples have a feature, and what it tells: little when many have it, less when all intents have it. */
class Postings {
  private readonly postings: ReadonlyMap<string, Posting>
  /** Squared weight of a feature that no example has: it tells that the utterance is about something else. */
  private readonly unknownWeight: number
  private readonly norms: Float64Array

  constructor(examples: readonly { readonly intent: string; readonly features: ReadonlySet<string> }[]) {
    const having = new Map<string, number[]>()
    examples.forEach(({ features }, index) => {
      for (const feature of features) {
        const known = having.get(feature)
        if (known) known.push(index)
        else having.set(feature, [index])
      }
    })
    const intents = new Set(examples.map(({ intent }) => intent)).size
    const weigh = (indexes: readonly number[]): number => {
      const sharedBy = new Set(indexes.map((index) => examples[index]?.intent)).size
      return (rarity(examples.length, indexes.length) * specificity(intents, sharedBy)) ** 2
    }
    this.postings = new Map(
      [...having].map(([feature, indexes]) => [feature, { weight: weigh(indexes), examples: indexes }]),
    )
    this.unknownWeight = rarity(examples.length, 0) ** 2
    this.norms = Float64Array.from(examples, ({ features }) => this.normOf(features))
  }

  /** How similar each example is, 0 to 1. */
  cosines(features: ReadonlySet<string>): Float64Array {
    const sums = new Float64Array(this.norms.length)
    for (const feature of features) {
      const posting = this.postings.get(feature)
      if (!posting) continue
      for (const index of posting.examples) sums[index] = (sums[index] ?? 0) + posting.weight
    }
    const norm = this.normOf(features)
    return sums.map((sum, index) => (sum === 0 ? 0 : sum / (norm * (this.norms[index] ?? 1))))
  }

  private normOf(features: ReadonlySet<string>): number {
    let sum = 0
    for (const feature of features) sum += this.postings.get(feature)?.weight ?? this.unknownWeight
    return Math.sqrt(sum)
  }
}

function rarity(examples: number, having: number): number {
  return Math.log((1 + examples) / (1 + having)) + 1
}

function specificity(intents: number, having: number): number {
  if (intents < 2) return 1
  return COMMON_WEIGHT + ((1 - COMMON_WEIGHT) * Math.log((1 + intents) / (1 + having))) / Math.log((1 + intents) / 2)
}
