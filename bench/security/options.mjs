import { parseArgs } from 'node:util'
import { BenchError } from '../bench-error.mjs'

export const help = `node bench/security.mjs [options]

Measures what Parley withstands: floods, the cost of refusing, growth of the heap, and being killed. Ends with code 1 when a
goal is missed. bench/README.md tells how to read the result.

  --quick               Shorter windows, fewer rounds: about 3 minutes, rougher
  --only A,B            Of floods, refusals, growth, kills (default all)
  --json FILE           Write everything that was measured to FILE
  --help                Print this
`

export const parts = ['floods', 'refusals', 'growth', 'kills']

const fullEffort = { floodRounds: 3, floodMs: 6000, refusalBursts: 6, growthTurns: 100_000, activities: 500, kills: 20 }
const quickEffort = { floodRounds: 1, floodMs: 3000, refusalBursts: 3, growthTurns: 50_000, activities: 150, kills: 6 }

/** @typedef {typeof fullEffort} Effort */

/**
 * @param {string[]} args
 * @throws {BenchError} An option that does not exist, or a value that makes no sense.
 */
export function parseOptions(args) {
  const { quick, only, json, help: wantsHelp } = parse(args).values
  const chosen = only?.split(',') ?? parts
  const unknown = chosen.find((part) => !parts.includes(part))
  if (unknown !== undefined) throw new BenchError(`There is no part '${unknown}'; see --help.`)
  return { effort: quick ? quickEffort : fullEffort, parts: chosen, json, help: wantsHelp }
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new BenchError(`${/** @type {Error} */ (error).message}\n\n${help}`)
  }
}
