import { jsonTokens } from './json-tokens.ts'

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or end' | 'nothing'

/**
 * Where a text stops being JSON, for an error: the messages of `JSON.parse` name a place in some versions of Node only.
 *
 * @returns the offset of what cannot stand where it stands; the length of the text when it ends too early.
 */
export function jsonFaultAt(text: string): number {
  const open: string[] = []
  let expected: Expected = 'value'
  for (const { text: found, offset } of jsonTokens(text)) {
    const next = step(found, expected, open)
    if (next === undefined) return offset
    expected = next
  }
  return text.length
}

/** `17:4`: line and column of an offset, both from 1. */
export function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return `${line}:${offset - (before.lastIndexOf('\n') + 1) + 1}`
}

/** What may follow `found`; `undefined` when it must not be there itself. */
function step(found: string, expected: Expected, open: string[]): Expected | undefined {
  const sign = found[0] ?? ''
  if (sign === ',') return expected === ', or end' ? (open.at(-1) === '{' ? 'name' : 'value') : undefined
  if (sign === ':') return expected === ':' ? 'value' : undefined
  if (sign === ']' || sign === '}') return close(sign, expected, open)
  if (expected === 'name' || expected === 'name or }') return isString(found) ? ':' : undefined
  if (expected !== 'value' && expected !== 'value or ]') return undefined
  if (sign === '[' || sign === '{') {
    open.push(sign)
    return sign === '[' ? 'value or ]' : 'name or }'
  }
  return isValue(found) ? after(open) : undefined
}

function close(sign: ']' | '}', expected: Expected, open: string[]): Expected | undefined {
  const isRight = open.at(-1) === (sign === ']' ? '[' : '{')
  const isPossible = expected === ', or end' || expected === (sign === ']' ? 'value or ]' : 'name or }')
  if (!isRight || !isPossible) return undefined
  open.pop()
  return after(open)
}

function after(open: readonly string[]): Expected {
  return open.length === 0 ? 'nothing' : ', or end'
}

function isString(found: string): boolean {
  return found.startsWith('"') && isValue(found)
}

function isValue(found: string): boolean {
  try {
    JSON.parse(found)
    return true
  } catch {
    return false
  }
}
