import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { listWorkspaces, readManifest } from '../workspaces.mjs'
import { importsOf, isTestFile, listSources, parseSource, place } from './sources.mjs'

/**
 * @typedef {import('./check.d.ts').Finding} Finding
 * @typedef {import('../workspaces.mjs').Workspace} Workspace
 */

/** The floors of the house, bottom up. A new package gets its line here. */
const floors = [
  ['@parley/core'],
  ['@parley/auth', '@parley/connector', '@parley/state', '@parley/queue'],
  ['@parley/adapter', '@parley/teams', '@parley/dialogs', '@parley/recognizers', '@parley/telemetry'],
  ['@parley/open-lines', '@parley/service', '@parley/testing', '@parley/corpus'],
  ['@parley/cli', 'create-parley'],
]
/** One folder per backend: `@parley/storage-redis`. */
const backends = { pattern: /^@parley\/(storage|queue)-/, floor: 2 }
/** Whole folders that stand above every floor of the table. */
const roofs = [
  { folder: 'packages/dropin/', floor: 4 },
  { folder: 'templates/', floor: 5 },
]

/** Imported by tests of any floor, and by nothing that is shipped but the drop-ins, because SDK v4 ships `TestAdapter`. */
const testOnly = '@parley/testing'
/** Modules jest and tsconfig.test.json resolve to `scripts/test-support/`. */
const testSupport = 'test-support/'

const why = {
  floor: 'Imports go down: a package may use the floors below it only, so that it can be understood and deleted alone.',
  declared: 'What a package imports must be in its own package.json, or it breaks for whoever installs it.',
  name: 'Packages are imported by name; a path into another package bypasses its public names.',
  extension: 'Inside a package imports carry the .ts extension, so that the sources also run unbuilt.',
  builtin: 'The node: prefix cannot be taken over by a package of that name.',
  tests: 'Shipped code cannot import what only exists for tests.',
  table: 'A package without a floor would escape the rule that imports go down.',
}

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'floors',
  summary: 'imports go down only, by package name, and are declared',
  run: (root) => {
    const workspaces = listWorkspaces(root)
    const rootDevelopment = readManifest(root).devDependencies ?? {}
    return workspaces.flatMap((workspace) => [
      ...checkTable(workspace),
      ...checkManifest(workspace, workspaces),
      ...listSources(root, workspace).flatMap((file) =>
        importsOf(parseSource(root, file)).flatMap(({ specifier, node }) =>
          checkImport({ workspace, workspaces, rootDevelopment, file, specifier }).map(({ what, ...rest }) => ({
            what: `${place(file, node)} ${what}`,
            ...rest,
          })),
        ),
      ),
    ])
  },
}

/**
 * @param {Workspace} workspace
 * @returns {number | undefined}
 */
function floorOf({ name, folder }) {
  const roof = roofs.find((candidate) => folder.startsWith(candidate.folder))
  if (roof) return roof.floor
  if (backends.pattern.test(name)) return backends.floor
  const floor = floors.findIndex((names) => names.includes(name))
  return floor === -1 ? undefined : floor
}

/** @param {Workspace} workspace */
function isDropin({ folder }) {
  return folder.startsWith('packages/dropin/')
}

/**
 * @param {Workspace} workspace
 * @returns {Finding[]}
 */
function checkTable(workspace) {
  if (floorOf(workspace) !== undefined) return []
  return [
    {
      what: `${workspace.folder}/package.json: ${workspace.name} has no floor`,
      why: why.table,
      fix: 'Give it a line in the table of scripts/checks/floors.mjs.',
    },
  ]
}

/**
 * @param {Workspace} workspace
 * @param {Workspace[]} workspaces
 * @returns {Finding[]}
 */
function checkManifest(workspace, workspaces) {
  return Object.keys(runtimeDependencies(workspace)).flatMap((name) => {
    const target = workspaces.find((candidate) => candidate.name === name)
    const wrong = target && notBelow(workspace, target)
    return wrong
      ? [{ what: `${workspace.folder}/package.json depends on ${wrong}`, why: why.floor, fix: fixFloor }]
      : []
  })
}

/**
 * @param {{ workspace: Workspace, workspaces: Workspace[], rootDevelopment: Record<string, string>, file: string,
 *   specifier: string }} use
 * @returns {Finding[]}
 */
function checkImport({ workspace, workspaces, rootDevelopment, file, specifier }) {
  if (specifier.startsWith('node:')) return []
  if (specifier.startsWith('.')) return checkRelative(workspace, file, specifier)
  // An npm package that is shipped inside this one.
  if (specifier in (workspace.manifest.imports ?? {})) return []
  const inTest = isTestFile(file)
  if (specifier.startsWith(testSupport)) return inTest ? [] : [shippedTestHelp(specifier)]
  const name = packageName(specifier)
  if (builtinModules.includes(name)) {
    return [{ what: `imports '${specifier}'`, why: why.builtin, fix: `Write 'node:${specifier}'.` }]
  }
  if (name === testOnly && !inTest && !isDropin(workspace)) return [shippedTestHelp(specifier)]
  // A test may use its own package as users do: through its public entries.
  if (name === workspace.name && inTest) return []
  const target = workspaces.find((candidate) => candidate.name === name)
  const wrong = target && name !== testOnly && notBelow(workspace, target)
  if (wrong) return [{ what: `imports ${wrong}`, why: why.floor, fix: fixFloor }]
  return isDeclared(workspace, name, inTest, rootDevelopment) ? [] : [undeclared(workspace, name, inTest)]
}

const fixFloor =
  'Declare an interface on a floor below and join the two packages above both; or move the code to where it belongs.'

/**
 * @param {Workspace} workspace
 * @param {string} file
 * @param {string} specifier
 * @returns {Finding[]}
 */
function checkRelative({ folder }, file, specifier) {
  const target = posix.join(posix.dirname(file), specifier)
  if (!target.startsWith(`${folder}/`)) {
    return [
      { what: `imports '${specifier}', outside its package`, why: why.name, fix: 'Import the package by its name.' },
    ]
  }
  if (/\.([cm]?tsx?|json)$/.test(specifier)) return []
  return [{ what: `imports '${specifier}'`, why: why.extension, fix: 'Write the name of the file, with .ts.' }]
}

/**
 * @param {Workspace} workspace
 * @param {Workspace} target
 * @returns {string | false} How it stands, when it is not below.
 */
function notBelow(workspace, target) {
  if (workspace.name === target.name) return `${target.name}, itself`
  // Each drop-in is one v4 package; v4's packages stand on each other.
  if (isDropin(workspace) && isDropin(target)) return false
  const [from, to] = [floorOf(workspace), floorOf(target)]
  if (from === undefined || to === undefined || to < from) return false
  return `${target.name}, ${to === from ? `which is on the same floor (${to})` : `which is above (floor ${to} over ${from})`}`
}

/**
 * @param {Workspace} workspace
 * @param {string} name
 * @param {boolean} inTest
 * @param {Record<string, string>} rootDevelopment
 */
function isDeclared(workspace, name, inTest, rootDevelopment) {
  if (name in runtimeDependencies(workspace)) return true
  return inTest && (name in (workspace.manifest.devDependencies ?? {}) || name in rootDevelopment)
}

/**
 * @param {Workspace} workspace
 * @param {string} name
 * @param {boolean} inTest
 * @returns {Finding}
 */
function undeclared({ folder }, name, inTest) {
  return {
    what: `imports ${name}, which ${folder}/package.json does not declare`,
    why: why.declared,
    fix: `Add it to the ${inTest ? 'devDependencies' : 'dependencies'} there, or do without it.`,
  }
}

/**
 * @param {string} specifier
 * @returns {Finding}
 */
function shippedTestHelp(specifier) {
  return { what: `imports '${specifier}'`, why: why.tests, fix: 'Move the import to a test (*.test.ts, or test/).' }
}

/** @param {Workspace} workspace */
function runtimeDependencies({ manifest: { dependencies, peerDependencies, optionalDependencies } }) {
  return { ...dependencies, ...peerDependencies, ...optionalDependencies }
}

/** @param {string} specifier */
function packageName(specifier) {
  const [first = '', second] = specifier.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}
