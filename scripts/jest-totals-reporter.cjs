const { writeFileSync } = require('node:fs')

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
  }
}

module.exports = TotalsReporter
