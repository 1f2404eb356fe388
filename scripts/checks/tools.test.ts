import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryTree } from 'test-support/temporary-tree'
import { check as format } from './format.mjs'
import { check as lint } from './lint.mjs'
import { check as types } from './types.mjs'

const repository = join(__dirname, '../..')

/** A package of one source file under the configuration of this repository. */
function repositoryWith(files: Record<string, string>): string {
  const configs = ['.oxlintrc.json', '.oxfmtrc.json', 'tsconfig.base.json', 'tsconfig.test.json']
  return temporaryTree({
    ...Object.fromEntries(configs.map((name) => [name, readFileSync(join(repository, name), 'utf8')])),
    'packages/core/package.json': { name: '@parley/core', type: 'module' },
    'packages/core/tsconfig.json': {
      extends: '../../tsconfig.base.json',
      include: ['src'],
      compilerOptions: { types: [] },
    },
    ...files,
  })
}

describe('lint', () => {
  test.each([
    ['a floating promise', `export function f(p: Promise<void>): void {\n  p\n}\n`, 'no-floating-promises'],
    ['a console', `export const f = (): void => console.log(1)\n`, 'no-console'],
    ['an any without a reason', `export const f = (a: any): string => a.b\n`, 'no-explicit-any'],
    [
      'a type imported as a value',
      `import { A } from './a.ts'\nexport const f = (a: A): A => a\n`,
      'consistent-type-imports',
    ],
  ])('%s in a library is found', async (_, source, rule) => {
    const root = repositoryWith({
      'packages/core/src/x.ts': source,
      'packages/core/src/a.ts': 'export interface A {}\n',
    })
    expect(await lint.run(root)).toContainEqual(expect.objectContaining({ what: expect.stringContaining(rule) }))
  })

  test.each(['packages/core/src/bin.ts', 'templates/echo/src/index.ts', 'scripts/x.mjs'])(
    'a console in %s is accepted',
    async (file) => {
      expect(await lint.run(repositoryWith({ [file]: 'console.log(1)\n' }))).toEqual([])
    },
  )
})

test('a file oxfmt would write otherwise is found, and one it would not is accepted', async () => {
  const root = repositoryWith({
    'packages/core/src/a.ts': `export const a = 1;\n`,
    'packages/core/src/b.ts': `export const b = 1\n`,
  })
  const found = (await format.run(root)).map(({ what }) => what)
  expect(found).toContainEqual(expect.stringContaining('packages/core/src/a.ts'))
  expect(found).not.toContainEqual(expect.stringContaining('packages/core/src/b.ts'))
})

test('a type error in a test is found', async () => {
  const root = repositoryWith({
    'tsconfig.test.json': `{ "compilerOptions": { "noEmit": true, "strict": true, "types": [] }, "include": ["packages/*/src"] }`,
    'packages/core/src/a.test.ts': `const a: string = 1\n`,
  })
  expect(await types.run(root)).toMatchObject([
    { what: expect.stringMatching(/packages\/core\/src\/a\.test\.ts\(1,7\): error TS2322/) },
  ])
})
