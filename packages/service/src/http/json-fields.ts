import { badArgument, badSyntax } from './api-error.ts'
import type { Exchange } from './exchange.ts'
import { readJson } from './read-body.ts'

/** The members of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>

/** Reads a body that is a JSON object; an empty one is an empty object. @throws ApiError 400, and as `readJson` does. */
export async function readFields({ request }: Exchange): Promise<Fields> {
  const body = (await readJson(request)) ?? {}
  if (typeof body !== 'object' || Array.isArray(body)) throw badSyntax('The body must be a JSON object.')
  return body as Fields
}

/** A member that is a text, or is not there. @throws ApiError 400 for anything else. */
export function textIn(fields: Fields, name: string): string | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' || value === '') throw badArgument(`${name} must be a text.`)
  return value
}

/** Does `work`, and has the caller hear of a RangeError of it. */
export function orBadArgument<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw badArgument(error.message)
    throw error
  }
}
