import { accessSync, constants, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryTree } from 'test-support/temporary-tree'
import { build } from './build.mjs'
import { SetupError } from './setup.mjs'

const options = { module: 'nodenext', target: 'es2023', composite: true, rootDir: 'src', types: [] }

function repository(source: string, more: Record<string, unknown> = {}): string {
  return temporaryTree({
    'package.json': { workspaces: ['packages/*'] },
    'tsconfig.json': {
      files: [],
      references: [{ path: 'packages/a' }, { path: 'packages/a/tsconfig.cjs.json' }],
    },
    'packages/a/package.json': { name: '@parley/a', type: 'module', bin: { a: './dist/esm/bin.js' } },
    'packages/a/tsconfig.json': { compilerOptions: { ...options, outDir: 'dist/esm' }, include: ['src'] },
    'packages/a/tsconfig.cjs.json': {
      compilerOptions: { ...options, module: 'commonjs', moduleResolution: 'bundler', outDir: 'dist/cjs' },
      include: ['src'],
    },
    'packages/a/src/bin.ts': source,
    ...more,
  })
}

test('one build gives ESM, CommonJS that says so, and an executable bin file', () => {
  const root = repository('export const one: number = 1')
  build(root)
  expect(readFileSync(join(root, 'packages/a/dist/esm/bin.js'), 'utf8')).toContain('export const one')
  expect(readFileSync(join(root, 'packages/a/dist/cjs/bin.js'), 'utf8')).toContain('exports.one')
  expect(JSON.parse(readFileSync(join(root, 'packages/a/dist/cjs/package.json'), 'utf8'))).toEqual({ type: 'commonjs' })
  expect(() => accessSync(join(root, 'packages/a/dist/esm/bin.js'), constants.X_OK)).not.toThrow()
})

test('a second build writes nothing', () => {
  const root = repository('export const one: number = 1')
  build(root)
  const files = ['dist/esm/bin.js', 'dist/cjs/bin.js', 'dist/cjs/package.json'].map((file) =>
    join(root, 'packages/a', file),
  )
  const before = files.map((file) => statSync(file).mtimeMs)
  build(root)
  expect(files.map((file) => statSync(file).mtimeMs)).toEqual(before)
})

test('a type error stops the build and is reported once, though two builds find it', () => {
  const root = repository('export const one: string = 1')
  expect(() => build(root)).toThrow(SetupError)
  expect(() => build(root)).toThrow(/^packages\/a\/src\/bin\.ts\(1,14\): error TS2322.*\nBuild failed: fix the 1 line/)
})

test('templates are built after the packages, from what those export', () => {
  const root = repository('export const one: number = 1', {
    'package.json': { workspaces: ['packages/*', 'templates/*'] },
    'packages/a/package.json': { name: '@parley/a', type: 'module', exports: './dist/esm/bin.js' },
    'templates/t/package.json': { name: 't', type: 'module' },
    'templates/t/tsconfig.json': {
      compilerOptions: { ...options, composite: false, outDir: 'dist' },
      include: ['src'],
    },
    'templates/t/src/index.ts': `import { one } from '@parley/a'\nexport const two = one + 1`,
    'node_modules/.keep': '',
  })
  symlinkSync('../packages', join(root, 'node_modules/@parley'))
  build(root)
  expect(readFileSync(join(root, 'templates/t/dist/index.js'), 'utf8')).toContain('export const two')
})

test('an npm package that is shipped inside is one file, with its licence beside it', () => {
  const root = repository(`// @ts-ignore\nexport const one: Promise<unknown> = import('#tiny')`, {
    'packages/a/package.json': {
      name: '@parley/a',
      type: 'module',
      imports: { '#tiny': { '@parley/source': 'tiny', default: './dist/cjs/vendor/tiny.cjs' } },
    },
    'node_modules/tiny/package.json': { name: 'tiny', version: '1.2.3', license: 'MIT' },
    'node_modules/tiny/index.js': `exports.used = require('./part.js').part`,
    'node_modules/tiny/part.js': `exports.part = 'a part'`,
    'node_modules/tiny/LICENSE': 'Do what you like.',
  })
  build(root)
  const vendored = (file: string): string => readFileSync(join(root, 'packages/a/dist/cjs/vendor', file), 'utf8')
  expect(require(join(root, 'packages/a/dist/cjs/vendor/tiny.cjs'))).toEqual({ used: 'a part' })
  expect(readFileSync(join(root, 'packages/a/dist/cjs/bin.js'), 'utf8')).toContain(`require('./vendor/tiny.cjs')`)
  expect(vendored('tiny.licences.txt')).toBe('tiny 1.2.3 (MIT)\n\nDo what you like.\n')
})

test('the asset script of a package runs in its folder, after the compiler', () => {
  const script = `import { copyFileSync } from 'node:fs'\ncopyFileSync('dist/esm/bin.js', 'dist/asset.js')`
  const root = repository('export const one: number = 1', { 'packages/a/scripts/assets.mjs': script })
  build(root)
  expect(readFileSync(join(root, 'packages/a/dist/asset.js'), 'utf8')).toContain('export const one')
})

test('an asset script that fails stops the build and is named', () => {
  const root = repository('export const one: number = 1', { 'packages/a/scripts/assets.mjs': 'process.exit(3)' })
  expect(() => build(root)).toThrow('packages/a/scripts/assets.mjs')
})
