// CommonJS in both builds, because only CommonJS can load something late and at once.
import type { Logger } from '@parley/core' with { 'resolution-mode': 'import' }
import type Pino from '#pino'

/** Logs JSON lines to stdout from level `info` on. Its library is loaded with the first logger: many bots bring their own. */
// @ts-ignore TS1287: the compiler writes this export as CommonJS, which verbatimModuleSyntax wants spelled out
export function createDefaultLogger(): Logger {
  const { pino } = require('#pino') as typeof Pino
  return pino({ name: 'parley' })
}
