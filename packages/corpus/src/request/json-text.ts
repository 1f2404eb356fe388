/** A piece of JSON text that no value of JavaScript is written as, such as `1e999`. */
export class RawJson {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Writes a value as JSON; {@link RawJson} goes in as it is, `undefined` members are left out. */
export function toJsonText(value: unknown): string {
  if (value instanceof RawJson) return value.text
  if (Array.isArray(value)) return `[${value.map(toJsonText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  return `{${membersText(value)}}`
}

/** The members of an object as JSON, without its braces. */
export function membersText(value: object): string {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${toJsonText(member)}`)
    .join(',')
}
