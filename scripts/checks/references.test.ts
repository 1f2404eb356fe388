import { temporaryTree } from 'test-support/temporary-tree'
import { check } from './references.mjs'

async function findings(files: Record<string, unknown>): Promise<string[]> {
  const root = temporaryTree({
    'package.json': { workspaces: ['packages/*'] },
    'tsconfig.json':
      '{ "references": [{ "path": "packages/core" }, { "path": "./packages/auth" }, { "path": "packages/auth/tsconfig.cjs.json" }] }',
    'packages/core/package.json': { name: '@parley/core' },
    'packages/core/tsconfig.json': {},
    'packages/auth/package.json': { name: '@parley/auth', dependencies: { '@parley/core': '1.0.0', pino: '1.0.0' } },
    'packages/auth/tsconfig.json': '// comments are allowed\n{ "references": [{ "path": "../core" }] }',
    'packages/auth/tsconfig.cjs.json': { references: [] },
    ...files,
  })
  return (await check.run(root)).map(({ what }) => what)
}

test('references that say what package.json says are accepted', async () => {
  expect(await findings({})).toEqual([])
})

test('a project the root does not build is found', async () => {
  expect(
    await findings({
      'packages/core/tsconfig.cjs.json': {},
      'packages/auth/tsconfig.cjs.json': { references: [{ path: '../core/tsconfig.cjs.json' }] },
    }),
  ).toEqual(['tsconfig.json does not name packages/core/tsconfig.cjs.json'])
})

test('a dependency without a reference is found', async () => {
  expect(await findings({ 'packages/auth/tsconfig.json': {} })).toEqual([
    'packages/auth/tsconfig.json does not reference packages/core/tsconfig.json, which package.json depends on',
  ])
})

test('a reference without a dependency is found', async () => {
  expect(await findings({ 'packages/core/tsconfig.json': { references: [{ path: '../auth' }] } })).toEqual([
    'packages/core/tsconfig.json references packages/auth/tsconfig.json, which package.json does not depend on',
  ])
})
