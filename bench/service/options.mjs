import { parseArgs } from 'node:util'
import { BenchError } from '../bench-error.mjs'

export const help = `node bench/service.mjs [options]

Measures the local service: how long it takes to answer after its start, and what it does under load while its clients are cut
off and it is killed. Ends with code 1 when a goal is missed. bench/README.md tells how to read the result.

  --conversations N     At the same time, each over a WebSocket (default 200)
  --messages N          In each conversation (default 20)
  --kills N             How often the service is killed with SIGKILL meanwhile (default 2)
  --only A,B            Of start, load (default all)
  --no-build            Measures what was built before
  --json FILE           Write everything that was measured to FILE
  --help                Print this
`

export const parts = ['start', 'load']

/** @typedef {{ conversations: number, messages: number, kills: number }} Effort */

/**
 * @param {string[]} args
 * @throws {BenchError} An option that does not exist, or a value that makes no sense.
 */
export function parseOptions(args) {
  const values = parse(args)
  const chosen = values.only?.split(',') ?? parts
  const unknown = chosen.find((part) => !parts.includes(part))
  if (unknown !== undefined) throw new BenchError(`There is no part '${unknown}'; see --help.`)
  const effort = {
    conversations: toCount(values.conversations, 1),
    messages: toCount(values.messages, 1),
    kills: toCount(values.kills, 0),
  }
  return { effort, parts: chosen, builds: !values['no-build'], json: values.json, help: values.help }
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        conversations: { type: 'string', default: '200' },
        messages: { type: 'string', default: '20' },
        kills: { type: 'string', default: '2' },
        only: { type: 'string' },
        'no-build': { type: 'boolean', default: false },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new BenchError(`${/** @type {Error} */ (error).message}\n\n${help}`)
  }
}

/**
 * @param {string} text
 * @param {number} least
 */
function toCount(text, least) {
  const count = Number(text)
  if (!Number.isInteger(count) || count < least)
    throw new BenchError(`'${text}' must be a whole number from ${least} on.`)
  return count
}
