import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { binaryPlatform, majors } from './run-matrix.mjs'

const harness = fileURLToPath(new URL('../../packages/dropin/programs/harness/run.mjs', import.meta.url))

/**
 * Runs the bots written for SDK v4, installed as users install them, on the Node versions beside the machine's own; that one
 * has its turn in `npm test`.
 *
 * @param {(major: number) => Promise<string>} install - Gives the file to run.
 * @returns {Promise<number>} The exit code.
 */
export async function runPrograms(install) {
  if (`${process.platform}-${process.arch}` !== binaryPlatform) return 0
  const nodes = []
  for (const major of majors) nodes.push('--node', await install(major))
  const { status } = spawnSync(process.execPath, [harness, ...nodes], { stdio: 'inherit' })
  return status ?? 1
}
