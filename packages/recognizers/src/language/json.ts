/** JSON from elsewhere, of which nothing is known. */
export type JsonObject = Readonly<Record<string, unknown>>

/** The value when it is an object, else an empty one. */
export function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

/** The objects of an array; of anything else none. */
export function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : []
}

/** The texts of an array; of anything else none. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** The value when it is a text, else an empty one. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The value when it is a number, else 0. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

/** The value when it is a number from 0 to 1, else the nearest of the two. */
export function scoreOf(value: unknown): number {
  return Math.min(1, Math.max(0, numberOf(value)))
}
