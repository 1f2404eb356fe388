import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { OpenValue } from '@parley/core'
import type { TelemetrySink } from './telemetry-sink.ts'

/** Of the package `applicationinsights` 2, what is used here. */
export interface ApplicationInsights {
  setup(connectionString?: string): OpenValue
  readonly defaultClient: TelemetrySink & {
    addTelemetryProcessor(process: (envelope: OpenValue, context: OpenValue) => boolean): void
  }
  getCorrelationContext(): OpenValue
}

/**
 * The package `applicationinsights`, when the bot has it: beside this package, or in the folder the bot was started in.
 *
 * @throws whatever the package throws when it is there and does not load.
 */
export function findApplicationInsights(): ApplicationInsights | undefined {
  found ??= { module: load() }
  return found.module
}

let found: { readonly module: ApplicationInsights | undefined } | undefined

function load(): ApplicationInsights | undefined {
  for (const from of [__filename, join(process.cwd(), 'package.json')]) {
    const require = createRequire(from)
    const file = resolve(require)
    if (file) return require(file) as ApplicationInsights
  }
  return undefined
}

function resolve(require: NodeJS.Require): string | undefined {
  try {
    return require.resolve('applicationinsights')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}
