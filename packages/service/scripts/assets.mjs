// Puts the chat page together in dist/chat-page: the page's own files, and Web Chat's bundle out of its npm package. The
// package has 425 others behind it and is 160 MB unpacked, of which the page needs one file; so it is no dependency, but is
// packed by npm, checked against the hash pinned here, and that file taken out. Does nothing that is already done.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { extract } from 'tar'

const PACKAGE = 'botframework-webchat@4.18.1'
const INTEGRITY = 'sha512-7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg=='
const BUNDLE_FILES = ['webchat.js', 'webchat.js.LICENSE.txt']

const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)))
const source = join(packageRoot, 'src', 'chat-page', 'static')
const target = join(packageRoot, 'dist', 'chat-page')
/** Written last: what it names is there, complete. */
const stamp = join(target, 'webchat.integrity')

class AssetsError extends Error {}

try {
  await mkdir(target, { recursive: true })
  await cp(source, target, { recursive: true })
  if ((await readFile(stamp, 'utf8').catch(() => '')) !== INTEGRITY) await fetchBundle()
} catch (error) {
  if (!(error instanceof AssetsError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function fetchBundle() {
  const temporary = await mkdtemp(join(tmpdir(), 'parley-webchat-'))
  try {
    const tarball = await pack(temporary)
    await checkIntegrity(tarball)
    const wanted = new Set(BUNDLE_FILES.map((name) => `package/dist/${name}`))
    await extract({ file: tarball, cwd: temporary, strict: true, filter: (path) => wanted.has(path) })
    for (const name of BUNDLE_FILES) await move(join(temporary, 'package', 'dist', name), join(target, name))
    await writeFile(stamp, INTEGRITY)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/**
 * Runs the npm that runs this script, or else the one on the path.
 *
 * @param {string} directory
 */
async function pack(directory) {
  const npm = process.env['npm_execpath']
  const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm']
  const args = [...first, 'pack', PACKAGE, '--ignore-scripts', '--loglevel=error', `--pack-destination=${directory}`]
  const { status, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    shell: process.platform === 'win32' && !npm,
  })
  const tarball = (await readdir(directory)).find((name) => name.endsWith('.tgz'))
  if (status !== 0 || tarball === undefined) {
    const reason = error?.message ?? stderr.trim().split('\n').slice(0, 3).join(' ')
    throw new AssetsError(
      `The chat page needs ${PACKAGE}, and npm could not get it: ${reason}\nGo online once and build again.`,
    )
  }
  return join(directory, tarball)
}

/** @param {string} file */
async function checkIntegrity(file) {
  const integrity = `sha512-${createHash('sha512')
    .update(await readFile(file))
    .digest('base64')}`
  if (integrity === INTEGRITY) return
  throw new AssetsError(`What npm got for ${PACKAGE} is not what it was when this version was chosen: ${integrity}.`)
}

/**
 * The temporary folder may be on another disk, where a file cannot be renamed to.
 *
 * @param {string} from
 * @param {string} to
 */
async function move(from, to) {
  const beside = `${to}.new`
  await cp(from, beside)
  await rename(beside, to)
}
