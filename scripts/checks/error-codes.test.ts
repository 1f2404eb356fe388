import { temporaryTree } from 'test-support/temporary-tree'
import { check } from './error-codes.mjs'

async function findings(source: string, errors: string, more: Record<string, string> = {}): Promise<string[]> {
  const root = temporaryTree({
    'package.json': { workspaces: ['packages/*'] },
    'packages/core/package.json': { name: '@parley/core' },
    'packages/core/src/x.ts': source,
    'docs/errors.md': errors,
    ...more,
  })
  return (await check.run(root)).map(({ what }) => what)
}

test.each([
  ['a heading', '### `CORE_BAD`'],
  ['a table row', '| `CORE_BAD` | when | what |'],
  ['a list item', '- `CORE_BAD`: when'],
])('a code with %s in docs/errors.md is accepted', async (_, entry) => {
  expect(await findings(`class E { static readonly code = 'CORE_BAD' }`, `# Errors\n\n${entry}\n`)).toEqual([])
})

test.each([
  ['a class', `class E { static readonly code: string = 'CORE_BAD' }`],
  ['a value of a refusal table', `const refusals = { bad: { code: 'CORE_BAD', status: 400 } }`],
  ['a key of a refusal table', `const statuses = { CORE_BAD: 400 }`],
  ['a call', `throw refuse('CORE_BAD', 400)`],
])('a code in %s that docs/errors.md lacks is found, also when its prose mentions it', async (_, source) => {
  expect(await findings(source, 'Not an entry: `CORE_BAD`.')).toEqual([
    'packages/core/src/x.ts:1 has the code CORE_BAD, which docs/errors.md does not list',
  ])
})

test('without docs/errors.md every code is found', async () => {
  const root = temporaryTree({
    'package.json': { workspaces: ['packages/*'] },
    'packages/core/package.json': { name: '@parley/core' },
    'packages/core/src/x.ts': `const codes = ['CORE_A', 'BODY_B', 'AUTH_C_2']`,
  })
  expect(await check.run(root)).toHaveLength(3)
})

test('a code in Markdown that no source has is found, in any file', async () => {
  const found = await findings('', '# Errors', { 'packages/core/README.md': 'first\nIt throws `STATE_GONE`.' })
  expect(found).toEqual(['packages/core/README.md:2 names the code STATE_GONE, which no source has'])
})

test('a code whose prefix nobody knows is found', async () => {
  const found = await findings(`class E { readonly code = 'OTHER_BAD' }`, '- `OTHER_BAD`')
  expect(found).toContainEqual(expect.stringContaining('gives the code OTHER_BAD, whose prefix is none of'))
})

test('families, environment variables, other constants and tests are not codes', async () => {
  const source = `const proxy = options['HTTP_PROXY']; const kind = 'ECONNREFUSED'; const other = 'SOME_CONSTANT'`
  const more = { 'packages/core/src/x.test.ts': `expect('CORE_ONLY_IN_TEST')` }
  expect(await findings(source, 'Codes AUTH_* and BODY_… come from requests.', more)).toEqual([])
})
