import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'

/**
 * @typedef {import('./workspaces.mjs').Workspace} Workspace
 * @typedef {{ name: string, specifier: string, file: string }} Vendored - `name`: as it is imported, `#pino`; `specifier`: an
 *   npm package; `file`: relative to the workspace.
 */

const require = createRequire(import.meta.url)

/**
 * Puts the npm packages that a workspace ships inside itself into its `dist/cjs/vendor`, each as one file with only the code
 * that is used, and the licences of all that is in it beside it. Which ones says the `imports` of its package.json: an entry
 * `"#pino": { "@parley/source": "pino", "default": "./dist/cjs/vendor/pino.cjs" }` is the npm package for the sources and tests
 * here, and the file for whoever installs Parley. Does nothing that is already done.
 *
 * @param {string} root
 * @param {Workspace} workspace
 */
export function vendor(root, workspace) {
  for (const vendored of listVendored(workspace)) {
    bundle(root, workspace, vendored)
    link(join(root, workspace.folder), vendored)
  }
}

/**
 * @param {Workspace} workspace
 * @returns {Vendored[]}
 */
export function listVendored({ manifest: { imports = {} } }) {
  return Object.entries(imports).flatMap(([name, conditions]) => {
    const { '@parley/source': specifier, default: file } = conditions
    return specifier && file?.startsWith('./dist/cjs/vendor/') ? [{ name, specifier, file }] : []
  })
}

/**
 * Node looks `#pino` up in the nearest package.json; for CommonJS that is the one in `dist/cjs`, where it may not stand. So the
 * files there name the vendored file itself.
 *
 * @param {string} folder - Of the workspace.
 * @param {Vendored} vendored
 */
function link(folder, { name, file }) {
  const commonJs = join(folder, 'dist/cjs')
  for (const entry of readdirSync(commonJs, { recursive: true, encoding: 'utf8' })) {
    const at = join(commonJs, entry)
    if (!/\.c?js$/.test(entry) || entry.startsWith('vendor')) continue
    const text = readFileSync(at, 'utf8')
    const path = relative(dirname(at), join(folder, file)).replaceAll('\\', '/')
    const linked = text.replaceAll(
      new RegExp(`(['"])${name}\\1`, 'g'),
      `'${path.startsWith('.') ? path : `./${path}`}'`,
    )
    if (linked !== text) writeFileSync(at, linked)
  }
}

/**
 * @param {string} root
 * @param {Workspace} workspace
 * @param {Vendored} vendored
 */
function bundle(root, { folder }, { specifier, file }) {
  const target = join(root, folder, file)
  const stamp = `${target}.version`
  const version = `${specifier}@${versionOf(root, specifier)} esbuild@${require('esbuild/package.json').version}\n`
  if (existsSync(target) && existsSync(stamp) && readFileSync(stamp, 'utf8') === version) return
  /** Loaded with the first bundle: a build that finds nothing to do should not wait for it. */
  const { buildSync } = /** @type {typeof import('esbuild')} */ (require('esbuild'))
  const names = Object.keys(createRequire(join(root, 'package.json'))(specifier)).filter(
    (name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default',
  )
  mkdirSync(dirname(target), { recursive: true })
  const { metafile } = buildSync({
    stdin: { contents: `export { ${names.join(', ')} } from '${specifier}'\n`, resolveDir: root },
    outfile: target,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  writeFileSync(target.replace(/\.cjs$/, '.licences.txt'), licences(root, Object.keys(metafile.inputs)))
  writeFileSync(stamp, version)
}

/**
 * @param {string} root
 * @param {string} name
 * @returns {string}
 */
function versionOf(root, name) {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version
}

/**
 * @param {string} root
 * @param {string[]} inputs - Files, relative to the working directory.
 */
function licences(root, inputs) {
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined))
  return [...folders]
    .sort()
    .map((folder) => licence(root, folder))
    .join('\n')
}

/**
 * @param {string} input
 * @returns {string | undefined}
 */
function packageFolder(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input.replaceAll('\\', '/'))?.[0]
}

/**
 * @param {string} root
 * @param {string} folder
 */
function licence(root, folder) {
  const at = join(root, relative(root, join(process.cwd(), folder)))
  const { name, version, license } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8'))
  const file = readdirSync(at).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(basename(entry)))
  const text = file ? readFileSync(join(at, file), 'utf8').trim() : 'The package has no licence file.'
  return `${name} ${version} (${license})\n\n${text}\n`
}
