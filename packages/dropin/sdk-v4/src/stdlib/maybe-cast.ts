import type { Newable } from './types.ts'

/** Says that `value` is a `T`; nothing is checked. The class is accepted because SDK v4 did. */
export function maybeCast<T>(value: unknown, _ctor?: Newable<T>): T {
  return value as T
}
