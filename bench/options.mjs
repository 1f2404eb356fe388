import { parseArgs } from 'node:util'
import { BenchError } from './bench-error.mjs'
import { candidates } from './candidates/index.mjs'

export const help = `npm run bench -- [options]

Measures one authenticated echo turn, end to end, for Parley and its peers. bench/README.md tells how to read the result.

  --quick               3 rounds of 2 000 turns after 4 000 to warm up, without installed sizes: under 2 minutes
  --rounds N            Rounds, each with a fresh process per candidate (default 5)
  --connections A,B     Keep-alive connections (default 1,16,64)
  --candidates A,B      Of ${candidates.map(({ name }) => name).join(', ')} (default all)
  --node VERSION        Run the bots on another Node, e.g. 24: installed into bench/peers on first use
  --json FILE           Write everything that was measured to FILE
  --help                Print this
`

const fullEffort = { rounds: 5, warmUpTurns: 10_000, windowTurns: 6000, imports: 9, weigh: true }
const quickEffort = { rounds: 3, warmUpTurns: 4000, windowTurns: 2000, imports: 7, weigh: false }

/**
 * @param {string[]} args
 * @throws {BenchError} An option that does not exist, or a value that makes no sense.
 */
export function parseOptions(args) {
  const { values } = parse(args)
  const effort = values.quick ? quickEffort : fullEffort
  return {
    ...effort,
    rounds: values.rounds === undefined ? effort.rounds : toCount(values.rounds),
    connections: values.connections.split(',').map(toCount),
    candidates: values.candidates === undefined ? candidates : values.candidates.split(',').map(toCandidate),
    node: values.node,
    json: values.json,
    help: values.help,
  }
}

/** @typedef {ReturnType<typeof parseOptions>} Options */

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        quick: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        connections: { type: 'string', default: '1,16,64' },
        candidates: { type: 'string' },
        node: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new BenchError(`${/** @type {Error} */ (error).message}\n\n${help}`)
  }
}

/** @param {string} text */
function toCount(text) {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new BenchError(`'${text}' must be a whole number from 1 on.`)
  return count
}

/** @param {string} name */
function toCandidate(name) {
  const candidate = candidates.find((one) => one.name === name)
  if (!candidate) throw new BenchError(`There is no candidate '${name}'; see --help.`)
  return candidate
}
