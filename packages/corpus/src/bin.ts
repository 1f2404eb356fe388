#!/usr/bin/env node
import { ParleyError } from '@parley/core'
import { CorpusUsageError } from './cases/corpus-errors.ts'
import { parseArguments } from './command/parse-arguments.ts'
import { EXIT, runCommand } from './command/run-command.ts'

try {
  const command = parseArguments(process.argv.slice(2))
  process.exit(await runCommand(command, (line) => console.log(line)))
} catch (error) {
  // What we know to be the user's to put right is said in words; anything else is our fault and shows where.
  const text = ParleyError.isParleyError(error) ? error.message : String((error as Error).stack)
  process.stderr.write(`parley-corpus: ${text}\n`)
  process.exit(error instanceof CorpusUsageError ? EXIT.usage : EXIT.bad)
}
