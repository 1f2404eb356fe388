import { runNpm } from '../scripts/run-tool.mjs'
import { BenchError } from './bench-error.mjs'

const LINES_SHOWN = 20

/**
 * @param {string[]} npmArguments
 * @param {string} folder - Working directory.
 */
export async function npm(npmArguments, folder) {
  const { status, lines } = await runNpm([...npmArguments, '--no-audit', '--no-fund'], folder)
  if (status !== 0) throw new BenchError([`npm ${npmArguments[0]} failed:`, ...lines.slice(-LINES_SHOWN)].join('\n'))
}
