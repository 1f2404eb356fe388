import ts from 'typescript'
import { isBinFile, listShippedSources, parseSource, place, walk } from './sources.mjs'

const why =
  'A library that reads the environment cannot be configured twice in one process, and its options do not tell what it does.'
const fix =
  'Take the value as an option; read process.env in an app, a bin file, a file named from-env.ts or a function named fromEnv.'

/** SDK v4 reads the environment in the middle of things, and its bots count on that. */
const readsAsV4Did = /^packages\/dropin\//

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'environment',
  summary: 'only apps, bin files and fromEnv read process.env',
  run: (root) =>
    listShippedSources(root)
      .filter(
        ({ workspace, file }) =>
          !isBinFile(workspace, file) && !file.endsWith('/from-env.ts') && !readsAsV4Did.test(file),
      )
      .flatMap(({ file }) =>
        readsOf(parseSource(root, file)).map((node) => ({ what: `${place(file, node)} reads process.env`, why, fix })),
      ),
}

/** @param {ts.SourceFile} source */
function readsOf(source) {
  /** @type {ts.Node[]} */
  const reads = []
  walk(source, (node) => {
    if (readsEnvironment(node) && !isInFromEnv(node)) reads.push(node)
  })
  return reads
}

/** @param {ts.Node} node */
function readsEnvironment(node) {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && isProcess(node.expression)
  if (ts.isElementAccessExpression(node)) {
    return (
      ts.isStringLiteralLike(node.argumentExpression) &&
      node.argumentExpression.text === 'env' &&
      isProcess(node.expression)
    )
  }
  if (ts.isBindingElement(node)) {
    const declaration = node.parent.parent
    const initializer = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined
    return boundName(node) === 'env' && initializer !== undefined && isProcess(initializer)
  }
  if (!ts.isImportSpecifier(node)) return false
  const { moduleSpecifier } = node.parent.parent.parent
  return (
    (node.propertyName ?? node.name).text === 'env' &&
    ts.isStringLiteral(moduleSpecifier) &&
    /^(node:)?process$/.test(moduleSpecifier.text)
  )
}

/** @param {ts.BindingElement} element */
function boundName({ propertyName, name }) {
  const bound = propertyName ?? name
  return ts.isIdentifier(bound) ? bound.text : undefined
}

/** @param {ts.Expression} expression - `process`, or `globalThis.process`. */
function isProcess(expression) {
  if (ts.isIdentifier(expression)) return expression.text === 'process'
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'process'
}

/** @param {ts.Node} node */
function isInFromEnv(node) {
  for (let current = node.parent; current; current = current.parent) {
    if ((ts.isFunctionDeclaration(current) || ts.isMethodDeclaration(current)) && current.name?.getText() === 'fromEnv')
      return true
  }
  return false
}
