/** A pattern that cannot be used; the message says why, without naming the pattern. */
export class PatternProblem extends Error {}

/** What a pattern consists of. */
export type PatternNode =
  | { readonly kind: 'character'; readonly test: (character: string) => boolean }
  | { readonly kind: 'sequence'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly min: number; readonly max: number }

const MAX_LENGTH = 200
const MAX_DEPTH = 20
const MAX_REPEAT = 100

/**
 * Reads a pattern: characters, `.`, classes (`[a-z]`, `\d`, `\w`, `\s`, `\p{L}`), groups, `|` and the quantifiers
 * `* + ? {2} {2,} {2,5}`. All else of JavaScript's regular expressions is refused, because it cannot be matched in bounded time
 * (backreferences, lookarounds) or means nothing where matches are whole words (anchors).
 *
 * @throws {@link PatternProblem}
 */
export function parsePattern(source: string): PatternNode {
  if (source.length > MAX_LENGTH) throw new PatternProblem(`is longer than ${MAX_LENGTH} characters`)
  const reader = new PatternReader(source)
  const node = reader.choice(0)
  if (!reader.isAtEnd) throw new PatternProblem(`has a ) without a ( at character ${reader.place}`)
  return node
}

class PatternReader {
  private readonly source: string
  private position = 0

  constructor(source: string) {
    this.source = source
  }

  get isAtEnd(): boolean {
    return this.position >= this.source.length
  }

  /** For messages, counted from 1. */
  get place(): number {
    return this.position + 1
  }

  choice(depth: number): PatternNode {
    if (depth > MAX_DEPTH) throw new PatternProblem(`has groups more than ${MAX_DEPTH} deep`)
    const nodes = [this.sequence(depth)]
    while (this.take('|')) nodes.push(this.sequence(depth))
    return nodes.length === 1 && nodes[0] ? nodes[0] : { kind: 'choice', nodes }
  }

  private sequence(depth: number): PatternNode {
    const nodes: PatternNode[] = []
    while (!this.isAtEnd && !this.isAt('|') && !this.isAt(')')) nodes.push(this.repeated(depth))
    return { kind: 'sequence', nodes }
  }

  private repeated(depth: number): PatternNode {
    const node = this.atom(depth)
    const times = this.quantifier()
    if (!times) return node
    if (this.isAt('?') || this.quantifier())
      throw new PatternProblem(`has two quantifiers in a row before character ${this.place}`)
    return { kind: 'repeat', node, ...times }
  }

  private quantifier(): { min: number; max: number } | undefined {
    if (this.take('*')) return { min: 0, max: Infinity }
    if (this.take('+')) return { min: 1, max: Infinity }
    if (this.take('?')) return { min: 0, max: 1 }
    const [found, min = '', comma, max] = this.match(/\{(\d{1,4})(,(\d{1,4})?)?\}/y) ?? []
    if (found === undefined) return undefined
    const times = { min: Number(min), max: max ? Number(max) : comma ? Infinity : Number(min) }
    const highest = times.max === Infinity ? times.min : times.max
    if (times.min > times.max || highest > MAX_REPEAT) {
      throw new PatternProblem(`repeats ${found}: counts rise, and go up to ${MAX_REPEAT}`)
    }
    return times
  }

  private atom(depth: number): PatternNode {
    if (this.take('(')) return this.group(depth)
    const place = this.place
    const [source] = this.match(ATOM) ?? []
    if (source === undefined)
      throw new PatternProblem(`has ${this.rest()} at character ${place}, which is not supported`)
    return { kind: 'character', test: characterTest(source, place) }
  }

  private group(depth: number): PatternNode {
    if (this.isAt('?') && !this.match(/\?:/y)) {
      throw new PatternProblem(`has (${this.rest()} at character ${this.position}; only (…) and (?:…) are supported`)
    }
    const node = this.choice(depth + 1)
    if (!this.take(')')) throw new PatternProblem('has a ( without a )')
    return node
  }

  private rest(): string {
    return this.source.slice(this.position, this.position + 2)
  }

  private isAt(character: string): boolean {
    return this.source[this.position] === character
  }

  private take(character: string): boolean {
    if (!this.isAt(character)) return false
    this.position += 1
    return true
  }

  private match(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.position
    const found = sticky.exec(this.source)
    if (found) this.position += found[0].length
    return found ?? undefined
  }
}

/** A class, an escape that stands for one character, or a character that stands for itself. */
const ATOM =
  /\[(?:\\.|[^\\\]])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-fA-F]{4}|\\[dDwWsStn]|\\[^\p{L}\p{N}]|[^\\()[\]{}*+?|^$]/uy

/** One character at a time is left to JavaScript, which knows all classes and takes constant time for it. */
function characterTest(source: string, place: number): (character: string) => boolean {
  const expression = compile(source, place)
  const known = new Map<string, boolean>()
  return (character) => {
    const answer = known.get(character)
    if (answer !== undefined) return answer
    const matches = expression.test(character)
    if (known.size < 1_000) known.set(character, matches)
    return matches
  }
}

function compile(source: string, place: number): RegExp {
  // In unicode mode only characters with a meaning may be escaped; here others may be, too.
  const strict = /^\\[^\p{L}\p{N}^$\\.*+?()[\]{}|/]$/u.test(source) ? source.slice(1) : source
  try {
    return new RegExp(`^${strict}$`, 'iu')
  } catch {
    throw new PatternProblem(`has ${source} at character ${place}, which is no class of characters`)
  }
}
