/** A change to the tokens of a JSON text. Places count modulo the number of tokens. */
export interface JsonMutation {
  /** `value` puts one value in the place of another, so that the text stays JSON. */
  readonly kind: 'value' | 'drop' | 'double' | 'swap' | 'replace' | 'insert'
  readonly at: number
  /** Which token to put in, or which other place. */
  readonly pick: number
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/g

/** Values of other kinds, and values at the edges of what JSON can say. */
const VALUES: readonly string[] = [
  'null',
  'true',
  '0',
  '-0',
  '1e400',
  '-1e-400',
  '123456789012345678901234567890',
  '""',
  '" "',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"invokeResponse"',
  '"expectReplies"',
  '"invoke"',
  '"\\ud800"',
  '"\\u0000"',
  '"\\u2028"',
  '"2026-11-20T06:19:11Z"',
  '"https://10.0.0.1/"',
  '{}',
  '[]',
  '[[[[]]]]',
  '[null]',
  '{"__proto__":1}',
  '{"id":{}}',
  '{"toJSON":1,"then":2}',
  `"${'x'.repeat(5000)}"`,
]

/** The same, and what is no value or no JSON at all. */
const TOKENS: readonly string[] = [
  ...VALUES,
  '['.repeat(80),
  ',',
  ':',
  '{',
  '}',
  ']',
  'NaN',
  'undefined',
  "'a'",
  '/**/',
  '\ufeff',
  '\u0001',
]

/** Changes a JSON text token by token; what comes out may or may not be JSON. */
export function mutateJson(text: string, mutations: readonly JsonMutation[]): string {
  const tokens = text.match(TOKEN) ?? []
  for (const mutation of mutations) mutate(tokens, mutation)
  return tokens.join('')
}

function mutate(tokens: string[], { kind, at, pick }: JsonMutation): void {
  const place = at % Math.max(1, tokens.length)
  const other = pick % Math.max(1, tokens.length)
  const token = TOKENS[pick % TOKENS.length] ?? ''
  switch (kind) {
    case 'value':
      replaceValue(tokens, at, VALUES[pick % VALUES.length] ?? '')
      return
    case 'drop':
      tokens.splice(place, 1)
      return
    case 'double':
      tokens.splice(place, 0, tokens[place] ?? '')
      return
    case 'swap':
      ;[tokens[place], tokens[other]] = [tokens[other] ?? '', tokens[place] ?? '']
      return
    case 'replace':
      tokens[place] = token
      return
    case 'insert':
      tokens.splice(place, 0, token)
  }
}

function replaceValue(tokens: string[], at: number, value: string): void {
  const places = tokens.flatMap((token, place) => (isValue(token) && tokens[place + 1] !== ':' ? place : []))
  const place = places[at % Math.max(1, places.length)]
  if (place !== undefined) tokens[place] = value
}

function isValue(token: string): boolean {
  return !/^[{}[\],:]$/.test(token)
}
