import type { Recognizer, RecognizerConfiguration } from '@parley/botbuilder-dialogs'
import type { BotTelemetryClient, OpenValue, TurnContext } from '@parley/core'
import type { RecognizerResult } from '@parley/sdk-v4/core'
import type { Anchor, GeographyV2Type } from './constants.ts'

export interface LuisApplication {
  /** Of LUIS, which has been shut down; or the name of a project of conversational language understanding. */
  applicationId: string
  /** Of the Language resource: `https://my-language.cognitiveservices.azure.com`. */
  endpoint?: string
  endpointKey: string
  /** Project of conversational language understanding. Default: `applicationId`, unless that is one of LUIS. */
  projectName?: string
  /** Default: the slot of the options, `production`. */
  deploymentName?: string
}

export interface LuisRecognizerOptions {
  telemetryClient?: BotTelemetryClient
  logPersonalInformation?: boolean
  includeAPIResults?: boolean
}

export interface LuisRecognizerOptionsV2 extends LuisRecognizerOptions {
  apiVersion: 'v2'
  bingSpellCheckSubscriptionKey?: string
  includeAllIntents?: boolean
  includeInstanceData?: boolean
  log?: boolean
  spellCheck?: boolean
  staging?: boolean
  timezoneOffset?: number
}

export interface LuisRecognizerOptionsV3 extends LuisRecognizerOptions {
  apiVersion: 'v3'
  externalEntityRecognizer?: Recognizer
  includeAllIntents?: boolean
  includeInstanceData?: boolean
  log?: boolean
  dynamicLists?: DynamicList[]
  externalEntities?: ExternalEntity[]
  preferExternalEntities?: boolean
  datetimeReference?: string
  slot?: 'production' | 'staging'
  version?: string
}

export interface LuisPredictionOptions extends Partial<
  Omit<LuisRecognizerOptionsV2, 'apiVersion' | 'includeAPIResults'>
> {
  verbose?: boolean
  abortSignal?: OpenValue
  customHeaders?: { [name: string]: string }
  onDownloadProgress?: (progress: OpenValue) => void
  onUploadProgress?: (progress: OpenValue) => void
  serializerOptions?: OpenValue
  shouldDeserialize?: OpenValue
  /** In milliseconds. */
  timeout?: number
  tracingContext?: OpenValue
}

export interface LuisRecognizerTelemetryClient {
  readonly logPersonalInformation: boolean
  readonly telemetryClient: BotTelemetryClient
  recognize(
    context: TurnContext,
    telemetryProperties?: { [name: string]: string },
    telemetryMetrics?: { [name: string]: number },
  ): Promise<RecognizerResult>
}

export interface LuisAdaptiveRecognizerConfiguration extends RecognizerConfiguration {
  applicationId?: OpenValue
  version?: OpenValue
  endpoint?: OpenValue
  endpointKey?: OpenValue
  externalEntityRecognizer?: string | Recognizer
  dynamicLists?: OpenValue
  predictionOptions?: OpenValue
  logPersonalInformation?: OpenValue
}

export interface DynamicList {
  listEntityName?: string
  requestLists?: ListElement[]
}

export interface ListElement {
  canonicalForm?: string
  synonyms?: string[]
}

export interface ExternalEntity<T = unknown> {
  entityName?: string
  startIndex?: number
  entityLength?: number
  resolution?: T
}

export interface DateTimeSpec {
  type: string
  timex: string[]
}

export interface GeographyV2 {
  type: GeographyV2Type
  location: string
}

export interface InstanceData {
  startIndex: number
  endIndex: number
  text: string
  score?: number
  [name: string]: OpenValue
}

export interface IntentData {
  score: number
  [name: string]: OpenValue
}

export interface NumberWithUnits {
  number?: number
  units: string
}

export interface OrdinalV2 {
  relativeTo: Anchor
  offset: number
}
