import type { Token } from './tokenize.ts'

/** What an utterance is compared by. */
export interface Features {
  /** Words, and the characters of scripts without spaces. */
  readonly words: ReadonlySet<string>
  /** Letters in a row of a word, with its edges: three, or two of Korean; two characters of a script without spaces. */
  readonly grams: ReadonlySet<string>
}

/** A place in the text that counts as the name of its entity, whatever is written there. */
export interface Masked {
  readonly start: number
  readonly end: number
  readonly entity: string
}

const EDGE = '_'
/** One character of it is a syllable. */
const HANGUL = /\p{sc=Hangul}/u

/** What an utterance is compared by. `masked` places lie apart from each other. */
export function featuresOf(tokens: readonly Token[], masked: readonly Masked[] = []): Features {
  const words = new Set<string>()
  const grams = new Set<string>()
  for (const { entity } of masked) {
    words.add(`@${entity}`)
    grams.add(`@${entity}`)
  }
  const kept = tokens.filter(({ start, end }) => !masked.some((place) => start < place.end && end > place.start))
  kept.forEach((token, index) => {
    words.add(token.text)
    for (const gram of gramsOf(token, kept[index - 1], kept[index + 1])) grams.add(gram)
  })
  return { words, grams }
}

function gramsOf(token: Token, before: Token | undefined, after: Token | undefined): string[] {
  if (token.kind === 'word') return slices(EDGE + token.text + EDGE, HANGUL.test(token.text) ? 2 : 3)
  if (isAdjacent(before, token)) return [`${before?.text}${token.text}`]
  return isAdjacent(token, after) ? [] : [token.text]
}

function isAdjacent(one: Token | undefined, other: Token | undefined): boolean {
  return one?.kind === 'character' && other?.kind === 'character' && one.end === other.start
}

function slices(text: string, length: number): string[] {
  return Array.from({ length: text.length - length + 1 }, (_, index) => text.slice(index, index + length))
}
