import { Recognizer } from '@parley/botbuilder-dialogs'
import type { Converter, ConverterFactory, DialogContext } from '@parley/botbuilder-dialogs'
import type { Activity } from '@parley/core'
import type { RecognizerResult } from '@parley/dialogs'
import type { JoinOperator } from './constants.ts'
import { QnAMakerClientKey, RankerTypes } from './constants.ts'
import { DialogSetting, settingConverter, valueOf } from './dialog-setting.ts'
import { QnAMaker } from './question-clients.ts'
import type {
  QnAMakerClient,
  QnAMakerMetadata,
  QnAMakerOptions,
  QnAMakerResult,
  QnARequestContext,
} from './question-models.ts'

type Properties = Record<string, string>

const NONE: Readonly<Pick<RecognizerResult, 'intents' | 'entities'>> = { intents: { None: { score: 1 } }, entities: {} }
const INTENT_ANSWER = /^intent=/i
const SETTINGS: ReadonlySet<string> = new Set([
  'knowledgeBaseId',
  'hostname',
  'endpointKey',
  'top',
  'threshold',
  'rankerType',
  'includeDialogNameInMetadata',
  'metadata',
  'context',
  'qnaId',
  'logPersonalInformation',
])

/**
 * Finds out whether a knowledge base of custom question answering has an answer. The intent is {@link QnAMakerRecognizer.qnaMatchIntent},
 * or the one an answer such as `intent=Cancel` names.
 */
export class QnAMakerRecognizer extends Recognizer {
  static $kind = 'Microsoft.QnAMakerRecognizer'
  /** The intent that means: there is an answer. */
  static readonly qnaMatchIntent = 'QnAMatch'

  knowledgeBaseId: DialogSetting<string>
  hostname: DialogSetting<string>
  endpointKey: DialogSetting<string>
  top: DialogSetting<number> = new DialogSetting(3)
  /** 0 to 1. */
  threshold: DialogSetting<number> = new DialogSetting(0.3)
  /** Asks the deployment `test` in place of `production`. */
  declare isTest: boolean
  rankerType: DialogSetting<string> = new DialogSetting<string>(RankerTypes.default)
  declare strictFiltersJoinOperator: JoinOperator
  /** Whether answers must have the id of the active dialog as their `dialogName`. Default `true`. */
  includeDialogNameInMetadata: DialogSetting<boolean> = new DialogSetting(true)
  declare metadata: DialogSetting<QnAMakerMetadata[]>
  declare context: DialogSetting<QnARequestContext>
  qnaId: DialogSetting<number> = new DialogSetting(0)
  logPersonalInformation: DialogSetting<boolean> = DialogSetting.from<boolean>(
    '=settings.runtimeSettings.telemetry.logPersonalInformation',
  )

  /**
   * @param hostname - Address of the Language resource.
   * @param knowledgeBaseId - Name of the project.
   */
  constructor(hostname?: string, knowledgeBaseId?: string, endpointKey?: string) {
    super()
    this.hostname = new DialogSetting(hostname)
    this.knowledgeBaseId = new DialogSetting(knowledgeBaseId)
    this.endpointKey = new DialogSetting(endpointKey)
  }

  override getConverter(property: string): Converter | ConverterFactory {
    return SETTINGS.has(property) ? settingConverter : super.getConverter(property)
  }

  /**
   * Asks the text of the turn.
   *
   * @param activity - Without a text in it nothing is asked.
   */
  override async recognize(
    dc: DialogContext,
    activity: Partial<Activity>,
    telemetryProperties?: Properties,
    telemetryMetrics?: Record<string, number>,
  ): Promise<RecognizerResult> {
    const text = activity.text as string
    if (!text) return { text, ...NONE }
    const answers = await this.getQnAMakerClient(dc).getAnswers(dc.context, this.optionsIn(dc))
    const result = this.understand(text, answers)
    const properties = this.fillRecognizerResultTelemetryProperties(result, telemetryProperties ?? {}, dc)
    this.trackRecognizerResult(dc, 'QnAMakerRecognizerResult', properties, telemetryMetrics)
    return result
  }

  /** The client made of the properties. */
  protected getQnAMaker(dc: DialogContext): QnAMaker {
    const endpoint = {
      knowledgeBaseId: valueOf(this.knowledgeBaseId, dc.state),
      endpointKey: valueOf(this.endpointKey, dc.state),
      host: valueOf(this.hostname, dc.state),
    }
    const logPersonalInformation = valueOf(this.logPersonalInformation, dc.state)
    return new QnAMaker(endpoint, {}, this.telemetryClient, logPersonalInformation)
  }

  /** The client to ask with: that of the turn, or {@link QnAMakerRecognizer.getQnAMaker}. */
  protected getQnAMakerClient(dc: DialogContext): QnAMakerClient {
    return dc.context.turnState.get<QnAMakerClient | undefined>(QnAMakerClientKey) ?? this.getQnAMaker(dc)
  }

  /** What telemetry says of a result: what the user said only with `logPersonalInformation`. */
  protected override fillRecognizerResultTelemetryProperties(
    recognizerResult: RecognizerResult,
    telemetryProperties: Properties,
    dc: DialogContext,
  ): Properties {
    const { Text, AlteredText, ...properties } = super.fillRecognizerResultTelemetryProperties(recognizerResult, {}, dc)
    const isPersonal = valueOf(this.logPersonalInformation, dc.state)
    return { ...properties, ...(isPersonal ? { Text, AlteredText } : {}), ...telemetryProperties }
  }

  private understand(text: string, answers: readonly QnAMakerResult[]): RecognizerResult {
    const [best] = answers.toSorted((a, b) => b.score - a.score)
    if (!best) return { text, ...NONE }
    const intent = INTENT_ANSWER.test(best.answer)
      ? best.answer.replace(INTENT_ANSWER, '').trim()
      : QnAMakerRecognizer.qnaMatchIntent
    const instance = { ...best, startIndex: 0, endIndex: text.length }
    return {
      text,
      intents: { [intent]: { score: best.score } },
      entities: { answer: [best.answer], $instance: { answer: [instance] } },
      answers: answers.map((answer) => (answer === best ? instance : answer)),
    }
  }

  private optionsIn(dc: DialogContext): QnAMakerOptions {
    const metadata = [...(valueOf<QnAMakerMetadata[] | undefined>(this.metadata, dc.state) ?? [])]
    const dialogName = dc.activeDialog?.id
    if (dialogName && valueOf(this.includeDialogNameInMetadata, dc.state)) {
      metadata.push({ name: 'dialogName', value: dialogName })
    }
    const options = {
      context: valueOf<QnARequestContext>(this.context, dc.state),
      scoreThreshold: valueOf(this.threshold, dc.state),
      strictFilters: metadata,
      top: valueOf(this.top, dc.state),
      qnaId: valueOf(this.qnaId, dc.state),
      rankerType: valueOf(this.rankerType, dc.state),
      isTest: this.isTest,
      strictFiltersJoinOperator: this.strictFiltersJoinOperator,
    }
    return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  }
}
