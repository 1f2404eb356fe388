import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryTree } from 'test-support/temporary-tree'
import { SetupError, ensureInstalled } from './setup.mjs'

const manifest = { engines: { node: '>=20.19.0' } }
const lock = {
  packages: {
    '': {},
    'packages/core': { version: '0.1.0' },
    'node_modules/@parley/core': { resolved: 'packages/core', link: true },
    'node_modules/left': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/left-win32': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  },
}
const installed = {
  packages: {
    'packages/core': { version: '0.1.0' },
    'node_modules/@parley/core': { resolved: 'packages/core', link: true },
    'node_modules/left': { version: '1.0.0', integrity: 'sha512-a' },
  },
}

function setup(root: string, nodeVersion = '20.19.0'): { installs: number; lines: string[]; changed: boolean } {
  let installs = 0
  const lines: string[] = []
  const changed = ensureInstalled({
    root,
    nodeVersion,
    log: (line) => lines.push(line),
    install: () => {
      installs++
      temporaryTreeAt(root, installed)
    },
  })
  return { installs, lines, changed }
}

function temporaryTreeAt(root: string, hidden: object): void {
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify(hidden))
}

function clone(hidden?: object): string {
  const files = { 'package.json': manifest, 'package-lock.json': lock, 'node_modules/keep': '' }
  return temporaryTree(hidden ? { ...files, 'node_modules/.package-lock.json': hidden } : files)
}

test('a tree without an install gets one, with one line that says so, and the next call does nothing', () => {
  const root = clone()
  expect(setup(root)).toMatchObject({ installs: 1, changed: true, lines: [expect.stringContaining('npm ci')] })
  expect(setup(root)).toEqual({ installs: 0, lines: [], changed: false })
})

test('a tree that npm already installed from this lock is taken as it is, optional platform packages aside', () => {
  expect(setup(clone(installed))).toEqual({ installs: 0, lines: [], changed: false })
})

test.each([
  ['a newer version', { version: '2.0.0', integrity: 'sha512-c' }],
  ['another hash', { version: '1.0.0', integrity: 'sha512-c' }],
])('a lock that asks for %s installs again', (_, left) => {
  const root = clone(installed)
  setup(root)
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({ packages: { ...lock.packages, 'node_modules/left': left } }),
  )
  expect(setup(root)).toMatchObject({ installs: 1, lines: [expect.stringContaining('package-lock.json changed')] })
})

test('a lock that dropped a package installs again', () => {
  const root = clone({ packages: { ...installed.packages, 'node_modules/old': { version: '1.0.0' } } })
  expect(setup(root).installs).toBe(1)
})

test('a removed node_modules installs again', () => {
  const root = clone(installed)
  setup(root)
  rmSync(join(root, 'node_modules/.parley-setup'))
  rmSync(join(root, 'node_modules/.package-lock.json'))
  expect(setup(root).installs).toBe(1)
})

test.each(['18.20.0', '20.18.3'])('Node %s is refused in one sentence before anything is installed', (version) => {
  const root = clone()
  expect(() => setup(root, version)).toThrow(SetupError)
  expect(() => setup(root, version)).toThrow(`Parley needs Node 20.19.0 or newer, and this is ${version}`)
})

test.each(['20.19.0', '20.20.2', '22.0.0', '26.1.0'])('Node %s is accepted', (version) => {
  expect(() => setup(clone(installed), version)).not.toThrow()
})
