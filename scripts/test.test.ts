import { pathToFileURL } from 'node:url'
import { temporaryTree } from 'test-support/temporary-tree'
import { runNode } from './run-tool.mjs'

const script = pathToFileURL(require.resolve('./test.mjs')).href

async function run(
  tests: string,
  jestArguments = ['--ci'],
): Promise<{ status: number | null; last: string | undefined; lines: string[] }> {
  const root = temporaryTree({ 'package.json': { jest: { transform: {} } }, 'some.test.js': tests })
  const call = `import { runTests } from '${script}'; process.exitCode = runTests(${JSON.stringify(jestArguments)}, '${root}')`
  const { status, stdout, lines } = await runNode(['--input-type=module', `--eval=${call}`], root)
  return { status, last: stdout.trimEnd().split('\n').at(-1), lines }
}

test('tests that pass end with their number and exit code 0', async () => {
  expect(await run(`test('a', () => {}); test('b', () => {})`)).toMatchObject({ status: 0, last: '2 passed, 0 failed' })
})

test('arguments choose the tests: files by pattern, tests by name', async () => {
  const tests = `test('one', () => {}); test('two', () => {})`
  expect(await run(tests, ['some'])).toMatchObject({ last: '2 passed, 0 failed' })
  expect(await run(tests, ['-t', 'two', 'some'])).toMatchObject({ last: '1 passed, 0 failed, 1 skipped' })
  expect(await run(tests, ['other'])).toMatchObject({ status: 1, last: '0 passed, 0 failed' })
})

test('a test that fails is counted and ends with exit code 1', async () => {
  const result = await run(`test('a', () => {}); test('b', () => { throw new Error('no') })`)
  expect(result).toMatchObject({ status: 1, last: '1 passed, 1 failed' })
})

test('skipped tests are counted apart, and do not fail the run', async () => {
  const result = await run(`test('a', () => {}); test.skip('b', () => {}); test.todo('c')`)
  expect(result).toMatchObject({ status: 0, last: '1 passed, 0 failed, 2 skipped' })
})

test('a file that does not load counts as a failure', async () => {
  expect(await run(`require('./absent')`)).toMatchObject({ status: 1, last: '0 passed, 1 failed' })
})

test('a run in which everything is skipped fails, and says why', async () => {
  const result = await run(`test.skip('a', () => {})`)
  expect(result).toMatchObject({ status: 1, last: '0 passed, 0 failed, 1 skipped' })
  expect(result.lines).toContainEqual(expect.stringContaining('No test was executed'))
})

test('a run that a test holds open ends, as a failure that says so', async () => {
  process.env['PARLEY_HELD_OPEN_MS'] = '200'
  const result = await run(`test('a', () => void require('node:net').createServer().listen(0))`, ['--ci', '-i'])
  delete process.env['PARLEY_HELD_OPEN_MS']
  expect(result).toMatchObject({ status: 1, last: '1 passed, 0 failed' })
  expect(result.lines).toContainEqual(expect.stringContaining('left something open'))
})
