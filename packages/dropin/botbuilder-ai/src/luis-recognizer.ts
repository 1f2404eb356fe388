import type { DialogContext } from '@parley/botbuilder-dialogs'
import { NullTelemetryClient } from '@parley/core'
import type { BotTelemetryClient, TurnContext } from '@parley/core'
import { CluRecognizer, recognitionEvent } from '@parley/recognizers'
import type { RecognizerResult } from '@parley/sdk-v4/core'
import type {
  LuisApplication,
  LuisPredictionOptions,
  LuisRecognizerOptionsV2,
  LuisRecognizerOptionsV3,
  LuisRecognizerTelemetryClient,
} from './luis-models.ts'
import { normalizeNames } from './luis-names.ts'
import { luisNotThere } from './not-there.ts'

type Options = LuisRecognizerOptionsV2 | LuisRecognizerOptionsV3 | LuisPredictionOptions
type Properties = { [name: string]: string }
type Metrics = { [name: string]: number }

const TRACE_TYPE = 'https://www.luis.ai/schemas/trace'
const UNIQUE_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/**
 * SDK v4's recognizer of LUIS, which has been shut down. It asks conversational language understanding of Azure AI Language, the
 * successor, when the application names a project of it: as `projectName`, or as an `applicationId` that is no id of LUIS.
 */
export class LuisRecognizer implements LuisRecognizerTelemetryClient {
  readonly telemetryClient: BotTelemetryClient
  readonly logPersonalInformation: boolean
  private readonly options: Options
  private readonly includeApiResults: boolean
  private readonly applicationId: string
  /** A function, so that nobody who prints the recognizer prints the key. */
  private readonly makeRecognizer: () => CluRecognizer
  private readonly resultKey: symbol = Symbol('results')
  private recognizer: CluRecognizer | undefined

  /**
   * @param application - Its settings, or the address LUIS showed for it.
   * @throws Error: the application has no id or no key; the text is SDK v4's.
   */
  constructor(application: LuisApplication | string, options?: Options, includeApiResults?: boolean) {
    const settings: Partial<LuisApplication> =
      typeof application === 'string' ? applicationOf(application) : application
    assertApplication(settings)
    this.options = options ?? {}
    this.telemetryClient = options?.telemetryClient ?? new NullTelemetryClient()
    this.logPersonalInformation = options?.logPersonalInformation ?? false
    this.includeApiResults =
      includeApiResults ?? (options as { includeAPIResults?: boolean })?.includeAPIResults ?? false
    this.applicationId = settings.applicationId
    this.makeRecognizer = () => makeRecognizer(settings, this.options)
  }

  /** The intent with the highest score, or `defaultIntent` when none has more than `minScore`. */
  static topIntent(results?: RecognizerResult, defaultIntent = 'None', minScore = 0): string {
    return LuisRecognizer.sortedIntents(results, minScore)[0]?.intent ?? defaultIntent
  }

  /** The intents with more than `minScore`, the highest first. */
  static sortedIntents(result?: RecognizerResult, minScore = 0): { intent: string; score: number }[] {
    return Object.entries(result?.intents ?? {})
      .flatMap(([intent, { score }]) => (score !== undefined && score > minScore ? [{ intent, score }] : []))
      .toSorted((one, other) => other.score - one.score)
  }

  recognize(
    context: DialogContext | TurnContext,
    telemetryProperties?: Record<string, string>,
    telemetryMetrics?: Record<string, number>,
    options?: Options,
  ): Promise<RecognizerResult>
  recognize(utterance: string, options?: Options): Promise<RecognizerResult>
  /**
   * Recognizes the text of a turn, once in it, or an utterance, without trace and telemetry.
   *
   * @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`, as a rejection: the application is one of LUIS.
   * @throws LanguageServiceError `RECOGNIZERS_…`, as a rejection: the service could not be asked.
   */
  async recognize(
    subject: DialogContext | TurnContext | string,
    properties?: Properties | Options,
    metrics?: Metrics,
    _options?: Options,
  ): Promise<RecognizerResult> {
    if (typeof subject === 'string') return subject === '' ? { text: '', intents: {}, entities: {} } : this.ask(subject)
    const context = turnContextOf(subject)
    const known: RecognizerResult | undefined = context.turnState.get(this.resultKey)
    const telemetry = { properties: properties as Properties, metrics: metrics as Metrics }
    if (known) {
      this.telemetryClient.trackEvent({ name: 'Read from cached Luis result', ...telemetry })
      return known
    }
    const result = await this.askInTurn(context)
    context.turnState.set(this.resultKey, result)
    this.telemetryClient.trackEvent({ name: 'Luis result cached', ...telemetry })
    await this.onRecognizerResults(result, context, telemetry.properties, telemetry.metrics)
    return result
  }

  /** Reports a result. */
  protected async onRecognizerResults(
    recognizerResult: RecognizerResult,
    turnContext: TurnContext,
    telemetryProperties?: { [name: string]: string },
    telemetryMetrics?: { [name: string]: number },
  ): Promise<void> {
    const properties = await this.fillTelemetryProperties(recognizerResult, turnContext, telemetryProperties)
    this.telemetryClient.trackEvent({ name: 'LuisResult', properties, metrics: telemetryMetrics as Metrics })
  }

  /** What is reported of a result; `telemetryProperties` go before it. */
  protected async fillTelemetryProperties(
    recognizerResult: RecognizerResult,
    turnContext: TurnContext,
    telemetryProperties?: { [name: string]: string },
  ): Promise<{ [name: string]: string }> {
    const { applicationId, logPersonalInformation } = this
    const { properties } = recognitionEvent(recognizerResult, turnContext, { applicationId, logPersonalInformation })
    const entities = JSON.stringify(recognizerResult.entities ?? {})
    return { ...properties, entities, ...telemetryProperties }
  }

  private async askInTurn(context: TurnContext): Promise<RecognizerResult> {
    const text: string = context.activity.text ?? ''
    if (text.trim() === '') return { text, intents: { '': { score: 1 } }, entities: {} }
    const { serviceResult, ...recognized } = await this.askService(text)
    const value = {
      recognizerResult: recognized.result,
      luisResult: serviceResult,
      luisOptions: { ...this.options, telemetryClient: undefined },
      luisModel: { ModelID: this.applicationId },
    }
    const label = (this.options as { apiVersion?: string }).apiVersion === 'v3' ? 'LuisV3 Trace' : 'Luis Trace'
    await context.sendTraceActivity('LuisRecognizer', value, TRACE_TYPE, label)
    return recognized.result
  }

  private async ask(text: string): Promise<RecognizerResult> {
    return (await this.askService(text)).result
  }

  private async askService(text: string): Promise<{ result: RecognizerResult; serviceResult: unknown }> {
    this.recognizer ??= this.makeRecognizer()
    const { cluResult, ...recognized } = await this.recognizer.recognizeText(text)
    const result = normalizeNames(recognized)
    return { result: this.includeApiResults ? { ...result, luisResult: cluResult } : result, serviceResult: cluResult }
  }
}

function turnContextOf(subject: DialogContext | TurnContext): TurnContext {
  return (subject as DialogContext).context ?? subject
}

function applicationOf(address: string): Partial<LuisApplication> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const [, applicationId] = /\/apps\/([^/]+)/.exec(url?.pathname ?? '') ?? []
  const endpointKey = url?.searchParams.get('subscription-key')
  return {
    ...(applicationId ? { applicationId } : {}),
    ...(endpointKey ? { endpointKey } : {}),
    ...(url ? { endpoint: url.origin } : {}),
  }
}

function assertApplication(application: Partial<LuisApplication>): asserts application is LuisApplication {
  const { applicationId, endpointKey } = application
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

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: the application is one of LUIS. */
function makeRecognizer(application: LuisApplication, options: Options): CluRecognizer {
  const { applicationId, endpoint, endpointKey, projectName, deploymentName } = application
  const project = projectName ?? (UNIQUE_ID.test(applicationId) ? undefined : applicationId)
  if (project === undefined || endpoint === undefined) throw luisNotThere('LuisRecognizer.recognize()')
  const { slot, staging, timeout, log } = options as LuisPredictionOptions & { slot?: string }
  return new CluRecognizer({
    endpoint,
    key: endpointKey,
    projectName: project,
    deploymentName: deploymentName ?? slot ?? (staging ? 'staging' : 'production'),
    isLoggingEnabled: log ?? true,
    includeServiceResult: true,
    ...(timeout ? { timeoutMs: timeout } : {}),
  })
}
