/** A word of a text, a character of a script that is written without spaces, or a symbol such as an emoji. */
export interface Token {
  /** Without case and accents, so that `Zürich`, `ZÜRICH` and `zurich` are the same. */
  readonly text: string
  /** Where it begins in the text, in UTF-16 units. */
  readonly start: number
  /** Behind its last unit. */
  readonly end: number
  readonly kind: 'word' | 'character'
}

const UNSPACED =
  '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}]\\p{M}*'
const TOKENS = new RegExp(`(${UNSPACED}|[\\p{S}#&%])|(?:(?!${UNSPACED})[\\p{L}\\p{N}]\\p{M}*)+`, 'gu')

/** Cuts a text up. Punctuation and spaces are between tokens. */
export function tokenize(text: string): Token[] {
  return Array.from(text.matchAll(TOKENS), ({ 0: found, 1: character, index }) => ({
    text: normalize(found),
    start: index,
    end: index + found.length,
    kind: character === undefined ? 'word' : 'character',
  }))
}

/**
 * Latin, Greek and Cyrillic letters lose their accents, because people in a hurry leave them out. Marks of other scripts stay:
 * there they tell vowels and consonants apart. Upper case comes first because `ß` and `ſ` have no other common form.
 */
function normalize(text: string): string {
  const bare = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '')
  return bare.toUpperCase().toLowerCase().normalize('NFKC')
}

/** Whether a text has a boundary at `index`: not in the middle of a word. */
export function isBoundary(text: string, index: number): boolean {
  return !(
    ENDS_IN_WORD.test(text.slice(Math.max(0, index - 2), index)) && STARTS_WITH_WORD.test(text.slice(index, index + 2))
  )
}

const ENDS_IN_WORD = new RegExp(`(?:(?!${UNSPACED})[\\p{L}\\p{N}\\p{M}])$`, 'u')
const STARTS_WITH_WORD = new RegExp(`^(?:(?!${UNSPACED})[\\p{L}\\p{N}\\p{M}])`, 'u')
