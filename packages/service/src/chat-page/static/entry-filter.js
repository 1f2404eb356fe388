// Which entries a person wants to see.

/** @import { EntrySummary } from './entries.js' */

export const FILTERS = [
  ['all', 'All'],
  ['activity', 'Activities'],
  ['http', 'HTTP'],
  ['state', 'State'],
  ['problem', 'Problems'],
]

/** @type {WeakMap<EntrySummary, string>} */
const texts = new WeakMap()

/** Whether something is wrong with it. @param {EntrySummary} entry */
export function isProblem({ problem, lints, status, kind }) {
  return problem !== undefined || (lints?.error ?? 0) > 0 || (kind === 'http' && !(status < 400))
}

/**
 * @param {EntrySummary} entry
 * @param {{ filter: string, search: string }} wanted - `search`: words, all of which must be somewhere in the entry's line.
 */
export function isWanted(entry, { filter, search }) {
  if (filter === 'problem' ? !isProblem(entry) : filter !== 'all' && entry.kind !== filter) return false
  const text = textOf(entry)
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function textOf(entry) {
  const known = texts.get(entry)
  if (known !== undefined) return known
  const { kind, method, path, status, way, from, change, type, text, scope, problem, activityId } = entry
  const parts = [kind, method, path, status, way, from, change, type, text, scope, problem, activityId]
  const made = parts.filter(Boolean).join(' ').toLowerCase()
  texts.set(entry, made)
  return made
}
