#!/usr/bin/env node
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type * as Core from '@parley/core'
import type * as Pino from 'pino'
import type * as ServicePackage from './index.ts'
import type { ServiceCommand } from './service-args.ts'
import type { Service } from './service.ts'

// As CommonJS: so many modules load in less than half of the time as ES modules, and somebody waits for the address.
const LIBRARY = fileURLToPath(new URL('../cjs/index.js', import.meta.url))
const require = createRequire(import.meta.url)
const { ParleyError } = require('@parley/core') as typeof Core
const { pino } = require('pino') as typeof Pino
const { parseServiceArgs, startService } = require(LIBRARY) as typeof ServicePackage

const EXIT = { failed: 1, usage: 2 } as const

async function main(): Promise<void> {
  const command = readCommand()
  if (command.kind === 'help') {
    process.stdout.write(command.text)
    return
  }
  const logger = pino({ level: command.logLevel })
  const starting = startService({ ...command.options, logger })
  closeOnSignals(starting)
  try {
    await starting
  } catch (error) {
    fail(error, EXIT.failed)
  }
}

function readCommand(): ServiceCommand {
  try {
    return parseServiceArgs(process.argv.slice(2), process.env)
  } catch (error) {
    return fail(error, EXIT.usage)
  }
}

/**
 * The first signal closes the service, also one that comes while it is still starting; a second one, should that hang, ends
 * the process.
 */
function closeOnSignals(starting: Promise<Service>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      starting.then((service) => service.close()).catch((error: unknown) => fail(error, EXIT.failed))
    })
  }
}

/** What we know to be the user's to put right is one sentence; anything else is our fault and shows where. */
function fail(error: unknown, exitCode: number): never {
  const text = ParleyError.isParleyError(error)
    ? `parley-service: ${error.message}\n`
    : `parley-service: ${String((error as Error).stack)}\n`
  process.stderr.write(text)
  process.exit(exitCode)
}

await main()
