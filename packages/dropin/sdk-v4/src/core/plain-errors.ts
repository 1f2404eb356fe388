/**
 * Gives errors of Parley the name of what v4 throws in their place, a plain error. Tests written for v4 compare errors by
 * name and message; the code stays what it is.
 */
export function nameAsPlainErrors(...classes: readonly (new (...args: never[]) => Error)[]): void {
  for (const errorClass of classes) Object.defineProperty(errorClass, 'name', { value: 'Error' })
}
