const { writeFileSync } = require('node:fs')

/** How long jest may take to end after its last test. */
const HELD_OPEN_MS = Number(process.env['PARLEY_HELD_OPEN_MS'] || 15_000)

/**
 * Hands jest's totals to `scripts/test.mjs` through the file `PARLEY_TOTALS_FILE` names, so that it can print them last,
 * after everything jest and its workers still had to say.
 */
class TotalsReporter {
  /**
   * @param {unknown} _contexts
   * @param {import('@jest/reporters').AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    const file = process.env['PARLEY_TOTALS_FILE']
    if (!file) return
    const passed = results.numPassedTests
    // A file that does not load ran none of its tests; it counts as one failure, not as none.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    const skipped = results.numPendingTests + results.numTodoTests
    writeFileSync(file, JSON.stringify({ passed, failed, skipped }))
    endWhenHeldOpen()
  }
}

/** A server or a child process that a test left behind would keep jest, and whoever waits for it, for ever. */
function endWhenHeldOpen() {
  const timer = setTimeout(() => {
    console.error('A test left something open that keeps jest from ending: run its file with --detectOpenHandles.')
    process.exit(1)
  }, HELD_OPEN_MS)
  timer.unref()
}

module.exports = TotalsReporter
