import { ShapeError } from './shape-error.ts'
import type { ShapeIssue } from './shape-error.ts'

/** Where a value stands in what was checked. */
export type ShapePath = readonly (string | number)[]

/** Reads one value: adds what is wrong to `issues`, and returns the value without the fields nobody asked for. */
export type FieldReader = (value: unknown, path: ShapePath, issues: ShapeIssue[]) => unknown

/** What {@link ObjectShape.safeParse} answers. */
export type ShapeResult<T> = { success: true; data: T } | { success: false; error: ShapeError }

/** What an object must look like, with the methods callers of SDK v4 use on its exported zod schema. */
export interface ObjectShape<T> {
  /** @throws {@link ShapeError} `DROPIN_SHAPE_INVALID`: the value has another shape. */
  parse(value: unknown): T
  safeParse(value: unknown): ShapeResult<T>
  /** The same shape with every field optional; fields of fields stay as they are. */
  partial(): ObjectShape<Partial<T>>
  /** The same shape, but fields it does not know are kept. */
  passthrough(): ObjectShape<T>
  /** Reads an object as a field of another one. */
  readonly read: FieldReader
}

/** An object with these fields. Others are left out of what `parse` returns, and are no mistake. */
export function objectShape<T>(fields: Record<keyof T & string, FieldReader>, keepUnknown = false): ObjectShape<T> {
  const entries = Object.entries<FieldReader>(fields)
  const read: FieldReader = (value, path, issues) => {
    if (!isRecord(value)) return refuse(issues, path, 'object', value)
    const result: Record<string, unknown> = keepUnknown ? { ...value } : {}
    for (const [name, readField] of entries) {
      const field = readField(value[name], [...path, name], issues)
      if (name in value) result[name] = field
    }
    return result
  }
  const safeParse = (value: unknown): ShapeResult<T> => {
    const issues: ShapeIssue[] = []
    const data = read(value, [], issues) as T
    return issues.length === 0 ? { success: true, data } : { success: false, error: new ShapeError(issues) }
  }
  return {
    read,
    safeParse,
    parse: (value) => {
      const result = safeParse(value)
      if (!result.success) throw result.error
      return result.data
    },
    partial: () => objectShape<Partial<T>>(mapValues(fields, optional), keepUnknown),
    passthrough: () => objectShape<T>(fields, true),
  }
}

/** A field that may be absent; `null` is not absent. */
export function optional(read: FieldReader): FieldReader {
  return (value, path, issues) => (value === undefined ? undefined : read(value, path, issues))
}

export function listOf(read: FieldReader): FieldReader {
  return (value, path, issues) => {
    if (!Array.isArray(value)) return refuse(issues, path, 'array', value)
    return value.map((item, index) => read(item, [...path, index], issues))
  }
}

/** An object whose names are free and whose values are alike. */
export function recordOf(read: FieldReader): FieldReader {
  return (value, path, issues) => {
    if (!isRecord(value)) return refuse(issues, path, 'object', value)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, read(item, [...path, name], issues)]))
  }
}

export const text: FieldReader = check('string', (value) => typeof value === 'string')
export const flag: FieldReader = check('boolean', (value) => typeof value === 'boolean')
export const amount: FieldReader = check('number', (value) => typeof value === 'number' && !Number.isNaN(value))
export const date: FieldReader = check('date', (value) => value instanceof Date)
export const anything: FieldReader = (value) => value
/** An entity keeps the fields of its type, whatever they are. */
export const entity: FieldReader = check('entity', (value) => isRecord(value) && typeof value['type'] === 'string')

function check(expected: string, isRight: (value: unknown) => boolean): FieldReader {
  return (value, path, issues) => {
    if (!isRight(value)) refuse(issues, path, expected, value)
    return value
  }
}

function refuse(issues: ShapeIssue[], path: ShapePath, expected: string, value: unknown): undefined {
  const received = nameOf(value)
  const message = received === 'undefined' ? 'Required' : `Expected ${expected}, received ${received}`
  issues.push({ code: 'invalid_type', expected, received, path: [...path], message })
  return undefined
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !(value instanceof Date || value instanceof Map || value instanceof Set)
}

function mapValues<K extends string, V>(record: Record<K, V>, change: (value: V) => V): Record<K, V> {
  return Object.fromEntries(Object.entries<V>(record).map(([key, value]) => [key, change(value)])) as Record<K, V>
}
