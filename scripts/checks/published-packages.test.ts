import { temporaryTree } from 'test-support/temporary-tree'
import { check } from './published-packages.mjs'

const both = {
  import: { types: './dist/esm/index.d.ts', default: './dist/esm/index.js' },
  'module-sync': { types: './dist/esm/index.d.ts', default: './dist/esm/index.js' },
  require: { types: './dist/cjs/index.d.ts', default: './dist/cjs/index.js' },
}

async function findings(manifest: object, marker = '{"type":"commonjs"}'): Promise<string[]> {
  const root = temporaryTree({
    'package.json': { name: 'root', private: true, workspaces: ['packages/*'] },
    'packages/a/package.json': { name: '@parley/a', version: '1.0.0', type: 'module', files: ['dist'], ...manifest },
    'packages/a/dist/esm/index.js': 'export const a = 1',
    'packages/a/dist/esm/index.d.ts': 'export declare const a: number',
    'packages/a/dist/cjs/index.js': 'Object.defineProperty(exports, "__esModule", { value: true }); exports.a = 1',
    'packages/a/dist/cjs/index.d.ts': 'export declare const a: number',
    'packages/a/dist/cjs/package.json': marker,
  })
  return (await check.run(root)).map(({ what }) => what)
}

test('a package built both ways is accepted', async () => {
  expect(await findings({ exports: { '.': both } })).toEqual([])
})

test('a file that is not packed is found by publint', async () => {
  expect(await findings({ exports: { '.': both, './b': './dist/b.js' } })).toContainEqual(
    expect.stringMatching(/^@parley\/a: publint says[^]*b\.js/),
  )
})

test('types that call CommonJS what is ESM are found by attw', async () => {
  const exports = { '.': { ...both, require: { ...both.require, types: './dist/esm/index.d.ts' } } }
  expect(await findings({ exports })).toContainEqual(expect.stringMatching(/^@parley\/a: attw says/))
})

test('a private package is left alone', async () => {
  expect(await findings({ private: true, exports: { '.': './absent.js' } })).toEqual([])
})
