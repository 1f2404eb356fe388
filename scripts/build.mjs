import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SetupError, ensureInstalled, runScript } from './setup.mjs'
import { vendor } from './vendor.mjs'
import { binFiles, listWorkspaces } from './workspaces.mjs'

const repository = fileURLToPath(new URL('..', import.meta.url))

/** Node reads a `.js` file by the nearest package.json, and the packages themselves say `module`. */
const commonJsMarker = '{"type":"commonjs"}\n'

/**
 * Builds every package as ESM and CommonJS, the npm packages some ship inside themselves (`vendor`), the files packages ship
 * beside their code (`scripts/assets.mjs` of a package), and the templates. A second call finds nothing to do.
 *
 * @param {string} [root]
 * @throws {SetupError} The compiler or a package's asset script reported errors; they are printed.
 */
export function build(root = repository) {
  const workspaces = listWorkspaces(root)
  compile(root, ['.'])
  for (const workspace of workspaces) vendor(root, workspace)
  compile(root, templateProjects(root, workspaces))
  for (const { folder, manifest } of workspaces) {
    const at = (/** @type {string} */ file) => join(root, folder, file)
    if (existsSync(at('dist/cjs'))) writeIfChanged(at('dist/cjs/package.json'), commonJsMarker)
    for (const file of binFiles(manifest)) if (existsSync(at(file))) chmodSync(at(file), 0o755)
    if (existsSync(at('scripts/assets.mjs'))) {
      run(at('.'), [at('scripts/assets.mjs')], `Build failed: ${folder}/scripts/assets.mjs ended with the error above.`)
    }
  }
}

/**
 * One `tsc -b`. Both builds of a package report the same error; it is printed once.
 *
 * @param {string} root
 * @param {string[]} projects - Folders with a tsconfig.json.
 */
function compile(root, projects) {
  if (projects.length === 0) return
  const compiler = join(repository, 'node_modules', '@typescript', 'native', 'bin', 'tsc')
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, '-b', ...projects], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status === 0) return
  const lines = new Set(`${stdout}${stderr}`.trimEnd().split('\n'))
  throw new SetupError(`${[...lines].join('\n')}\nBuild failed: fix the ${lines.size} lines above.`)
}

/**
 * Templates build alone, against the built packages, as they will after someone copied them out of the repository.
 *
 * @param {string} root
 * @param {import('./workspaces.mjs').Workspace[]} workspaces
 */
function templateProjects(root, workspaces) {
  return workspaces
    .map(({ folder }) => folder)
    .filter((folder) => folder.startsWith('templates/') && existsSync(join(root, folder, 'tsconfig.json')))
}

/**
 * @param {string} folder
 * @param {string[]} nodeArguments
 * @param {string} failure
 */
function run(folder, nodeArguments, failure) {
  const { status, error } = spawnSync(process.execPath, nodeArguments, { cwd: folder, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) throw new SetupError(failure)
}

/**
 * @param {string} file
 * @param {string} text
 */
function writeIfChanged(file, text) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return
  writeFileSync(file, text)
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  void runScript(() => {
    ensureInstalled()
    build()
    return 0
  })
}
