// Runs before anything is installed, so it imports node: built-ins only.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('..', import.meta.url))

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, resolved?: string, optional?: boolean, extraneous?: boolean }} LockEntry
 * @typedef {{ root?: string, nodeVersion?: string, install?: (root: string) => void, log?: (line: string) => void }} SetupOptions
 */

/**
 * Leaves `node_modules` as `package-lock.json` says: instant when nothing changed since the last call, `npm ci` when
 * nothing is installed yet or the lock moved.
 *
 * @param {SetupOptions} [options] - Seams for tests; the defaults act on this repository.
 * @returns {boolean} Whether something was installed.
 * @throws {SetupError} Node is too old, or `npm ci` failed.
 */
export function ensureInstalled({
  root = repository,
  nodeVersion = process.versions.node,
  install = runNpmCi,
  log = console.log,
} = {}) {
  requireNode(nodeVersion, minimumNode(root))
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const lockHash = createHash('sha256').update(lockText).digest('hex')
  const stampFile = join(root, 'node_modules', '.parley-setup')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash) return false
  const missing = !treeMatches(root, lockText)
  if (missing) {
    log(
      existsSync(join(root, 'node_modules'))
        ? 'Setup: package-lock.json changed since the last install; running npm ci (about half a minute).'
        : 'Setup: installing what package-lock.json lists with npm ci (about half a minute, once).',
    )
    install(root)
  }
  writeFileSync(stampFile, lockHash)
  return missing
}

/** What stops a setup; the message is one sentence that says what to do. */
export class SetupError extends Error {}

/**
 * Runs a command of the repository (`main` of a script), and prints a {@link SetupError} as its sentence, without a stack.
 *
 * @param {() => number | Promise<number>} main - Returns the exit code.
 */
export async function runScript(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

/** @param {string} root */
function minimumNode(root) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return String(manifest.engines.node).replace('>=', '')
}

/**
 * @param {string} actual
 * @param {string} minimum
 */
function requireNode(actual, minimum) {
  const [major = 0, minor = 0] = actual.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = minimum.split('.').map(Number)
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  throw new SetupError(
    `Parley needs Node ${minimum} or newer, and this is ${actual}: install one from https://nodejs.org.`,
  )
}

/**
 * Whether what npm noted as installed is what the lock asks for. It makes the first call after a manual `npm ci` instant.
 *
 * @param {string} root
 * @param {string} lockText
 */
function treeMatches(root, lockText) {
  const installedFile = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedFile)) return false
  /** @type {Record<string, LockEntry>} */
  const wanted = JSON.parse(lockText).packages
  /** @type {Record<string, LockEntry>} */
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages
  const identity = (/** @type {LockEntry | undefined} */ entry) =>
    entry && [entry.version, entry.integrity, entry.link && entry.resolved].join(' ')
  return (
    Object.keys(installed).every((path) => identity(installed[path]) === identity(wanted[path])) &&
    Object.entries(wanted).every(
      ([path, entry]) => !path.includes('node_modules/') || entry.optional || installed[path],
    )
  )
}

/** @param {string} root */
function runNpmCi(root) {
  // Under `npm run`, npm names its own file: the same npm does the install, also where `npm` is not on the PATH.
  const npmFile = process.env['npm_execpath']
  const npm = npmFile?.endsWith('.js') ? [process.execPath, npmFile] : ['npm']
  const [command = 'npm', ...prefix] = npm
  const result = spawnSync(command, [...prefix, 'ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32' && command === 'npm',
  })
  if (result.status === 0) return
  throw new SetupError(
    'npm ci failed (see above): fix what it names, or delete node_modules, and run the command again.',
  )
}
