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
    const alone = await loadCommonJsAlone(specifiers, root)
    return [
      ...faults.map((what) => ({ what, why, fix })),
      ...alone.map((what) => ({ what, why: whyAlone, fix: fixAlone })),
    ]
  },
}

const whyAlone = 'Jest, older Node and bundlers load the CommonJS build and nothing else; it must be whole by itself.'
const fixAlone = 'Look at what the CommonJS build requires; its nearest package.json is the one in dist/cjs.'

/** Requires what the condition `require` names, without `module-sync`; prints what does not load. */
const commonJsLoader = `
for (const specifier of process.argv.slice(1)) {
  try { require(specifier) } catch (error) { console.log(specifier + ' does not load as CommonJS alone: ' + error.message.split('\\n')[0]) }
}
process.exit(0)`

/**
 * @param {string[]} specifiers
 * @param {string} root
 * @returns {Promise<string[]>}
 */
async function loadCommonJsAlone(specifiers, root) {
  const { lines } = await runNode(
    ['--no-experimental-require-module', '--input-type=commonjs', `--eval=${commonJsLoader}`, '--', ...specifiers],
    root,
  )
  return lines
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
