/** A string, a number, a word, a bracket or another sign of JSON. */
export interface JsonToken {
  readonly text: string
  readonly offset: number
}

/** Everything but strings, for which a regular expression has too small a stack. */
const token = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{},:]/y
const space = /[ \t\r\n]*/y

/** Divides JSON. What belongs to no token ends it: a last one, of one character, is what cannot stand there. */
export function* jsonTokens(text: string): Generator<JsonToken, void> {
  for (let offset = skipSpace(text, 0); offset < text.length; offset = skipSpace(text, offset)) {
    const found = text[offset] === '"' ? stringAt(text, offset) : tokenAt(text, offset)
    yield { text: found ?? text.charAt(offset), offset }
    if (found === undefined) return
    offset += found.length
  }
}

function skipSpace(text: string, offset: number): number {
  space.lastIndex = offset
  return offset + (space.exec(text)?.[0].length ?? 0)
}

function tokenAt(text: string, offset: number): string | undefined {
  token.lastIndex = offset
  return token.exec(text)?.[0]
}

/** With its quotes; `undefined` when it does not end. */
function stringAt(text: string, offset: number): string | undefined {
  for (let end = text.indexOf('"', offset + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text[end - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return text.slice(offset, end + 1)
  }
  return undefined
}
