/* eslint-disable no-control-regex -- escape sequences of our own are measured here */

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
/** Styles and links, as this package writes them. */
const ownSequence = /\u001b\[[\d;]*m|\u001b\]8;;[^\u0007\u001b]*\u001b\\/g
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u
const emoji = /^(?:\p{Emoji_Presentation}|.*\ufe0f)/u
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u

/** Columns a text takes on a terminal: none for styles and combining marks, two for East Asian characters and emoji. */
export function widthOf(text: string): number {
  const plain = text.replace(ownSequence, '')
  if (/^[ -~]*$/.test(plain)) return plain.length
  let width = 0
  for (const { segment } of graphemes.segment(plain)) width += invisible.test(segment) ? 0 : isWide(segment) ? 2 : 1
  return width
}

function isWide(grapheme: string): boolean {
  return wide.test(grapheme) || emoji.test(grapheme)
}

/**
 * Breaks a line between words so that no part is wider than `width`; words that are, are broken themselves, but for links, which
 * must stay whole to be followed.
 */
export function wrapLine(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line]
  const spaces = /^ */.exec(line)?.[0] ?? ''
  const indent = spaces.slice(0, width / 2)
  const room = Math.max(width - indent.length, 1)
  const lines: string[] = []
  let current = ''
  for (const word of line
    .slice(spaces.length)
    .split(' ')
    .flatMap((each) => breakWord(each, room))) {
    const joined = current === '' ? word : `${current} ${word}`
    if (current !== '' && widthOf(joined) > room) {
      lines.push(current)
      current = word
    } else current = joined
  }
  return [...lines, current].map((part) => indent + part)
}

function breakWord(word: string, width: number): string[] {
  if (widthOf(word) <= width || /:\/\/|\u001b/.test(word)) return [word]
  const parts: string[] = []
  let part = ''
  for (const { segment } of graphemes.segment(word)) {
    if (part !== '' && widthOf(part + segment) > width) {
      parts.push(part)
      part = ''
    }
    part += segment
  }
  return [...parts, part]
}
