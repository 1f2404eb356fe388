import type { RecognizerResult } from '@parley/sdk-v4/core'

/** A result with the names SDK v4 gave intents and entities: paths of memory and generated classes need them without dots. */
export function normalizeNames(result: RecognizerResult): RecognizerResult {
  const { $instance, ...values } = result.entities ?? {}
  return {
    ...result,
    intents: renamed(result.intents),
    entities: { ...renamed(values), $instance: renamed($instance ?? {}) },
  }
}

function renamed<T>(named: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name.replace(/[. ]/g, '_'), value]))
}
