import { temporaryTree } from 'test-support/temporary-tree'
import { check } from './environment.mjs'

async function findings(file: string, source: string): Promise<string[]> {
  const root = temporaryTree({
    'package.json': { workspaces: ['packages/*', 'templates/*'] },
    'packages/a/package.json': { name: 'a', bin: { a: './dist/esm/run.js' } },
    'templates/t/package.json': { name: 't' },
    [file]: source,
  })
  return (await check.run(root)).map(({ what }) => what)
}

test.each([
  ['process.env', `const port = process.env.PORT`],
  ['process by index', `const port = process['env']['PORT']`],
  ['globalThis.process.env', `const port = globalThis.process.env.PORT`],
  ['env of node:process', `import { env as e } from 'node:process'`],
  ['a destructured env', `const { env } = process`],
])('a library that reads %s is found', async (_, source) => {
  expect(await findings('packages/a/src/x.ts', `\n\n${source}`)).toEqual(['packages/a/src/x.ts:3 reads process.env'])
})

test.each([
  ['a bin file', 'packages/a/src/run.ts', `process.env.PORT`],
  ['from-env.ts', 'packages/a/src/from-env.ts', `process.env.PORT`],
  ['a static fromEnv', 'packages/a/src/x.ts', `class A { static fromEnv() { return [() => process.env.PORT] } }`],
  ['a function fromEnv', 'packages/a/src/x.ts', `function fromEnv() { return process.env.PORT }`],
  ['a template', 'templates/t/src/x.ts', `process.env.PORT`],
  ['a test', 'packages/a/src/x.test.ts', `process.env.PORT`],
  ['a comment', 'packages/a/src/x.ts', `// process.env.PORT`],
  ['something else called env', 'packages/a/src/x.ts', `import { env } from './env.ts'; options.env.PORT`],
])('%s may', async (_, file, source) => {
  expect(await findings(file, source)).toEqual([])
})
