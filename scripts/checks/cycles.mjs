import { posix } from 'node:path'
import { listWorkspaces } from '../workspaces.mjs'
import { importsOf, isTestFile, listSources, parseSource } from './sources.mjs'

const why =
  'Files that import each other in a circle cannot be read, tested or loaded alone; type imports count, since a reader follows them too.'
const fix = 'Move what both need into a file of its own, or turn one import into a parameter.'

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'cycles',
  summary: 'no files import each other in a circle',
  run: (root) =>
    listWorkspaces(root).flatMap((workspace) => {
      const files = listSources(root, workspace).filter((file) => !isTestFile(file))
      const graph = new Map(files.map((file) => [file, neighbours(root, file)]))
      return findCycles(graph).map((cycle) => ({ what: [...cycle, cycle[0]].join(' → '), why, fix }))
    }),
}

/**
 * @param {string} root
 * @param {string} file
 */
function neighbours(root, file) {
  return importsOf(parseSource(root, file))
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => posix.join(posix.dirname(file), specifier))
}

/**
 * One shortest cycle for every knot of files that reach each other.
 *
 * @param {Map<string, string[]>} graph
 * @returns {string[][]}
 */
function findCycles(graph) {
  /** @type {Set<string>} */
  const reported = new Set()
  return [...graph.keys()].flatMap((file) => {
    if (reported.has(file)) return []
    const cycle = shortestPath(graph, file, file)
    for (const member of cycle ?? []) reported.add(member)
    return cycle ? [cycle] : []
  })
}

/**
 * @param {Map<string, string[]>} graph
 * @param {string} from
 * @param {string} to
 * @returns {string[] | undefined} The files passed, without the last.
 */
function shortestPath(graph, from, to) {
  const queue = [[from]]
  const seen = new Set()
  for (const path of queue) {
    for (const next of graph.get(path.at(-1) ?? from) ?? []) {
      if (next === to) return path
      if (!seen.has(next)) queue.push([...path, next])
      seen.add(next)
    }
  }
  return undefined
}
