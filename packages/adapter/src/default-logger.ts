import type { Logger } from '@parley/core'
import { pino } from '#pino'

/** Logs JSON lines to stdout from level `info` on. */
export function createDefaultLogger(): Logger {
  return pino({ name: 'parley' })
}
