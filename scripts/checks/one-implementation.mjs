import { readFileSync } from 'node:fs'
import { runNode } from '../run-tool.mjs'
import { listWorkspaces } from '../workspaces.mjs'

/** @typedef {import('../workspaces.mjs').Workspace} Workspace */

const why =
  'A program may reach a package by require and by import at once; two copies would mean two registries, and instanceof that says no.'
const fix =
  'Give the entry of package.json the conditions import, module-sync and require, in this order, and list the same names in both builds.'

/** Evaluated, not run as a file: evaluated code resolves packages from the working directory. */
const loader = readFileSync(new URL('load-both-ways.mjs', import.meta.url), 'utf8')

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'one-implementation',
  summary: 'require() and import() of every package entry give the same objects',
  needsBuild: true,
  run: async (root) => {
    const published = listWorkspaces(root).filter(({ manifest }) => manifest.private !== true)
    const specifiers = published.flatMap(specifiersOf)
    if (specifiers.length === 0) return []
    const { status, stdout, lines } = await runNode(
      ['--input-type=module', `--eval=${loader}`, '--', ...specifiers],
      root,
    )
    if (status !== 0) return [{ what: lines.join('\n'), why, fix }]
    /** @type {string[]} */
    const faults = JSON.parse(stdout)
    return faults.map((what) => ({ what, why, fix }))
  },
}

/**
 * @param {Workspace} workspace
 * @returns {string[]} What a user writes in an import: `@parley/adapter`, `@parley/adapter/express`.
 */
function specifiersOf({ name, manifest: { exports = {} } }) {
  return Object.keys(exports)
    .filter((entry) => !entry.endsWith('.json') && !entry.includes('*'))
    .map((entry) => name + entry.slice(1))
}
