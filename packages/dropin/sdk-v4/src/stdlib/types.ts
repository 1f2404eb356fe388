/** Nothing, in either of JavaScript's spellings. */
export type Nil = null | undefined

/** A value that may be missing. */
export type Maybe<T> = T | Nil

/** A class that makes `T`. */
export type Newable<T, A extends unknown[] = unknown[]> = new (...args: A) => T

/** A class, abstract or not, whose instances are `T`. */
// oxlint-disable-next-line typescript/no-unsafe-function-type -- an abstract class is a Function and no constructor signature
export type Extends<T> = Function & { prototype: T }
