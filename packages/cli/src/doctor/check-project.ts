import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { failed, ok, warning } from './check-result.ts'
import type { CheckName, CheckResult } from './check-result.ts'
import { dependenciesOf, readManifest } from '../project/manifest.ts'
import { archivedDependencies } from '../project/sdk-packages.ts'

const NODE: CheckName = { id: 'node', title: 'Node version' }
const PACKAGES: CheckName = { id: 'package-manager', title: 'Package manager' }
const DEPENDENCIES: CheckName = { id: 'dependencies', title: 'Dependencies' }

/** Oldest Node that Parley runs on. */
const OLDEST = [20, 19] as const

const LOCKS: Readonly<Record<string, string>> = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'yarn.lock': 'yarn',
  'pnpm-lock.yaml': 'pnpm',
  'bun.lock': 'bun',
}

/** The Node this runs on, which the bot probably runs on too. */
export function checkNode(version: string = process.versions.node): CheckResult {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor, oldestMinor] = OLDEST
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return ok(NODE, `v${version}`)
  return failed(NODE, `v${version} is too old.`, `Install Node ${oldestMajor}.${oldestMinor} or newer.`)
}

/** What `package.json` and the lock files of a folder say; nothing where there is no `package.json`. */
export function checkProject(folder: string): readonly CheckResult[] {
  const manifest = readManifest(folder)
  if (manifest === undefined) return []
  if (manifest === 'invalid') {
    return [failed(DEPENDENCIES, 'package.json is not a JSON object.', 'Correct package.json.')]
  }
  return [checkPackageManager(folder), checkDependencies(manifest)]
}

function checkPackageManager(folder: string): CheckResult {
  const locks = Object.keys(LOCKS).filter((name) => existsSync(join(folder, name)))
  const managers = [...new Set(locks.map((name) => LOCKS[name]))]
  if (managers.length > 1) {
    const advice = 'Keep the lock file of the one you use, so that everybody installs the same.'
    return warning(PACKAGES, `There are lock files of ${managers.join(' and ')}: ${locks.join(', ')}.`, advice)
  }
  if (!existsSync(join(folder, 'node_modules'))) {
    const manager = managers[0] ?? 'npm'
    return warning(
      PACKAGES,
      'Nothing is installed in this folder.',
      `Run ${manager} install, unless a folder above has it.`,
    )
  }
  return ok(PACKAGES, managers[0] ?? 'no lock file')
}

function checkDependencies(manifest: Readonly<Record<string, unknown>>): CheckResult {
  const archived = archivedDependencies(dependenciesOf(manifest))
  if (archived.length === 0) return ok(DEPENDENCIES, 'None is a package of the archived Bot Framework SDK.')
  const aliases = archived.filter(({ alias }) => alias !== undefined)
  const others = archived.filter(({ alias }) => alias === undefined).map(({ name }) => name)
  const parts = [
    ...(aliases.length > 0
      ? [
          `To run the bot on Parley unchanged, write ${aliases.map(({ name, alias }) => `"${name}": "${alias}"`).join(', ')}.`,
        ]
      : []),
    ...(others.length > 0 ? [`Parley has nothing in place of ${others.join(', ')}.`] : []),
  ]
  const names = archived.map(({ name }) => name).join(', ')
  return warning(DEPENDENCIES, `The Bot Framework SDK is archived and gets no fixes: ${names}.`, parts.join(' '))
}
