/** A path was written in a way that cannot be read. */
export class InvalidPath extends Error {}

/** One part of a path: a name, a number in a list, or a path in brackets that says which of both. */
export type PathSegment = string | number | { readonly nested: string }

const NAME_CHARACTER = /[\w\-$()]/
const LONGEST_CACHED = 200
const MOST_CACHED = 1000
const cache = new Map<string, readonly PathSegment[]>()

/** Takes a path apart. Paths are few, and read again and again. */
export function readPath(path: string): readonly PathSegment[] {
  const known = cache.get(path)
  if (known) return known
  const segments = parse(path)
  if (path.length <= LONGEST_CACHED) {
    if (cache.size >= MOST_CACHED) cache.clear()
    cache.set(path, segments)
  }
  return segments
}

function parse(path: string): PathSegment[] {
  const segments: PathSegment[] = []
  let name = ''
  let index = 0
  while (index < path.length) {
    const character = path.charAt(index)
    if (character === '.') {
      // After a bracket nothing has been left out.
      if (name || path[index - 1] !== ']') segments.push(name)
      name = ''
      index++
    } else if (character === '[') {
      if (name) segments.push(name)
      name = ''
      const end = endOfBracket(path, index)
      segments.push(readBracket(path.slice(index + 1, end)))
      index = end + 1
    } else if (NAME_CHARACTER.test(character) && !(character === '$' && index === 0)) {
      name += character
      index++
    } else {
      throw new InvalidPath(path)
    }
  }
  if (name) segments.push(name)
  return segments
}

/** Where the bracket that opens at `start` closes. */
function endOfBracket(path: string, start: number): number {
  let depth = 0
  let quote = ''
  for (let index = start; index < path.length; index++) {
    const character = path.charAt(index)
    if (quote) {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") {
      quote = character
    } else if (character === '[') {
      depth++
    } else if (character === ']' && --depth === 0) {
      return index
    }
  }
  throw new InvalidPath(path)
}

function readBracket(content: string): PathSegment {
  const text = content.trim()
  if (/^-?\d+$/.test(text)) return Number(text)
  const quoted = /^(?<quote>["'])(?<name>.*)\k<quote>$/s.exec(text)
  return quoted ? (quoted.groups?.['name'] ?? '') : { nested: text }
}
