import { existsSync, lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listWorkspaces, readManifest } from '../../scripts/workspaces.mjs'
import { peersFolder } from '../candidates/index.mjs'
import { npm } from '../npm.mjs'

const repository = fileURLToPath(new URL('../../', import.meta.url))

/** @typedef {{ packages: number, bytes: number }} Weight */

/**
 * What a bot gets that depends on this package alone: installed for production into an empty folder.
 *
 * @param {string} name
 * @returns {Promise<Weight>}
 */
export async function measureWeight(name) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-weight-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    const specifiers = await specifiersOf(name, folder)
    await npm(['install', '--omit=dev', '--ignore-scripts', ...specifiers], folder)
    return weigh(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * A peer comes from the registry in the version it is measured in; a package of this repository is packed, and with it every
 * package of the repository it needs.
 *
 * @param {string} name
 * @param {string} folder - Where tarballs go.
 */
async function specifiersOf(name, folder) {
  const peers = readManifest(peersFolder).dependencies ?? {}
  if (peers[name]) return [`${name}@${peers[name]}`]
  const workspaces = withDependencies(name)
  await npm(
    ['pack', '--pack-destination', folder, ...workspaces.map((workspace) => `--workspace=${workspace}`)],
    repository,
  )
  return readdirSync(folder)
    .filter((file) => file.endsWith('.tgz'))
    .map((file) => `./${file}`)
}

/**
 * @param {string} name
 * @returns {string[]} Names of workspaces, `name` first.
 */
function withDependencies(name) {
  const workspaces = listWorkspaces(repository)
  const names = [name]
  for (const current of names) {
    const manifest = workspaces.find((workspace) => workspace.name === current)?.manifest
    const needed = Object.keys(manifest?.dependencies ?? {})
    names.push(
      ...needed.filter((one) => !names.includes(one) && workspaces.some((workspace) => workspace.name === one)),
    )
  }
  return names
}

/**
 * @param {string} folder
 * @returns {Weight}
 */
function weigh(folder) {
  const lockFile = join(folder, 'node_modules', '.package-lock.json')
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'))
  // Packages of other platforms are listed and not installed.
  const installed = Object.keys(packages).filter((path) => existsSync(join(folder, path)))
  return { packages: installed.length, bytes: diskUsage(join(folder, 'node_modules')) }
}

/**
 * What `du` says: blocks of files and folders.
 *
 * @param {string} path
 * @returns {number}
 */
function diskUsage(path) {
  const stats = lstatSync(path)
  const own = stats.blocks === undefined ? stats.size : stats.blocks * 512
  if (!stats.isDirectory()) return own
  return readdirSync(path).reduce((sum, entry) => sum + diskUsage(join(path, entry)), own)
}
