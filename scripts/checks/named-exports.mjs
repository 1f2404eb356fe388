import ts from 'typescript'
import { listShippedSources, parseSource, place, walk } from './sources.mjs'

/** @typedef {import('./check.d.ts').Finding} Finding */

const why = {
  star: 'index.ts lists every public name, so that what is public is read in one place and nothing becomes public by accident.',
  default: 'A default export has another shape under require than under import, and no name of its own.',
  erasable:
    'Enums and namespaces are the two parts of TypeScript that are code and not types; the sources must run with types stripped.',
}

/** What v4 package stands on what is all these files say; the names are listed once, in sdk-v4. */
const dropinEntry = /^packages\/dropin\/(?!sdk-v4\/)[^/]+\/src\/index\.ts$/

/** Where `ActivityTypes.Message` must be a type, too, as the members of SDK v4's enums are. */
const namesOfV4 = /^packages\/dropin\/sdk-v4\//

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'named-exports',
  summary: 'packages export by name: no `export *`, default export, enum or namespace',
  run: (root) =>
    listShippedSources(root)
      .filter(({ file }) => !dropinEntry.test(file))
      .flatMap(({ file }) => findingsOf(file, parseSource(root, file))),
}

/**
 * @param {string} file
 * @param {ts.SourceFile} source
 */
function findingsOf(file, source) {
  /** @type {Finding[]} */
  const findings = []
  walk(source, (node) => {
    const finding = findingOf(file, node)
    if (finding) findings.push({ ...finding, what: `${place(file, node)} ${finding.what}` })
  })
  return findings
}

/**
 * @param {string} file
 * @param {ts.Node} node
 * @returns {Finding | undefined}
 */
function findingOf(file, node) {
  if (ts.isExportDeclaration(node) && (!node.exportClause || ts.isNamespaceExport(node.exportClause))) {
    return { what: 'has `export *`', why: why.star, fix: 'List the names: export { A, B } from ….' }
  }
  if (isDefaultExport(node)) return { what: 'has a default export', why: why.default, fix: 'Export it by its name.' }
  if (ts.isEnumDeclaration(node)) {
    return {
      what: `declares enum ${node.name.text}`,
      why: why.erasable,
      fix: 'Write a constant object `as const` and a union type of its values.',
    }
  }
  if (ts.isModuleDeclaration(node) && ts.isIdentifier(node.name) && node.name.text !== 'global') {
    if (namesOfV4.test(file) && holdsOnlyTypes(node)) return undefined
    return {
      what: `declares namespace ${node.name.text}`,
      why: why.erasable,
      fix: 'Write a module: a file of its own.',
    }
  }
  return undefined
}

/**
 * Whether nothing of the namespace is code.
 *
 * @param {ts.ModuleDeclaration} node
 */
function holdsOnlyTypes({ modifiers, body }) {
  const isDeclared = modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true
  return (
    isDeclared &&
    body !== undefined &&
    ts.isModuleBlock(body) &&
    body.statements.every((statement) => ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement))
  )
}

/** @param {ts.Node} node */
function isDefaultExport(node) {
  if (ts.isExportAssignment(node)) return !node.isExportEquals
  if (ts.isExportSpecifier(node)) return node.name.text === 'default'
  return (
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true
  )
}
