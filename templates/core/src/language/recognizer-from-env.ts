import type { Logger } from '@parley/core'
import { CluRecognizer, LocalRecognizer } from '@parley/recognizers'
import type { Recognizer } from '@parley/recognizers'
import training from './flight-booking.json' with { type: 'json' }

const cluVariables = ['CLU_ENDPOINT', 'CLU_KEY', 'CLU_PROJECT', 'CLU_DEPLOYMENT'] as const

/**
 * The recognizer the environment asks for: conversational language understanding when the `CLU_…` variables are set, else one
 * that runs here and is trained by `flight-booking.json`.
 *
 * @throws Error: some of the variables are set, but not all.
 */
export function recognizerFromEnv(env: NodeJS.ProcessEnv, logger?: Logger): Recognizer {
  const [endpoint, key, projectName, deploymentName] = cluVariables.map((name) => env[name]?.trim() || undefined)
  if (endpoint && key && projectName && deploymentName) {
    return new CluRecognizer({ endpoint, key, projectName, deploymentName, logger })
  }
  const missing = cluVariables.filter((name) => !env[name]?.trim())
  if (missing.length < cluVariables.length)
    throw new Error(`Set ${missing.join(', ')} too, or no variable CLU_… at all.`)
  return new LocalRecognizer(training)
}
