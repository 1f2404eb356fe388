/** A fault in JSON text. */
export class JsonProblem extends Error {
  /** Counted from 1. */
  readonly line: number

  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

/** A JSON text that knows where its values are, because people who write one by hand need to be told. */
export interface JsonDocument {
  readonly value: unknown
  /** Line of a value, counted from 1. */
  lineOf(path: readonly (string | number)[]): number | undefined
}

/**
 * Reads JSON. Unlike `JSON.parse` it refuses an object with two fields of one name, of which the first would be lost.
 *
 * @throws {@link JsonProblem}
 */
export function readJsonDocument(text: string): JsonDocument {
  const reader = new JsonReader(text.replace(/^\ufeff/, ''))
  const value = reader.document()
  return { value, lineOf: (path) => reader.lineOf(path) }
}

const MAX_DEPTH = 32

class JsonReader {
  private readonly text: string
  private readonly places = new Map<string, number>()
  private position = 0

  constructor(text: string) {
    this.text = text
  }

  document(): unknown {
    const value = this.value([])
    this.skipSpace()
    if (this.position < this.text.length) throw this.problem('there is something behind the end')
    return value
  }

  lineOf(path: readonly (string | number)[]): number | undefined {
    const place = this.places.get(keyOf(path))
    return place === undefined ? undefined : this.lineAt(place)
  }

  private value(path: readonly (string | number)[]): unknown {
    this.skipSpace()
    if (path.length > MAX_DEPTH) throw this.problem('it is nested too deeply')
    this.places.set(keyOf(path), this.position)
    if (this.take('{')) return this.object(path)
    if (this.take('[')) return this.array(path)
    if (this.text[this.position] === '"') return this.string()
    const scalar = this.match(SCALAR)
    if (scalar === undefined) throw this.problem(`a value is missing or has a fault near ${this.here()}`)
    return JSON.parse(scalar)
  }

  private object(path: readonly (string | number)[]): Record<string, unknown> {
    const fields = new Map<string, unknown>()
    if (this.takeSpaced('}')) return {}
    do {
      this.skipSpace()
      if (this.text[this.position] !== '"') throw this.problem(`the name of a field is missing near ${this.here()}`)
      const name = this.string()
      if (fields.has(name))
        throw this.problem(`${JSON.stringify(name.slice(0, 100))} is there twice; put the two together`)
      if (!this.takeSpaced(':')) throw this.problem(`a : is missing near ${this.here()}`)
      fields.set(name, this.value([...path, name]))
    } while (this.takeSpaced(','))
    if (!this.takeSpaced('}')) throw this.problem(`a , or } is missing near ${this.here()}`)
    return Object.fromEntries(fields)
  }

  private array(path: readonly (string | number)[]): unknown[] {
    const items: unknown[] = []
    if (this.takeSpaced(']')) return items
    do items.push(this.value([...path, items.length]))
    while (this.takeSpaced(','))
    if (!this.takeSpaced(']')) throw this.problem(`a , or ] is missing near ${this.here()}`)
    return items
  }

  private string(): string {
    const source = this.match(STRING)
    if (source === undefined) throw this.problem('a string does not end on its line')
    try {
      return JSON.parse(source) as string
    } catch {
      throw this.problem('a string has a \\ or a character that JSON does not have there')
    }
  }

  private skipSpace(): void {
    this.match(SPACE)
  }

  private takeSpaced(character: string): boolean {
    this.skipSpace()
    return this.take(character)
  }

  private take(character: string): boolean {
    if (this.text[this.position] !== character) return false
    this.position += 1
    return true
  }

  private match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.position
    const found = sticky.exec(this.text)?.[0]
    if (found !== undefined) this.position += found.length
    return found
  }

  private here(): string {
    const [near = ''] = this.text.slice(this.position, this.position + 20).split('\n')
    return near === '' ? 'the end of the line' : JSON.stringify(near)
  }

  private problem(message: string): JsonProblem {
    return new JsonProblem(message, this.lineAt(this.position))
  }

  private lineAt(position: number): number {
    return this.text.slice(0, position).split('\n').length
  }
}

const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\\r\n]|\\.)*"/y
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

function keyOf(path: readonly (string | number)[]): string {
  return path.join('\u0000')
}
