import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { listFiles, listShippedSources, parseSource, place, walk } from './sources.mjs'

/** @typedef {import('./check.d.ts').Finding} Finding */

const prefixes = [
  'AUTH',
  'BODY',
  'HTTP',
  'URL',
  'CORE',
  'SEND',
  'CONNECTOR',
  'STATE',
  'BLOBS',
  'BOTSTATE',
  'ADAPTER',
  'SERVICE',
  'CLI',
  'TURN',
  'TEAMS',
  'RECOGNIZERS',
  'STORAGE',
  'DROPIN',
  'TESTING',
  'DIALOGS',
]
const known = new RegExp(`^(?:${prefixes.join('|')})_[A-Z0-9]+(?:_[A-Z0-9]+)*$`)
const mentioned = new RegExp(`(?<![\\w])(?:${prefixes.join('|')})_[A-Z0-9]+(?:_[A-Z0-9]+)*(?![\\w*])`, 'g')
/** Names of environment variables that begin like codes. */
const notCodes = new Set(['HTTP_PROXY', 'HTTP_PORT', 'SERVICE_PORT', 'SERVICE_HOST', 'SERVICE_DATA'])

const list = 'docs/errors.md'
const why = {
  listed: `${list} lists every code with its remedy: the code in a log line is what a reader searches for.`,
  exists: 'A code in the docs that nothing throws sends readers after a fault they cannot have.',
  prefix: 'Codes begin with the part they come from; the checks and the docs find them by that.',
}

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'error-codes',
  summary: `every error code of the sources is in ${list}, and every code named in Markdown exists`,
  run: (root) => {
    const codes = collectCodes(root)
    return [...checkPrefixes(codes), ...checkListed(root, codes), ...checkMentions(root, codes)]
  },
}

/**
 * Every string or property name that has the form of a code, and every constant given to `code`, with its first place.
 *
 * @param {string} root
 * @returns {Map<string, string>}
 */
function collectCodes(root) {
  /** @type {Map<string, string>} */
  const codes = new Map()
  for (const { file } of listShippedSources(root)) {
    walk(parseSource(root, file), (node) => {
      const text = isName(node) ? node.text : undefined
      if (text === undefined || codes.has(text) || notCodes.has(text)) return
      if (known.test(text) || isOwnCode(node, text)) codes.set(text, place(file, node))
    })
  }
  return codes
}

/**
 * @param {ts.Node} node
 * @returns {node is ts.StringLiteralLike | ts.Identifier}
 */
function isName(node) {
  if (ts.isStringLiteralLike(node)) return true
  return ts.isIdentifier(node) && ts.isPropertyAssignment(node.parent) && node.parent.name === node
}

/**
 * Whether it is what a class says its `code` is: `static readonly code = 'X_Y'`, `readonly code = 'X_Y'`.
 *
 * @param {ts.Node} node
 * @param {string} text
 */
function isOwnCode(node, text) {
  const { parent } = node
  return /^[A-Z0-9]+(_[A-Z0-9]+)+$/.test(text) && ts.isPropertyDeclaration(parent) && parent.name.getText() === 'code'
}

/**
 * @param {Map<string, string>} codes
 * @returns {Finding[]}
 */
function checkPrefixes(codes) {
  return [...codes]
    .filter(([code]) => !known.test(code))
    .map(([code, where]) => ({
      what: `${where} gives the code ${code}, whose prefix is none of ${prefixes.map((prefix) => `${prefix}_`).join(' ')}`,
      why: why.prefix,
      fix: 'Use the prefix of the package, or add a new one to scripts/checks/error-codes.mjs.',
    }))
}

/**
 * @param {string} root
 * @param {Map<string, string>} codes
 * @returns {Finding[]}
 */
function checkListed(root, codes) {
  const text = existsSync(join(root, list)) ? readFileSync(join(root, list), 'utf8') : ''
  const entries = text.split('\n').filter((line) => /^\s*(#{1,6} |\||[-*] )/.test(line))
  const listed = new Set(entries.flatMap((line) => line.match(mentioned) ?? []))
  return [...codes]
    .filter(([code]) => !listed.has(code))
    .map(([code, where]) => ({
      what: `${where} has the code ${code}, which ${list} does not list`,
      why: why.listed,
      fix: `Add an entry (a heading, a table row or a list item) to ${list}: when it happens, and what to do.`,
    }))
}

/**
 * @param {string} root
 * @param {Map<string, string>} codes
 * @returns {Finding[]}
 */
function checkMentions(root, codes) {
  return listFiles(root)
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          (line.match(mentioned) ?? [])
            .filter((code) => !codes.has(code) && !notCodes.has(code) && !code.endsWith('_REFUSALS'))
            .map((code) => ({
              what: `${file}:${index + 1} names the code ${code}, which no source has`,
              why: why.exists,
              fix: 'Correct the code, or remove it from the text.',
            })),
        ),
    )
}
