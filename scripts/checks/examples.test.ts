import { temporaryTree } from 'test-support/temporary-tree'
import { check } from './examples.mjs'

async function findings(markdown: string): Promise<string[]> {
  const root = temporaryTree({ 'docs/examples/x.ts': 'const one = 1\n', 'README.md': markdown })
  return (await check.run(root)).map(({ what }) => what)
}

test('an example that is as its file has it is accepted', async () => {
  expect(await findings('<!-- example: docs/examples/x.ts -->\n```ts\nconst one = 1\n```\n')).toEqual([])
})

test.each([
  [
    'differs',
    '<!-- example: docs/examples/x.ts -->\n```ts\nconst one = 2\n```\n',
    'README.md shows an example that differs from its file',
  ],
  [
    'names no file',
    '<!-- example: docs/examples/y.ts -->\n```ts\n```\n',
    'README.md shows docs/examples/y.ts, which does not exist',
  ],
])('an example that %s is refused', async (_, markdown, what) => {
  expect(await findings(markdown)).toEqual([what])
})
