import type { StateChange } from '../entry.ts'

/** More changes than anybody reads are not looked for. */
const MAX_CHANGES = 200

/** What lies deeper is compared as a whole. */
const MAX_DEPTH = 32

/**
 * Where two JSON values differ, as JSON pointers: members by name, items of lists by their place. At most 200 places.
 *
 * @param before - `undefined` when there was nothing.
 */
export function diffJson(before: unknown, after: unknown): readonly StateChange[] {
  const changes: StateChange[] = []
  compare(before, after, '', 0, changes)
  return changes
}

function compare(before: unknown, after: unknown, path: string, depth: number, changes: StateChange[]): void {
  if (changes.length >= MAX_CHANGES || before === after) return
  const isSameKind = isContainer(before) && isContainer(after) && Array.isArray(before) === Array.isArray(after)
  if (!isSameKind || depth >= MAX_DEPTH) {
    if (JSON.stringify(before) === JSON.stringify(after)) return
    changes.push({
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    })
    return
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    compare(own(before, key), own(after, key), `${path}/${escape(key)}`, depth + 1, changes)
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function own(container: object, key: string): unknown {
  return Object.hasOwn(container, key) ? (container as Readonly<Record<string, unknown>>)[key] : undefined
}

/** RFC 6901. */
function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
