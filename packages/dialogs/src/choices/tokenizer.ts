/** A word of an utterance. */
export interface Token {
  /** Index of its first character (UTF-16). */
  start: number
  /** Index of its last character, included. */
  end: number
  text: string
  /** What it is compared by: {@link Token.text} in lower case. */
  normalized: string
}

/** Splits a text into words. */
export type TokenizerFunction = (text: string, locale?: string) => Token[]

/** First and last code points of what is between words: ASCII, Latin-1, modifiers and combining marks, symbols, punctuation. */
const BETWEEN_WORDS: readonly (readonly [number, number])[] = [
  [0x00, 0x2f],
  [0x3a, 0x40],
  [0x5b, 0x60],
  [0x7b, 0xbf],
  [0x2b9, 0x36f],
  [0x2000, 0x2bff],
  [0x2e00, 0x2e7f],
]

/**
 * Splits a text into words at spaces, punctuation and symbols. A character beyond the basic plane, such as an emoji, is a word
 * of its own; scripts without spaces are not taken apart.
 */
export function defaultTokenizer(text: string, _locale?: string): Token[] {
  const tokens: Token[] = []
  if (!text) return tokens
  let wordStart = -1
  const endWord = (end: number): void => {
    if (wordStart >= 0) tokens.push(token(text, wordStart, end))
    wordStart = -1
  }
  let index = 0
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0
    const alone = codePoint > 0xffff
    if (alone || isBetweenWords(codePoint)) endWord(index)
    else if (wordStart < 0) wordStart = index
    if (alone) tokens.push(token(text, index, index + character.length))
    index += character.length
  }
  endWord(index)
  return tokens
}

function isBetweenWords(codePoint: number): boolean {
  return BETWEEN_WORDS.some(([first, last]) => codePoint >= first && codePoint <= last)
}

/** @param end - Index after its last character. */
function token(whole: string, start: number, end: number): Token {
  const text = whole.slice(start, end)
  return { start, end: end - 1, text, normalized: text.toLowerCase() }
}
