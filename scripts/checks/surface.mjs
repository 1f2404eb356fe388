import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runNode } from '../run-tool.mjs'
import { compareTypes } from '../surface/compare-surface.mjs'
import { readNames } from '../surface/names.mjs'
import { packages, skeletons } from '../surface/packages.mjs'
import { declarationOf, readSurfaces } from '../surface/read-surface.mjs'
import { listWorkspaces } from '../workspaces.mjs'

/** @typedef {import('./check.d.ts').Finding} Finding */

const why =
  'A bot written for SDK v4 runs on the drop-in packages unchanged only if every name it may use is there, as a value and as a type.'
const fix = 'Export it from packages/dropin/sdk-v4, or from the package of Parley that owns it, with the shape it had.'

const reportValues = fileURLToPath(new URL('../surface/report-values.mjs', import.meta.url))

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'surface',
  summary: 'every name of SDK v4 is in the drop-in packages, at run time and as a type',
  needsBuild: true,
  run: async (root) => {
    const workspaces = listWorkspaces(root)
    const dropins = packages
      .filter((name) => !skeletons.has(name))
      .flatMap((name) => {
        const workspace = workspaces.find((candidate) => candidate.name === `@parley/${name}`)
        return workspace ? [{ name, declaration: declarationOf(join(root, workspace.folder), workspace.manifest) }] : []
      })
    if (dropins.length === 0) return []
    const missing = { ...missingTypes(dropins), ...(await missingValues(root, dropins)) }
    return Object.entries(missing).flatMap(([name, lines]) =>
      lines.map((line) => ({ what: `@parley/${name}: ${line}`, why, fix })),
    )
  },
}

/**
 * @param {{ name: string, declaration: string }[]} dropins
 * @returns {Record<string, string[]>}
 */
function missingTypes(dropins) {
  const surfaces = readSurfaces(Object.fromEntries(dropins.map(({ name, declaration }) => [name, declaration])))
  return Object.fromEntries(
    dropins.map(({ name }) => [`${name} types`, compareTypes(readNames(name), surfaces[name] ?? {})]),
  )
}

/**
 * @param {string} root
 * @param {{ name: string }[]} dropins
 * @returns {Promise<Record<string, string[]>>}
 */
async function missingValues(root, dropins) {
  const { status, stdout, lines } = await runNode([reportValues, root, ...dropins.map(({ name }) => name)], root)
  return status === 0 ? JSON.parse(stdout) : { values: lines }
}
