import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What the scripts use of a package.json.
 *
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} [version]
 * @property {boolean} [private]
 * @property {Record<string, string>} [scripts]
 * @property {string | Record<string, string>} [bin]
 * @property {string} [types]
 * @property {Record<string, unknown>} [exports]
 * @property {Record<string, Record<string, string>>} [imports]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 *
 * One workspace: `folder` is relative to the root, with forward slashes.
 * @typedef {{ name: string, folder: string, manifest: Manifest }} Workspace
 */

/**
 * The workspaces the root package.json names, in alphabetical order of their folders.
 *
 * @param {string} root
 * @returns {Workspace[]}
 */
export function listWorkspaces(root) {
  const patterns = readManifest(root).workspaces ?? []
  return patterns
    .flatMap((pattern) => expand(root, pattern))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort()
    .map((folder) => {
      const manifest = readManifest(join(root, folder))
      return { name: manifest.name, folder, manifest }
    })
}

/**
 * @param {string} folder
 * @returns {Manifest & { workspaces?: string[], allowScripts?: Record<string, boolean> }}
 */
export function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/**
 * The files a workspace's `bin` runs, relative to its folder.
 *
 * @param {Manifest} manifest
 * @returns {string[]}
 */
export function binFiles({ bin = {} }) {
  const files = typeof bin === 'string' ? [bin] : Object.values(bin)
  return files.map((file) => file.replace(/^\.\//, ''))
}

/**
 * @param {string} root
 * @param {string} pattern - A folder, or one level of folders: `packages/*`.
 */
function expand(root, pattern) {
  if (!pattern.endsWith('/*')) return [pattern]
  const parent = pattern.slice(0, -2)
  if (!existsSync(join(root, parent))) return []
  return readdirSync(join(root, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${parent}/${entry.name}`)
}
