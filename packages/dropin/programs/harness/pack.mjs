import { execFile } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** @typedef {import('./registry.mjs').Packed} Packed */

/**
 * Packs every published package of the repository, as `npm publish` would.
 *
 * @param {string} repository - Built.
 * @param {string} folder - Where the tarballs go.
 * @returns {Promise<Packed[]>}
 */
export async function packAll(repository, folder) {
  const workspaces = ['packages', 'packages/dropin'].flatMap((parent) => publishedIn(repository, parent))
  const selected = workspaces.map((workspace) => `--workspace=${workspace}`)
  const answer = await npm(
    ['pack', '--json', '--ignore-scripts', `--pack-destination=${folder}`, ...selected],
    repository,
  )
  /** @type {{ name: string, version: string, filename: string }[]} */
  const packed = JSON.parse(answer)
  return packed.map(({ name, version, filename }) => {
    const workspace = workspaces.find((candidate) => readManifest(repository, candidate)['name'] === name) ?? ''
    return { name, version, tarball: join(folder, filename), manifest: readManifest(repository, workspace) }
  })
}

/**
 * Runs npm, and says what it said when it fails.
 *
 * @param {string[]} npmArguments
 * @param {string} folder
 * @returns {Promise<string>} What it printed.
 */
export async function npm(npmArguments, folder) {
  const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' }
  const { stdout } = await run('npm', npmArguments, options)
  return stdout
}

/**
 * @param {string} repository
 * @param {string} parent
 */
function publishedIn(repository, parent) {
  return readdirSync(join(repository, parent))
    .map((name) => `${parent}/${name}`)
    .filter((folder) => existsSync(join(repository, folder, 'package.json')))
    .filter((folder) => readManifest(repository, folder)['private'] !== true)
}

/**
 * @param {string} repository
 * @param {string} folder
 * @returns {Record<string, unknown>}
 */
function readManifest(repository, folder) {
  return JSON.parse(readFileSync(join(repository, folder, 'package.json'), 'utf8'))
}
