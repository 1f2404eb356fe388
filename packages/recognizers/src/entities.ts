/** Where an entity was found. */
export interface EntityInstance {
  /** In UTF-16 units, as `String.prototype.slice` counts. */
  readonly startIndex: number
  /** Behind the last unit. */
  readonly endIndex: number
  /** As the user wrote it. */
  readonly text: string
  /** Name of the entity, also when its values are under the name of a role. */
  readonly type: string
  /** 0 to 1. */
  readonly score: number
  readonly [key: string]: unknown
}

/** Entities as a recognizer gives them: values by name, and in `$instance`, by the same names, where they were found. */
export interface RecognizedEntities {
  $instance: Record<string, EntityInstance[]>
  [name: string]: unknown
}

/** One entity in a text. */
export interface FoundEntity {
  /** Name under which it comes out. */
  readonly name: string
  readonly value: unknown
  readonly instance: EntityInstance
}

/** Sorts what was found by name, in the order of the text. Names may be anything, `__proto__` included. */
export function collectEntities(found: readonly FoundEntity[]): RecognizedEntities {
  const values = new Map<string, unknown[]>()
  const instances = new Map<string, EntityInstance[]>()
  for (const { name, value, instance } of found.toSorted(byPlace)) {
    if (name === '$instance') continue
    append(values, name, value)
    append(instances, name, instance)
  }
  return { ...Object.fromEntries(values), $instance: Object.fromEntries(instances) }
}

function byPlace(one: FoundEntity, other: FoundEntity): number {
  return one.instance.startIndex - other.instance.startIndex
}

function append<T>(lists: Map<string, T[]>, name: string, item: T): void {
  const list = lists.get(name)
  if (list) list.push(item)
  else lists.set(name, [item])
}
