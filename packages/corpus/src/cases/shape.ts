import { CorpusInvalidError } from './corpus-errors.ts'

/** Throws {@link CorpusInvalidError} unless `value` has the shape it stands for; `path` says where it is. */
export type Shape = (value: unknown, path: string) => void

/** Anything at all. */
export const anything: Shape = () => {}

export const text: Shape = (value, path) => {
  if (typeof value !== 'string') throw wrong(path, 'a text')
}

export const number: Shape = (value, path) => {
  if (typeof value !== 'number') throw wrong(path, 'a number')
}

export const flag: Shape = (value, path) => {
  if (typeof value !== 'boolean') throw wrong(path, 'true or false')
}

/** An object with any members. */
export const record: Shape = (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, 'an object')
}

/** An object whose members are texts. */
export const texts: Shape = (value, path) => {
  record(value, path)
  for (const [name, member] of Object.entries(value as object)) text(member, `${path}.${name}`)
}

/** One of these values. */
export function oneOf(...allowed: readonly (string | number | boolean | null)[]): Shape {
  return (value, path) => {
    if (!allowed.includes(value as string)) throw wrong(path, `one of ${allowed.join(', ')}`)
  }
}

export function listOf(item: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) throw wrong(path, 'a list')
    for (const [index, member] of (value as unknown[]).entries()) item(member, `${path}[${index}]`)
  }
}

/** An object with these members and no others. */
export function object(
  required: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape {
  return (value, path) => {
    record(value, path)
    const members = value as Record<string, unknown>
    for (const name of Object.keys(required)) if (!(name in members)) throw wrong(path, `an object with ${name}`)
    for (const [name, member] of Object.entries(members)) {
      const shape = required[name] ?? optional[name]
      if (!shape) throw wrong(`${path}.${name}`, 'a member this corpus knows')
      shape(member, `${path}.${name}`)
    }
  }
}

/** The first of some shapes that fits. */
export function either(...shapes: readonly Shape[]): Shape {
  return (value, path) => {
    const problems: string[] = []
    for (const shape of shapes) {
      try {
        return shape(value, path)
      } catch (error) {
        problems.push((error as Error).message)
      }
    }
    throw new CorpusInvalidError(problems.join(' Or: '))
  }
}

function wrong(path: string, wanted: string): CorpusInvalidError {
  return new CorpusInvalidError(`${path} is not ${wanted}.`)
}
