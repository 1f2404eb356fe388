import { temporaryTree } from 'test-support/temporary-tree'
import { check } from './one-implementation.mjs'

const esm = './dist/esm/index.js'
const cjs = './dist/cjs/index.js'

async function findings(exports: unknown, sources: { esm: string; cjs: string }): Promise<string[]> {
  const root = temporaryTree({
    'package.json': { workspaces: ['node_modules/*'] },
    'node_modules/a/package.json': { name: 'a', type: 'module', exports },
    'node_modules/a/dist/esm/index.js': sources.esm,
    'node_modules/a/dist/cjs/index.js': sources.cjs,
    'node_modules/a/dist/cjs/package.json': { type: 'commonjs' },
  })
  return (await check.run(root)).map(({ what }) => what)
}

const sameClass = { esm: 'export class A {}', cjs: 'exports.A = class A {}' }
const one = { './sub': { import: esm, 'module-sync': esm, require: cjs }, './package.json': './package.json' }

test('an entry that module-sync gives to both is accepted', async () => {
  expect(await findings(one, sameClass)).toEqual([])
})

test('an entry with a second copy for require is found', async () => {
  expect(await findings({ '.': { import: esm, require: cjs } }, sameClass)).toEqual([
    'a: require and import give two different A',
  ])
})

test('a name only one build exports is found', async () => {
  const sources = { esm: 'export const A = 1; export const B = 2', cjs: 'exports.A = 1; exports.C = 3' }
  expect(await findings({ '.': { import: esm, require: cjs } }, sources)).toEqual([
    'a: import gives no C',
    'a: require gives no B',
  ])
})

test('a CommonJS build that needs more than itself is found', async () => {
  expect(await findings(one, { ...sameClass, cjs: `exports.A = require('../esm/index.js')` })).toEqual([
    expect.stringContaining('a/sub does not load as CommonJS alone: require() of ES Module'),
  ])
})

test('an entry that does not load is found, and named', async () => {
  expect(await findings(one, { esm: `throw new Error('broken')`, cjs: '' })).toEqual(['a/sub does not load: broken'])
})
