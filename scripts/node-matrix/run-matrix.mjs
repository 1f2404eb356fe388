import { spawnSync } from 'node:child_process'
import { SetupError } from '../setup.mjs'
import { readTap } from './read-tap.mjs'

/** Beside the machine's own, those Parley says it supports. */
export const majors = [22, 24, 26]

/** What their binaries are for. */
export const binaryPlatform = 'linux-x64'

const endWithinMs = 120_000

/** @typedef {{ passed: number, failures: string[] }} Outcome */

/**
 * Runs a program of `node:test` on the machine's own Node and on the others; prints a line for each, and the totals last.
 *
 * @param {object} options
 * @param {string} options.program
 * @param {(major: number) => Promise<string>} options.install - Gives the file to run.
 * @param {string} [options.platform] - Of this machine.
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<number>} The exit code: 0 only when all of the program passed on every Node.
 */
export async function runMatrix({
  program,
  install,
  platform = `${process.platform}-${process.arch}`,
  log = console.log,
}) {
  const outcomes = [report(log, process.versions.node, () => runOn(process.execPath, program))]
  for (const major of platform === binaryPlatform ? majors : []) {
    const node = await install(major).catch(asSetupError)
    outcomes.push(
      node instanceof SetupError
        ? report(log, String(major), () => ({ passed: 0, failures: [node.message] }))
        : report(log, versionOf(node) ?? String(major), () => runOn(node, program)),
    )
  }
  if (platform !== binaryPlatform) {
    log(`Not run on Node ${majors.join(', ')}: this machine is ${platform}, their binaries are for ${binaryPlatform}.`)
  }
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failures.length, 0)
  log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/**
 * @param {(line: string) => void} log
 * @param {string} version
 * @param {() => Outcome} run
 */
function report(log, version, run) {
  const startedAt = performance.now()
  const outcome = run()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const { passed, failures } = outcome
  const verdict = failures.length === 0 ? 'ok  ' : 'FAIL'
  log(`${verdict}  Node ${version}: ${passed} passed, ${failures.length} failed (${seconds} s)`)
  for (const failure of failures) log(`      ${failure.trimEnd().replaceAll('\n', '\n      ')}`)
  return outcome
}

/**
 * @param {string} node
 * @param {string} program
 * @returns {Outcome}
 */
function runOn(node, program) {
  const run = spawnSync(node, ['--test-reporter=tap', program], { encoding: 'utf8', timeout: endWithinMs })
  if (run.error)
    return { passed: 0, failures: [`It did not run, or not to its end: ${run.error.message}\n${run.stdout ?? ''}`] }
  const { passed, failures, isComplete } = readTap(run.stdout)
  if (failures.length > 0 || (run.status === 0 && isComplete && passed > 0)) return { passed, failures }
  const ending = `No test failed, ${passed} passed, and it ended with ${run.signal ?? `exit code ${run.status}`}.`
  return { passed, failures: [`${ending}\n${run.stdout}${run.stderr}`] }
}

/** @param {string} node */
function versionOf(node) {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim().slice(1) : undefined
}

/**
 * @param {unknown} error
 * @returns {SetupError}
 */
function asSetupError(error) {
  if (error instanceof SetupError) return error
  throw error
}
