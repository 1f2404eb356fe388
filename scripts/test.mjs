import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { ensureInstalled, runScript } from './setup.mjs'

const repository = fileURLToPath(new URL('..', import.meta.url))

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/**
 * Runs jest and prints, as the last line, `N passed, N failed` or `N passed, N failed, N skipped`.
 *
 * @param {string[]} jestArguments - As given to `npm test -- …`.
 * @param {string} [root] - Where jest finds its configuration.
 * @returns {number} The exit code: 0 only when at least one test ran and none failed.
 */
export function runTests(jestArguments, root = repository) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'))
  const totalsFile = join(folder, 'totals.json')
  try {
    const { status } = spawnSync(
      process.execPath,
      [
        join(repository, 'node_modules', 'jest', 'bin', 'jest.js'),
        ...jestArguments,
        // Last, for --reporters takes every word that follows.
        '--reporters=default',
        `--reporters=${join(repository, 'scripts', 'jest-totals-reporter.cjs')}`,
      ],
      { cwd: root, stdio: 'inherit', env: { ...process.env, PARLEY_TOTALS_FILE: totalsFile } },
    )
    /** @type {Totals | undefined} */
    const totals = existsSync(totalsFile) ? JSON.parse(readFileSync(totalsFile, 'utf8')) : undefined
    return report(status ?? 1, totals)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {number} status - What jest ended with.
 * @param {Totals} [totals] - Absent when jest ended before its run did.
 */
function report(status, { passed, failed, skipped } = { passed: 0, failed: 0, skipped: 0 }) {
  const executed = passed + failed > 0
  if (!executed)
    console.error('No test was executed: a run that tests nothing fails. Check the arguments given to jest.')
  else if (status !== 0 && failed === 0) console.error('No test failed, yet jest ended with an error: see above.')
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  return executed && failed === 0 && status === 0 ? 0 : 1
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  void runScript(() => {
    ensureInstalled()
    build()
    return runTests(process.argv.slice(2))
  })
}
