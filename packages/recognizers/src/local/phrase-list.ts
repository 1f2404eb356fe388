import type { Span } from './pattern.ts'
import { tokenize } from './tokenize.ts'
import type { Token } from './tokenize.ts'

/** A phrase of a list in a text. */
export interface FoundPhrase extends Span {
  /** Values that have this phrase, in the order of the list. */
  readonly values: readonly string[]
}

/** What may follow the words so far, and what they stand for when they end here. */
interface Branch {
  readonly next: Map<string, Branch>
  readonly values: string[]
}

/** Finds the phrases of a list, as whole words, whatever their case, accents and the punctuation between. */
export class PhraseList {
  private readonly root: Branch = { next: new Map(), values: [] }

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
      const { values, length } = this.longestAt(tokens, index)
      const [first, last] = [tokens[index], tokens[index + length - 1]]
      if (first && last && length > 0) found.push({ start: first.start, end: last.end, values })
      index += Math.max(1, length)
    }
    return found
  }

  private longestAt(tokens: readonly Token[], index: number): { values: readonly string[]; length: number } {
    let longest = { values: this.root.values, length: 0 }
    let branch: Branch | undefined = this.root
    for (let length = 1; branch; length += 1) {
      branch = branch.next.get(tokens[index + length - 1]?.text ?? '')
      if (branch && branch.values.length > 0) longest = { values: branch.values, length }
    }
    return longest
  }

  private add(phrase: string, value: string): void {
    let branch = this.root
    for (const { text } of tokenize(phrase)) {
      const next = branch.next.get(text) ?? { next: new Map(), values: [] }
      branch.next.set(text, next)
      branch = next
    }
    if (!branch.values.includes(value)) branch.values.push(value)
  }
}
