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
  const inOrder = found.toSorted((one, other) => one.instance.startIndex - other.instance.startIndex)
  const names = [...new Set(inOrder.map(({ name }) => name))].filter((name) => name !== '$instance')
  const collect = <T>(pick: (entity: FoundEntity) => T): Record<string, T[]> =>
    Object.fromEntries(names.map((name) => [name, inOrder.filter((entity) => entity.name === name).map(pick)]))
  return { ...collect(({ value }) => value), $instance: collect(({ instance }) => instance) }
}
