import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const importOnce = fileURLToPath(new URL('./import-once.cjs', import.meta.url))

/**
 * @typedef {{ name: string, from: string }} Package
 * @typedef {{ milliseconds: number[], rssBytes: number[], files: number }} ImportCost
 */

/**
 * Loads each package in fresh processes, one after the other and interleaved.
 *
 * @param {readonly Package[]} packages
 * @param {{ times: number, execPath: string }} options
 * @returns {Promise<Map<string, ImportCost>>} By package name.
 */
export async function measureImports(packages, { times, execPath }) {
  const ask = async (/** @type {Package} */ { name, from }, /** @type {string[]} */ ...mode) => {
    const { stdout } = await run(execPath, [importOnce, from, name, ...mode], { timeout: 30_000 })
    return JSON.parse(/** @type {string} */ (stdout.trim().split('\n').pop()))
  }
  /** @type {Map<string, ImportCost>} */
  const costs = new Map()
  for (const one of packages) {
    const { files } = await ask(one, 'count')
    costs.set(one.name, { milliseconds: [], rssBytes: [], files })
  }
  for (let time = 0; time < times; time += 1) {
    for (const one of packages) {
      const { milliseconds, rssBytes } = await ask(one)
      costs.get(one.name)?.milliseconds.push(milliseconds)
      costs.get(one.name)?.rssBytes.push(rssBytes)
    }
  }
  return costs
}
