import { BODY_REFUSALS } from './body-refusals.ts'
import { InboundRefusedError } from './errors.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Refuses JSON text that is nested deeper than `maxDepth`, at the first bracket too many: `JSON.parse` would build ten thousand
 * arrays, in most of a millisecond, before anybody could count them. Whether the rest is JSON at all is left to the parser.
 *
 * @throws {@link InboundRefusedError} `BODY_DEPTH`.
 */
export function checkJsonDepth(text: string, maxDepth: number): void {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at)
    if (character === QUOTE) {
      at = endOfString(text, at + 1)
    } else if (character === 0x5b || character === 0x7b) {
      depth += 1
      if (depth > maxDepth) throw new InboundRefusedError(BODY_REFUSALS.BODY_DEPTH, 'The body is nested too deeply.')
    } else if (character === 0x5d || character === 0x7d) {
      depth -= 1
    }
  }
}

/** Where the quote is that ends a string; the end of the text when there is none. */
function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1
    while (before >= from && text.charCodeAt(before) === BACKSLASH) before -= 1
    if ((quote - before) % 2 === 1) return quote
  }
  return text.length
}
