import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { binFiles, listWorkspaces } from '../workspaces.mjs'

/** @typedef {import('../workspaces.mjs').Workspace} Workspace */

/** Folders that hold nothing written by hand. */
const skipped = new Set(['node_modules', 'dist', 'coverage', '.git', '.parley', 'results'])

/**
 * Every file under `folder`, relative to the root, with forward slashes.
 *
 * @param {string} root
 * @param {string} [folder]
 * @returns {string[]}
 */
export function listFiles(root, folder = '') {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : listFiles(root, path)
      return entry.isFile() ? [path] : []
    })
}

/**
 * The TypeScript files of a workspace, in `src/` and `test/`.
 *
 * @param {string} root
 * @param {Workspace} workspace
 */
export function listSources(root, { folder }) {
  return [...listFiles(root, `${folder}/src`), ...listFiles(root, `${folder}/test`)].filter((file) =>
    /\.[cm]?tsx?$/.test(file),
  )
}

/**
 * The sources of every workspace under `packages/` that are shipped: no tests.
 *
 * @param {string} root
 * @returns {{ workspace: Workspace, file: string }[]}
 */
export function listShippedSources(root) {
  return listWorkspaces(root)
    .filter(({ folder }) => folder.startsWith('packages/'))
    .flatMap((workspace) => listSources(root, workspace).map((file) => ({ workspace, file })))
    .filter(({ file }) => !isTestFile(file))
}

/** @param {string} file */
export function isTestFile(file) {
  return /\.test\.[cm]?tsx?$/.test(file) || /^[^/]+\/(dropin\/)?[^/]+\/test\//.test(file)
}

/**
 * Whether the file is what a workspace's `bin` runs: `dist/esm/bin.js` is built from `src/bin.ts`.
 *
 * @param {Workspace} workspace
 * @param {string} file
 */
export function isBinFile({ folder, manifest }, file) {
  return binFiles(manifest).some(
    (bin) => file === `${folder}/${bin.replace(/^dist\/(esm|cjs)\//, 'src/').replace(/\.js$/, '.ts')}`,
  )
}

/** @type {Map<string, ts.SourceFile>} */
const parsed = new Map()

/**
 * @param {string} root
 * @param {string} file
 * @returns {ts.SourceFile}
 */
export function parseSource(root, file) {
  const path = join(root, file)
  const known = parsed.get(path)
  if (known) return known
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  parsed.set(path, source)
  return source
}

/**
 * Visits every node of a file, parents first.
 *
 * @param {ts.Node} node
 * @param {(node: ts.Node) => void} visit
 */
export function walk(node, visit) {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}

/**
 * `file:line` of a node, as findings begin.
 *
 * @param {string} file
 * @param {ts.Node} node
 */
export function place(file, node) {
  const source = node.getSourceFile()
  return `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`
}

/**
 * Every module a file names: imports, re-exports, `import()`, `import('x').T` and `require()`, types included.
 *
 * @param {ts.SourceFile} source
 * @returns {{ specifier: string, node: ts.Node }[]}
 */
export function importsOf(source) {
  /** @type {{ specifier: string, node: ts.Node }[]} */
  const imports = []
  const add = (/** @type {ts.Node | undefined} */ name) => {
    if (name && ts.isStringLiteralLike(name)) imports.push({ specifier: name.text, node: name })
  }
  walk(source, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal)
    else if (ts.isExternalModuleReference(node)) add(node.expression)
    else if (ts.isCallExpression(node) && loadsModule(node.expression)) add(node.arguments[0])
  })
  return imports
}

/** @param {ts.Expression} callee */
function loadsModule(callee) {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require')
}
