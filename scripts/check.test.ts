import { pathToFileURL } from 'node:url'
import { temporaryTree } from 'test-support/temporary-tree'
import { runNode } from './run-tool.mjs'

const script = pathToFileURL(require.resolve('./check.mjs')).href

async function run(selected: string[], lock: object): Promise<{ status: number | null; lines: string[] }> {
  const root = temporaryTree({ 'package.json': {}, 'package-lock.json': { packages: lock } })
  const call = `import { runChecks } from '${script}'
    process.exitCode = await runChecks(${JSON.stringify(selected)}, '${root}').catch((error) => (console.log(error.message), 2))`
  return runNode(['--input-type=module', `--eval=${call}`], root)
}

test('a check that finds nothing is one line, and the exit code is 0', async () => {
  const { status, lines } = await run(['lock'], {})
  expect(status).toBe(0)
  expect(lines).toEqual([expect.stringMatching(/^ok {4}lock: /), 'All checks passed.'])
})

test('every finding of every check is printed, reason and remedy once, and the exit code is 1', async () => {
  const bare = { version: '1.0.0' }
  const { status, lines } = await run(['lock', 'docs'], { 'node_modules/a': bare, 'node_modules/b': bare })
  expect(status).toBe(1)
  expect(lines).toEqual([
    expect.stringMatching(/^FAIL {2}lock: /),
    '      what  package-lock.json: node_modules/a has no integrity hash',
    '      what  package-lock.json: node_modules/b has no integrity hash',
    expect.stringMatching(/^ {6}why {3}\S/),
    expect.stringMatching(/^ {6}fix {3}\S/),
    expect.stringMatching(/^ok {4}docs: /),
    'Failed: lock.',
  ])
})

test('a name that is no check is refused, with the names there are', async () => {
  const { status, lines } = await run(['flors'], {})
  expect(status).toBe(2)
  expect(lines.join()).toMatch(/No check is named flors; there are: lock, floors, /)
})
