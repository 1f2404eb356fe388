import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readManifest } from '../workspaces.mjs'

/**
 * @typedef {import('./check.d.ts').Finding} Finding
 * @typedef {{ version?: string, integrity?: string, link?: boolean, resolved?: string, hasInstallScript?: boolean,
 *   optionalDependencies?: Record<string, string> }} Entry
 */

const file = 'package-lock.json'
const why = {
  integrity: 'Without a hash npm installs whatever the registry serves that day.',
  host: 'A lock that names a host installs from that host only; others have another registry.',
  platform: 'npm ci refuses a lock that asks for a platform package it does not list, on every machine.',
  scripts: 'An install script runs on the machine of everyone who clones; each one is looked at once and decided.',
}

/** @type {import('./check.d.ts').Check} */
export const check = {
  name: 'lock',
  summary: 'package-lock.json is complete, hashed, names no host, and its install scripts are reviewed',
  run: (root) => {
    /** @type {Record<string, Entry>} */
    const entries = JSON.parse(readFileSync(join(root, file), 'utf8')).packages
    const reviewed = readManifest(root).allowScripts ?? {}
    return Object.entries(entries)
      .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
      .flatMap(([path, entry]) => [
        ...checkOrigin(path, entry),
        ...checkScripts(path, entry, reviewed),
        ...checkPlatforms(path, entry, entries),
      ])
  },
}

/**
 * @param {string} path
 * @param {Entry} entry
 * @returns {Finding[]}
 */
function checkOrigin(path, { integrity, resolved }) {
  return [
    ...(integrity
      ? []
      : [
          {
            what: `${file}: ${path} has no integrity hash`,
            why: why.integrity,
            fix: 'Remove node_modules of the root and of every package, and the lock, and run npm install.',
          },
        ]),
    ...(resolved
      ? [
          {
            what: `${file}: ${path} says where it was downloaded from`,
            why: why.host,
            fix: 'npm config set omit-lockfile-registry-resolved true, and run npm install --package-lock-only.',
          },
        ]
      : []),
  ]
}

/**
 * @param {string} path
 * @param {Entry} entry
 * @param {Record<string, boolean>} reviewed
 * @returns {Finding[]}
 */
function checkScripts(path, { hasInstallScript, version }, reviewed) {
  const name = nameOf(path)
  if (!hasInstallScript || name in reviewed || `${name}@${version}` in reviewed) return []
  return [
    {
      what: `${file}: ${name} has an install script that nobody reviewed`,
      why: why.scripts,
      fix: `Read it; then add "${name}": false (or true) to allowScripts in package.json.`,
    },
  ]
}

/**
 * @param {string} path
 * @param {Entry} entry
 * @param {Record<string, Entry>} entries
 * @returns {Finding[]}
 */
function checkPlatforms(path, { optionalDependencies = {}, version }, entries) {
  return Object.keys(optionalDependencies)
    .filter((name) => !isPresent(path, name, entries))
    .map((name) => ({
      what: `${file}: ${nameOf(path)} ${version} asks for ${name}, which has no entry`,
      why: why.platform,
      fix: `Pin ${nameOf(path)} to a version whose platform packages are all published, and run npm install again.`,
    }))
}

/**
 * As Node looks a package up: in the node_modules of the asking package, then of every folder above it.
 *
 * @param {string} from
 * @param {string} name
 * @param {Record<string, Entry>} entries
 */
function isPresent(from, name, entries) {
  const parts = from.split('/node_modules/')
  const folders = parts.map((_, index) => `${parts.slice(0, index + 1).join('/node_modules/')}/node_modules/${name}`)
  return [...folders, `node_modules/${name}`].some((path) => path in entries)
}

/** @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}
