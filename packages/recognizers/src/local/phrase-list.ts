import type { Span } from './pattern.ts'
import { tokenize } from './tokenize.ts'
import type { Token } from './tokenize.ts'

/** A phrase of a list in a text. */
export interface FoundPhrase extends Span {
  /** Values that have this phrase, in the order of the list. */
  readonly values: readonly string[]
}

/** Finds the phrases of a list, as whole words, whatever their case, accents and the punctuation between. */
export class PhraseList {
  private readonly values = new Map<string, string[]>()
  private longest = 0

  /** @param list - The values, each with other phrases for it. */
  constructor(list: Readonly<Record<string, readonly string[]>>) {
    for (const [value, synonyms] of Object.entries(list)) {
      for (const phrase of [value, ...synonyms]) this.add(phrase, value)
    }
  }

  /** From left to right, the longest at each place, apart from each other. */
  find(tokens: readonly Token[]): FoundPhrase[] {
    const found: FoundPhrase[] = []
    for (let index = 0; index < tokens.length;) {
      const match = this.longestAt(tokens, index)
      if (match) found.push(match.phrase)
      index += match?.length ?? 1
    }
    return found
  }

  private longestAt(tokens: readonly Token[], index: number): { phrase: FoundPhrase; length: number } | undefined {
    const most = Math.min(this.longest, tokens.length - index)
    for (let length = most; length > 0; length -= 1) {
      const part = tokens.slice(index, index + length)
      const values = this.values.get(keyOf(part))
      const [start, end] = [part[0]?.start, part.at(-1)?.end]
      if (values && start !== undefined && end !== undefined) return { phrase: { start, end, values }, length }
    }
    return undefined
  }

  private add(phrase: string, value: string): void {
    const tokens = tokenize(phrase)
    const key = keyOf(tokens)
    const known = this.values.get(key)
    if (!known) this.values.set(key, [value])
    else if (!known.includes(value)) known.push(value)
    this.longest = Math.max(this.longest, tokens.length)
  }
}

function keyOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(' ')
}
