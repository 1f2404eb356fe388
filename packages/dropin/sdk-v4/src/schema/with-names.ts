/** A set of named numbers that also tells the name of a number, as SDK v4's enums did. */
export type NamedNumbers<Values extends Record<string, number>> = Values & { readonly [value: number]: string }

/** Adds the names of the numbers: `StatusCodes[404]` is `NOT_FOUND`. `values` stays as it is. */
export function withNames<Values extends Record<string, number>>(values: Values): NamedNumbers<Values> {
  const names = Object.fromEntries(Object.entries(values).map(([name, value]) => [value, name]))
  return Object.assign(names, values)
}
