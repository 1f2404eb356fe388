import type { DialogContext } from '@parley/botbuilder-dialogs'
import { NullTelemetryClient } from '@parley/core'
import type { BotTelemetryClient, TurnContext } from '@parley/core'
import type { RecognizerResult } from '@parley/sdk-v4/core'
import type {
  LuisApplication,
  LuisPredictionOptions,
  LuisRecognizerOptionsV2,
  LuisRecognizerOptionsV3,
  LuisRecognizerTelemetryClient,
} from './luis-models.ts'
import { luisNotThere } from './not-there.ts'

type Options = LuisRecognizerOptionsV2 | LuisRecognizerOptionsV3 | LuisPredictionOptions

/** SDK v4's recognizer of LUIS. It can be made and handed around; it recognizes nothing, because LUIS has been shut down. */
export class LuisRecognizer implements LuisRecognizerTelemetryClient {
  readonly telemetryClient: BotTelemetryClient
  readonly logPersonalInformation: boolean

  /**
   * @param application - Its settings, or the address LUIS showed for it.
   * @throws Error: the application has no id or no key; the text is SDK v4's.
   */
  constructor(application: LuisApplication | string, options?: Options, _includeApiResults?: boolean) {
    assertApplication(typeof application === 'string' ? applicationOf(application) : application)
    this.telemetryClient = options?.telemetryClient ?? new NullTelemetryClient()
    this.logPersonalInformation = options?.logPersonalInformation ?? false
  }

  /** The intent with the highest score, or `defaultIntent` when none has `minScore`. */
  static topIntent(results?: RecognizerResult, defaultIntent = 'None', minScore = 0): string {
    const [top] = LuisRecognizer.sortedIntents(results, minScore)
    return top && top.score > 0 ? top.intent : defaultIntent
  }

  /** The intents with at least `minScore`, the highest first. */
  static sortedIntents(result?: RecognizerResult, minScore = 0): { intent: string; score: number }[] {
    return Object.entries(result?.intents ?? {})
      .map(([intent, { score }]) => ({ intent, score: score ?? 0 }))
      .filter(({ score }) => score >= minScore)
      .toSorted((one, other) => other.score - one.score)
  }

  recognize(
    context: DialogContext | TurnContext,
    telemetryProperties?: Record<string, string>,
    telemetryMetrics?: Record<string, number>,
    options?: Options,
  ): Promise<RecognizerResult>
  recognize(utterance: string, options?: Options): Promise<RecognizerResult>
  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always, as a rejection. */
  async recognize(..._parameters: unknown[]): Promise<RecognizerResult> {
    throw luisNotThere('LuisRecognizer.recognize()')
  }

  /** Never called, as nothing is recognized. */
  protected async onRecognizerResults(
    _recognizerResult: RecognizerResult,
    _turnContext: TurnContext,
    _telemetryProperties?: { [name: string]: string },
    _telemetryMetrics?: { [name: string]: number },
  ): Promise<void> {
    throw luisNotThere('LuisRecognizer.onRecognizerResults()')
  }

  /** Never called, as nothing is recognized. */
  protected async fillTelemetryProperties(
    _recognizerResult: RecognizerResult,
    _turnContext: TurnContext,
    _telemetryProperties?: { [name: string]: string },
  ): Promise<{ [name: string]: string }> {
    throw luisNotThere('LuisRecognizer.fillTelemetryProperties()')
  }
}

function applicationOf(address: string): Partial<LuisApplication> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const [, applicationId] = /\/apps\/([^/]+)/.exec(url?.pathname ?? '') ?? []
  const endpointKey = url?.searchParams.get('subscription-key')
  return { ...(applicationId ? { applicationId } : {}), ...(endpointKey ? { endpointKey } : {}) }
}

function assertApplication({ applicationId, endpointKey }: Partial<LuisApplication>): void {
  if (!applicationId) {
    throw new Error(
      `Invalid \`applicationId\` value detected: ${applicationId}\nPlease make sure your applicationId is a valid LUIS Application Id, e.g. "b31aeaf3-3511-495b-a07f-571fc873214b".`,
    )
  }
  if (endpointKey) return
  throw new Error(
    `Invalid \`endpointKey\` value detected: ${endpointKey}\nPlease make sure your endpointKey is a valid LUIS Endpoint Key, e.g. "048ec46dc58e495482b0c447cfdbd291".`,
  )
}
