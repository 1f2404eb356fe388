/** An activity as it came over the wire. Nothing but its type has been looked at, so fields are read with {@link fieldsOf} and its siblings. */
export interface WireActivity {
  readonly type: string
  readonly [field: string]: unknown
}

/** Any object of JSON. */
export type WireFields = Readonly<Record<string, unknown>>

/** Whether a value of the wire can be shown at all. */
export function isWireActivity(value: unknown): value is WireActivity {
  return isFields(value) && typeof value['type'] === 'string'
}

export function isFields(value: unknown): value is WireFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object, or an empty one for anything else. */
export function fieldsOf(value: unknown): WireFields {
  return isFields(value) ? value : {}
}

/** The text; numbers and booleans count as such, for prices and facts. Anything else is empty. */
export function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''
}

/** The objects of a list; what else it holds, or what is no list, is left out. */
export function listOf(value: unknown): readonly WireFields[] {
  return Array.isArray(value) ? value.filter(isFields) : []
}

/** Who an activity is from: the bot, unless it says that it is the user. */
export function isFromUser(activity: WireActivity, userId: string): boolean {
  const from = fieldsOf(activity['from'])
  return from['role'] === 'user' || from['id'] === userId
}
