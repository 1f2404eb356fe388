#!/usr/bin/env node
import { createRequire } from 'node:module'
import { EXIT } from './command.ts'
import { runParley } from './run-parley.ts'

const { version } = createRequire(import.meta.url)('@parley/cli/package.json') as { readonly version: string }

/** Aborts on the first signal, so that the command can end well; a second one, should that hang, ends the process. */
function stopOnSignals(): AbortSignal {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(EXIT.interrupted)
      stopping.abort()
    })
  }
  // The reader of a pipe has gone: nobody is left to write to.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => stopping.abort())
  return stopping.signal
}

process.exitCode = await runParley(
  process.argv.slice(2),
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    signal: stopOnSignals(),
  },
  { version },
)
