import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The bench of the repository, with few clients: it ends with 1 when something was lost, doubled or out of order. */
const bench = join(__dirname, '..', '..', '..', 'bench', 'service.mjs')
const SIZE = ['--conversations', '15', '--messages', '6', '--kills', '2']

test('streams that are cut and two times kill -9 lose nothing, double nothing and keep the order', async () => {
  const run = promisify(execFile)(process.execPath, [bench, '--no-build', '--only', 'load', ...SIZE])
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error)
  expect(stderr).toBe('')
  expect(stdout).toMatch(/messages acknowledged +90 +≥ 90 +met/)
}, 60_000)
