import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'
import { listWorkspaces } from '../workspaces.mjs'

/**
 * @typedef {import('./check.d.ts').Finding} Finding
 * @typedef {import('../workspaces.mjs').Workspace} Workspace
 */

const configs = ['tsconfig.json', 'tsconfig.cjs.json']

const why = {
  built: 'A project the root tsconfig.json does not name is not built.',
  order:
    'The compiler learns the build order from references; one that is missing builds against an old or absent dist.',
}

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'references',
  summary: 'tsconfig references say the same as package.json',
  run: (root) => {
    const workspaces = listWorkspaces(root)
    const built = readReferences(root, '', 'tsconfig.json')
    // Templates are copied out of the repository, so they build alone.
    const packages = workspaces.filter(({ folder }) => folder.startsWith('packages/'))
    return packages.flatMap((workspace) =>
      configs
        .filter((config) => existsSync(join(root, workspace.folder, config)))
        .flatMap((config) => [
          ...checkRoot(workspace, config, built),
          ...checkReferences(root, workspace, config, workspaces),
        ]),
    )
  },
}

/**
 * @param {Workspace} workspace
 * @param {string} config
 * @param {string[]} built
 * @returns {Finding[]}
 */
function checkRoot({ folder }, config, built) {
  const project = `${folder}/${config}`
  if (built.includes(project)) return []
  return [{ what: `tsconfig.json does not name ${project}`, why: why.built, fix: `Add it to its references.` }]
}

/**
 * @param {string} root
 * @param {Workspace} workspace
 * @param {string} config
 * @param {Workspace[]} workspaces
 * @returns {Finding[]}
 */
function checkReferences(root, { folder, manifest }, config, workspaces) {
  const needed = workspaces
    .filter(({ name }) => name in { ...manifest.dependencies, ...manifest.peerDependencies })
    .map((target) => `${target.folder}/${config}`)
    .filter((project) => existsSync(join(root, project)))
  const present = readReferences(root, folder, config)
  const missing = needed.filter((project) => !present.includes(project))
  const extra = present.filter((project) => !needed.includes(project))
  return [
    ...missing.map((project) => ({
      what: `${folder}/${config} does not reference ${project}, which package.json depends on`,
      why: why.order,
      fix: 'Add the reference.',
    })),
    ...extra.map((project) => ({
      what: `${folder}/${config} references ${project}, which package.json does not depend on`,
      why: why.order,
      fix: 'Remove the reference, or declare the dependency.',
    })),
  ]
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {string} config
 * @returns {string[]} Config files, relative to the root.
 */
function readReferences(root, folder, config) {
  const { config: content } = ts.readConfigFile(join(root, folder, config), (path) => ts.sys.readFile(path))
  /** @type {{ path: string }[]} */
  const references = content?.references ?? []
  return references.map(({ path }) => posix.join(folder, path.endsWith('.json') ? path : `${path}/tsconfig.json`))
}
