/** A required id: v4's words when it is missing or no text. */
export function requireText(name: string, value: unknown): string {
  if (value === undefined || value === null) throw new Error(`${name} cannot be null or undefined.`)
  if (typeof value === 'string') return value
  throw new Error(`${name} with value "${value as string}" must be of type string.`)
}

/** A required body: v4's words when it is missing. */
export function requireBody<T>(name: string, model: string, value: T): T {
  if (value !== undefined && value !== null) return value
  throw new Error(`Error "${name} cannot be null or undefined." occurred in serializing the payload - "${model}".`)
}
