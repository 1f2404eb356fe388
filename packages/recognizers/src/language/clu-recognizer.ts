import { Channels, silentLogger } from '@parley/core'
import type { BotTelemetryClient, Logger, TurnContext } from '@parley/core'
import { nothingRecognized } from '../recognizer.ts'
import type { Recognizer } from '../recognizer.ts'
import { readCluResult } from './clu-result.ts'
import type { CluResult } from './clu-result.ts'
import { LanguageClient } from './language-client.ts'
import type { LanguageServiceOptions } from './language-service-options.ts'
import { recognitionEvent } from './recognition-event.ts'

/** Settings of a {@link CluRecognizer}. */
export interface CluRecognizerOptions extends LanguageServiceOptions {
  /** Default `2024-11-01`. */
  readonly apiVersion?: string | undefined
  /** BCP 47 name of the language users write, for projects in several languages. Default: that of the project. */
  readonly language?: string | undefined
  /** Lets the service keep utterances for review in Language Studio. Default `false`. */
  readonly isLoggingEnabled?: boolean | undefined
  /** Puts what the service answered into the result, as `cluResult`. Default `false`. */
  readonly includeServiceResult?: boolean | undefined
  /** Is told of each recognition: an event `LuisResult`, see {@link recognitionEvent}. */
  readonly telemetryClient?: BotTelemetryClient | undefined
  /** Reports what the user wrote, too, and the entities in it. Default `false`. */
  readonly logPersonalInformation?: boolean | undefined
}

/** The most that the service takes. */
const MAX_TEXT = 1_000
const API_VERSION = '2024-11-01'
/** By it the Emulator knows how to show a trace. */
const TRACE_TYPE = 'https://www.luis.ai/schemas/trace'

/**
 * Recognizes with conversational language understanding of Azure AI Language. Asked for an orchestration project it gives the
 * result of the project that the utterance is for. The first 1,000 characters of a text count.
 *
 * @see https://learn.microsoft.com/azure/ai-services/language-service/conversational-language-understanding/overview
 */
export class CluRecognizer implements Recognizer {
  private readonly options: CluRecognizerOptions
  private readonly client: LanguageClient
  private readonly logger: Logger

  /** @throws {@link RecognizerOptionError} `RECOGNIZERS_OPTION`: something is missing, or the endpoint is not safe. */
  constructor(options: CluRecognizerOptions) {
    const { key: _, credential: __, ...shown } = options
    this.client = new LanguageClient(options)
    this.options = shown
    this.logger = options.logger ?? silentLogger
  }

  /**
   * Recognizes the text of the turn's activity. Without text nothing is asked. In the Emulator a trace shows the result.
   *
   * @throws {@link LanguageServiceError} `RECOGNIZERS_…`, as a rejection.
   */
  async recognize(context: TurnContext): Promise<CluResult> {
    const { text } = context.activity
    const result = await this.recognizeText(typeof text === 'string' ? text : '')
    await this.trace(context, result)
    this.report(context, result)
    return result
  }

  /**
   * Recognizes a text, without trace and telemetry. Without a word in it nothing is asked.
   *
   * @throws {@link LanguageServiceError} `RECOGNIZERS_…`, as a rejection.
   */
  async recognizeText(text: string): Promise<CluResult> {
    const beginning = wholeCharacters(text.slice(0, MAX_TEXT))
    if (beginning.trim() === '') return nothingRecognized(text) as CluResult
    const answer = await this.client.send({
      operation: 'analyzeConversation',
      path: 'language/:analyze-conversations',
      parameters: { 'api-version': this.options.apiVersion ?? API_VERSION },
      body: this.bodyOf(beginning),
    })
    const result = readCluResult(text, answer)
    if (!result) throw this.client.answerInvalid('analyzeConversation')
    return this.options.includeServiceResult ? { ...result, cluResult: answer } : result
  }

  /** Closes idle connections. */
  close(): void {
    this.client.close()
  }

  private bodyOf(text: string): object {
    const { projectName, deploymentName } = this.client
    const { language } = this.options
    const item = { id: '1', participantId: '1', modality: 'text', text, ...(language ? { language } : {}) }
    return {
      kind: 'Conversation',
      analysisInput: { conversationItem: item },
      parameters: {
        projectName,
        deploymentName,
        verbose: true,
        isLoggingEnabled: this.options.isLoggingEnabled ?? false,
        stringIndexType: 'Utf16CodeUnit',
      },
    }
  }

  /** What is only shown must not cost the answer. */
  private async trace(context: TurnContext, result: CluResult): Promise<void> {
    if (context.activity.channelId !== Channels.Emulator) return
    const { cluResult, ...recognizerResult } = result
    const value = { recognizerResult, luisResult: cluResult, luisModel: { ModelID: this.client.projectName } }
    try {
      await context.sendTraceActivity('CluRecognizer', value, TRACE_TYPE, 'CLU Trace')
    } catch (error) {
      this.logger.warn({ ev: 'recognizers.trace_lost', error }, 'The trace of a recognition could not be sent.')
    }
  }

  private report(context: TurnContext, result: CluResult): void {
    const { telemetryClient, logPersonalInformation } = this.options
    const facts = { applicationId: this.client.projectName, logPersonalInformation }
    telemetryClient?.trackEvent(recognitionEvent(result, context, facts))
  }
}

/** A text that was cut off may end in the middle of a character. */
function wholeCharacters(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, '')
}
