import { temporaryTree } from 'test-support/temporary-tree'
import { check } from './cycles.mjs'

async function findings(files: Record<string, string>): Promise<string[]> {
  const root = temporaryTree({
    'package.json': { workspaces: ['packages/*'] },
    'packages/p/package.json': { name: 'p' },
    ...Object.fromEntries(Object.entries(files).map(([name, source]) => [`packages/p/src/${name}.ts`, source])),
  })
  return (await check.run(root)).map(({ what }) => what.replaceAll('packages/p/src/', ''))
}

test('a tree of imports is accepted, diamonds too', async () => {
  const files = { a: `import './b.ts'; import './c.ts'`, b: `import './d.ts'`, c: `import './d.ts'`, d: '' }
  expect(await findings(files)).toEqual([])
})

test.each([
  ['two files', { a: `import './b.ts'`, b: `import './a.ts'` }, 'a.ts → b.ts → a.ts'],
  ['three files', { a: `import './b.ts'`, b: `import './c.ts'`, c: `import './a.ts'` }, 'a.ts → b.ts → c.ts → a.ts'],
  ['types', { a: `import type { B } from './b.ts'`, b: `export type B = import('./a.ts').A` }, 'a.ts → b.ts → a.ts'],
  ['a barrel', { index: `export { a } from './a.ts'`, a: `import './index.ts'` }, 'a.ts → index.ts → a.ts'],
  ['one file', { a: `import './a.ts'` }, 'a.ts → a.ts'],
])('a circle of %s is found, once', async (_, files, circle) => {
  expect(await findings(files)).toEqual([circle])
})

test('a test may import the file that is tested by it through any way', async () => {
  expect(await findings({ 'a.test': `import './a.ts'`, a: '' })).toEqual([])
})
