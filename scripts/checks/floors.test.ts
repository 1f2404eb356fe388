import { temporaryTree } from 'test-support/temporary-tree'
import { check } from './floors.mjs'

/** A house of three packages and a template; `files` are added to it or replace its files. */
async function findings(files: Record<string, unknown>): Promise<string[]> {
  const root = temporaryTree({
    'package.json': { workspaces: ['packages/*', 'templates/*'], devDependencies: { 'fast-check': '1.0.0' } },
    'packages/core/package.json': { name: '@parley/core' },
    'packages/auth/package.json': { name: '@parley/auth', dependencies: { '@parley/core': '1.0.0', jose: '4.0.0' } },
    'packages/state/package.json': { name: '@parley/state', dependencies: { '@parley/core': '1.0.0' } },
    'packages/testing/package.json': { name: '@parley/testing', dependencies: { '@parley/core': '1.0.0' } },
    'templates/echo/package.json': { name: 'echo', dependencies: { '@parley/auth': '1.0.0' } },
    'templates/echo/src/index.ts': `import '@parley/auth'`,
    ...files,
  })
  return (await check.run(root)).map(({ what }) => what)
}

test('imports that go down, to declared packages and files inside the package, are accepted', async () => {
  const source = `
    import fs from 'node:fs'
    import type { Activity } from '@parley/core'
    import { sign } from 'jose/jwt'
    export { local } from './local.ts'`
  expect(await findings({ 'packages/auth/src/index.ts': source })).toEqual([])
})

test.each([
  ['a package above', 'core', `import '@parley/auth'`, 'is above (floor 1 over 0)'],
  ['a package on the same floor', 'auth', `import { Storage } from '@parley/state'`, 'on the same floor (1)'],
  ['a package above, as a type', 'core', `import type { A } from '@parley/auth'`, 'is above'],
  ['a package above, in a type', 'core', `export type B = import('@parley/auth').A`, 'is above'],
  ['a package above, lazily', 'core', `export const a = () => import('@parley/auth')`, 'is above'],
  ['a package above, by require', 'core', `const a = require('@parley/auth')`, 'is above'],
  ['a package above, by re-export', 'core', `export { A } from '@parley/auth'`, 'is above'],
  ['its own name', 'core', `import '@parley/core'`, 'itself'],
  ['another package by path', 'auth', `import '../../core/src/index.ts'`, 'outside its package'],
  ['a file without its extension', 'auth', `import './local'`, `imports './local'`],
  ['a built-in module without node:', 'auth', `import 'fs/promises'`, `imports 'fs/promises'`],
  ['a package nobody declared', 'auth', `import 'lodash'`, 'packages/auth/package.json does not declare'],
  ['a tool of the repository', 'auth', `import 'fast-check'`, 'does not declare'],
  ['the testing package', 'auth', `import '@parley/testing'`, `imports '@parley/testing'`],
  ['test support', 'auth', `import 'test-support/parts'`, `imports 'test-support/parts'`],
])('a source that imports %s is found', async (_, name, source, fault) => {
  const found = await findings({ [`packages/${name}/src/a.ts`]: `\n${source}` })
  expect(found).toEqual([expect.stringContaining(fault)])
  expect(found[0]).toMatch(`packages/${name}/src/a.ts:2 `)
})

test('a test may import tools of the repository, test support, and the testing package when it is declared', async () => {
  const source = `import 'fast-check'; import 'test-support/parts'; import '@parley/testing'`
  const manifest = { name: '@parley/core', devDependencies: { '@parley/testing': '1.0.0' } }
  expect(await findings({ 'packages/core/package.json': manifest, 'packages/core/src/a.test.ts': source })).toEqual([])
  expect(await findings({ 'packages/core/src/a.test.ts': source })).toEqual([
    expect.stringContaining('@parley/testing, which packages/core/package.json does not declare'),
  ])
})

test('a test may import its own package by name, as users do', async () => {
  expect(await findings({ 'packages/core/test/a.test.ts': `import '@parley/core/sub'` })).toEqual([])
})

test('a test that imports a package above is found', async () => {
  const found = await findings({ 'packages/core/test/a.test.ts': `import '@parley/auth'` })
  expect(found).toEqual([expect.stringContaining('is above')])
})

test('a dependency that goes sideways is found, also when nothing imports it', async () => {
  const manifest = { name: '@parley/auth', dependencies: { '@parley/state': '1.0.0' } }
  const found = await findings({ 'packages/auth/package.json': manifest })
  expect(found).toEqual([
    expect.stringMatching(/^packages\/auth\/package\.json depends on @parley\/state, .*same floor/),
  ])
})

test('a package without a floor is found', async () => {
  const found = await findings({ 'packages/extra/package.json': { name: '@parley/extra' } })
  expect(found).toEqual(['packages/extra/package.json: @parley/extra has no floor'])
})

test('a backend stands on the second floor by its name', async () => {
  const dependencies = { '@parley/state': '1.0.0' }
  const redis = { name: '@parley/storage-redis', dependencies }
  const blobs = { name: '@parley/storage-blobs', dependencies: { '@parley/storage-redis': '1.0.0' } }
  const found = await findings({
    'packages/storage-redis/package.json': redis,
    'packages/storage-blobs/package.json': blobs,
  })
  expect(found).toEqual([
    expect.stringContaining('packages/storage-blobs/package.json depends on @parley/storage-redis'),
  ])
})
