import type { Lint, LintSeverity } from '../entry.ts'

/** JSON of an activity as it came, or of a part of one. */
export type Json = Readonly<Record<string, unknown>>

/** What a rule has found. */
export interface Oddity {
  readonly message: string
  /** JSON pointer. */
  readonly path?: string
}

/**
 * One rule. Those of the Activity protocol have its numbers, which begin with `A`; the service's own begin with `P`, and their
 * thousands tell what they are about: 1 calls of bots, 2 answers of bots, 3 activities, 4 cards and buttons.
 */
export interface LintRule<S> {
  readonly rule: string
  readonly severity: LintSeverity
  readonly find: (subject: S) => readonly Oddity[]
}

/** More oddities of one kind say nothing new. */
const MAX_PER_RULE = 10

/** Applies rules. */
export function lint<S>(rules: readonly LintRule<S>[], subject: S): readonly Lint[] {
  return rules.flatMap(({ rule, severity, find }) =>
    find(subject)
      .slice(0, MAX_PER_RULE)
      .map((oddity) => ({ rule, severity, ...oddity })),
  )
}

/** One oddity, or none. */
export function when(isOdd: boolean, message: string, path?: string): readonly Oddity[] {
  return isOdd ? [path === undefined ? { message } : { message, path }] : []
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects of a list, with their places in it. */
export function objectsIn(value: unknown): readonly (readonly [index: number, object: Json])[] {
  if (!Array.isArray(value)) return []
  return (value as unknown[]).flatMap((item, index) => (isObject(item) ? [[index, item] as const] : []))
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
