import { DialogReason, WaterfallDialog } from '@parley/botbuilder-dialogs'
import type {
  Converter,
  ConverterFactory,
  DialogContext,
  DialogStateManager,
  DialogTurnResult,
  TemplateInterface,
  WaterfallStepContext,
} from '@parley/botbuilder-dialogs'
import { ActivityTypes, MessageFactory } from '@parley/core'
import type { Activity, OpenValue } from '@parley/core'
import { ActiveLearningUtils } from './active-learning.ts'
import { QnAMakerClientKey, RankerTypes, ServiceType } from './constants.ts'
import type { JoinOperator } from './constants.ts'
import { DialogSetting, settingConverter, valueOf } from './dialog-setting.ts'
import { FixedActivity, activityConverter } from './fixed-activity.ts'
import { CustomQuestionAnswering, QnAMaker } from './question-clients.ts'
import type {
  Filters,
  QnAMakerClient,
  QnAMakerDialogOptions,
  QnAMakerDialogResponseOptions,
  QnAMakerEndpoint,
  QnAMakerMetadata,
  QnAMakerOptions,
  QnAMakerResult,
  QnASuggestionsActivityFactory,
} from './question-models.ts'
import { QnACardBuilder } from './qna-card-builder.ts'

type ActivityTemplate = TemplateInterface<Partial<Activity>, DialogStateManager>

const SUGGESTED_QUESTIONS = 'suggestedQuestions'
const NO_ANSWERS = 'No QnAMaker answers found.'
const DEFAULT_CARD_TITLE = 'Did you mean:'
const DEFAULT_NO_MATCH_TEXT = 'None of the above.'
const DEFAULT_NO_MATCH_RESPONSE = 'Thanks for the feedback.'
/** Id of what the service answers when it knows no answer. */
const DEFAULT_ANSWER = -1
const TEMPLATES: ReadonlySet<string> = new Set(['noAnswer', 'cardNoMatchResponse'])
const SETTINGS: ReadonlySet<string> = new Set([
  'knowledgeBaseId',
  'hostname',
  'endpointKey',
  'managedIdentityClientId',
  'threshold',
  'top',
  'activeLearningCardTitle',
  'cardNoMatchText',
  'strictFilters',
  'logPersonalInformation',
  'rankerType',
])

/**
 * SDK v4's dialog that answers from a knowledge base of custom question answering. It ends with the answers; until then it
 * asks which of several questions was meant, and follows the prompts of an answer.
 */
export class QnAMakerDialog extends WaterfallDialog {
  static $kind = 'Microsoft.QnAMakerDialog'

  /** Where the state of the dialog has what the last answer's prompts refer to. */
  protected qnAContextData: string = 'previousContextData'
  /** Where it has the id of the last answer. */
  protected previousQnAId: string = 'previousQnAId'
  /** Where it has the options. */
  protected options: string = 'options'
  protected defaultThreshold: number = 0.3
  protected defaultTopN: number = 3

  knowledgeBaseId: DialogSetting<string>
  hostname: DialogSetting<string>
  endpointKey: DialogSetting<string>
  managedIdentityClientId: DialogSetting<string>
  /** 0 to 1. */
  threshold: DialogSetting<number>
  top: DialogSetting<number>
  /** Sent when there is no answer. Default: what the service says then, else `No QnAMaker answers found.`. */
  noAnswer: ActivityTemplate
  /** Title of the card that asks which question was meant. */
  activeLearningCardTitle: DialogSetting<string>
  /** The last choice on that card. */
  cardNoMatchText: DialogSetting<string>
  /** Sent when the user takes that choice. */
  cardNoMatchResponse: ActivityTemplate
  declare strictFilters: QnAMakerMetadata[]
  logPersonalInformation: DialogSetting<boolean>
  /** Asks the deployment `test` in place of `production`. */
  isTest: boolean = false
  rankerType: DialogSetting<RankerTypes>
  /** Whether to ask for the part of an answer that answers just the question. */
  enablePreciseAnswer: boolean
  /** Whether to show only that part, and not the answer as well. */
  displayPreciseAnswerOnly: boolean
  declare qnaServiceType: ServiceType
  declare strictFiltersJoinOperator: JoinOperator
  declare filters: Filters
  includeUnstructuredSources: boolean = true
  /** Whether cards are Adaptive Cards, as Teams shows them. */
  useTeamsAdaptiveCard: boolean
  private suggestionsActivityFactory: QnASuggestionsActivityFactory | undefined

  /**
   * @param knowledgeBaseId - Name of the project.
   * @param hostname - Address of the Language resource.
   * @param threshold - 0 to 1. Default 0.3.
   * @param activeLearningCardTitle - Title of the card that asks which question was meant, or what makes that activity.
   * @param top - The most answers to ask for. Default 3.
   * @param dialogId - Default `QnAMakerDialog`.
   */
  constructor(
    knowledgeBaseId?: string,
    endpointKey?: string,
    hostname?: string,
    noAnswer?: Partial<Activity>,
    threshold?: number,
    activeLearningCardTitle?: string | QnASuggestionsActivityFactory,
    cardNoMatchText?: string,
    top?: number,
    cardNoMatchResponse?: Partial<Activity>,
    rankerType?: RankerTypes,
    strictFilters?: QnAMakerMetadata[],
    dialogId?: string,
    strictFiltersJoinOperator?: JoinOperator,
    enablePreciseAnswer?: boolean,
    displayPreciseAnswerOnly?: boolean,
    qnaServiceType?: ServiceType,
    useTeamsAdaptiveCard?: boolean,
  ) {
    super(dialogId ?? 'QnAMakerDialog')
    const isFactory = typeof activeLearningCardTitle === 'function'
    this.suggestionsActivityFactory = isFactory ? activeLearningCardTitle : undefined
    this.activeLearningCardTitle = new DialogSetting(isFactory ? DEFAULT_CARD_TITLE : activeLearningCardTitle)
    this.activeLearningCardTitle.value ||= DEFAULT_CARD_TITLE
    this.knowledgeBaseId = new DialogSetting(knowledgeBaseId)
    this.endpointKey = new DialogSetting(endpointKey ?? '')
    this.managedIdentityClientId = new DialogSetting('')
    this.hostname = new DialogSetting(hostname)
    this.threshold = new DialogSetting(threshold ?? this.defaultThreshold)
    this.top = new DialogSetting(top ?? this.defaultTopN)
    this.noAnswer = new FixedActivity(noAnswer ?? MessageFactory.text(''))
    this.cardNoMatchText = new DialogSetting(cardNoMatchText || DEFAULT_NO_MATCH_TEXT)
    this.cardNoMatchResponse = new FixedActivity(cardNoMatchResponse ?? MessageFactory.text(DEFAULT_NO_MATCH_RESPONSE))
    this.logPersonalInformation = DialogSetting.from<boolean>(
      '=settings.runtimeSettings.telemetry.logPersonalInformation',
    )
    this.rankerType = new DialogSetting(rankerType ?? RankerTypes.default)
    this.enablePreciseAnswer = enablePreciseAnswer ?? true
    this.displayPreciseAnswerOnly = displayPreciseAnswerOnly ?? false
    this.useTeamsAdaptiveCard = useTeamsAdaptiveCard ?? false
    if (strictFilters) this.strictFilters = strictFilters
    if (strictFiltersJoinOperator) this.strictFiltersJoinOperator = strictFiltersJoinOperator
    if (qnaServiceType) this.qnaServiceType = qnaServiceType
    this.addStep(this.callGenerateAnswer.bind(this))
    this.addStep(this.callTrain.bind(this))
    this.addStep(this.checkForMultiTurnPrompt.bind(this))
    this.addStep(this.displayQnAResult.bind(this))
  }

  /**
   * Asks with this key.
   *
   * @throws Error: it is empty; the text is SDK v4's.
   */
  withEndpointKey(endpointKey: string): this {
    if (!endpointKey) throw new Error('EndpointKey cannot be null or empty.')
    this.endpointKey = new DialogSetting(endpointKey)
    return this
  }

  /**
   * Names a managed identity to ask with. Without a key, asking is then refused: see {@link UnsupportedError}.
   *
   * @throws Error: it is empty; the text is SDK v4's.
   */
  withManagedIdentityClientId(managedIdentityClientId: string): this {
    if (!managedIdentityClientId) throw new Error('ManagedIdentityClientId cannot be null or empty.')
    this.managedIdentityClientId = new DialogSetting(managedIdentityClientId)
    return this
  }

  override getConverter(property: string): Converter | ConverterFactory {
    if (TEMPLATES.has(property)) return activityConverter
    return SETTINGS.has(property) ? settingConverter : super.getConverter(property)
  }

  /**
   * Asks the text of the turn; a turn that is no message ends the dialog.
   *
   * @param options - {@link QnAMakerDialogOptions}; what is missing comes from the properties.
   */
  override async beginDialog(dc: DialogContext, options?: object): Promise<DialogTurnResult> {
    if (dc.context.activity.type !== ActivityTypes.Message) return dc.endDialog()
    const given: Partial<QnAMakerDialogOptions> = options ?? {}
    return super.beginDialog(dc, {
      ...given,
      qnaDialogResponseOptions: given.qnaDialogResponseOptions ?? (await this.getQnAResponseOptions(dc)),
      qnaMakerOptions: { ...(given.qnaMakerOptions ?? (await this.getQnAMakerOptions(dc))) },
    })
  }

  /** Ends the dialog when something else has taken the turn. */
  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return dc.state.getValue<boolean>('turn.interrupted', false) ? dc.endDialog() : super.continueDialog(dc)
  }

  /** The client to ask with: that of the turn, or one made of the properties. */
  protected async getQnAMakerClient(dc: DialogContext): Promise<QnAMakerClient> {
    const ofTurn = dc.context.turnState.get<QnAMakerClient | undefined>(QnAMakerClientKey)
    if (ofTurn) return ofTurn
    const endpoint = {
      knowledgeBaseId: valueOf(this.knowledgeBaseId, dc.state),
      endpointKey: valueOf(this.endpointKey, dc.state),
      host: valueOf(this.hostname, dc.state),
      managedIdentityClientId: valueOf(this.managedIdentityClientId, dc.state),
      qnaServiceType: this.qnaServiceType,
    } as QnAMakerEndpoint
    const Client = this.qnaServiceType === ServiceType.language ? CustomQuestionAnswering : QnAMaker
    const logPersonalInformation = valueOf(this.logPersonalInformation, dc.state)
    return new Client(endpoint, await this.getQnAMakerOptions(dc), this.telemetryClient, logPersonalInformation)
  }

  /** How the service is asked. */
  protected async getQnAMakerOptions(dc: DialogContext): Promise<QnAMakerOptions> {
    const options = {
      scoreThreshold: valueOf(this.threshold, dc.state),
      strictFilters: valueOf<QnAMakerMetadata[]>(this.strictFilters, dc.state),
      filters: this.filters,
      top: valueOf(this.top, dc.state),
      context: noContext(),
      qnaId: 0,
      rankerType: valueOf(this.rankerType, dc.state),
      isTest: this.isTest,
      strictFiltersJoinOperator: this.strictFiltersJoinOperator,
      enablePreciseAnswer: this.enablePreciseAnswer,
      includeUnstructuredSources: this.includeUnstructuredSources,
    }
    return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  }

  /** How answers are shown. */
  protected async getQnAResponseOptions(dc: DialogContext): Promise<QnAMakerDialogResponseOptions> {
    return {
      activeLearningCardTitle: valueOf(this.activeLearningCardTitle, dc.state),
      cardNoMatchResponse: await this.cardNoMatchResponse?.bind(dc, dc.state),
      cardNoMatchText: valueOf(this.cardNoMatchText, dc.state),
      noAnswer: await this.noAnswer?.bind(dc, dc.state),
      displayPreciseAnswerOnly: this.displayPreciseAnswerOnly,
    }
  }

  /** The last step: shows the answer, or asks what the user has said to the prompts of one. */
  protected async displayQnAResult(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { qnaDialogResponseOptions: responses } = this.optionsOf(step)
    if (step.context.activity.text === noMatchTextOf(responses)) return this.endWithoutMatch(step)
    if (this.stateOf(step)[this.previousQnAId] > 0) return this.askAgain(step)
    const answers: OpenValue = step.result
    const answer: QnAMakerResult | undefined = Array.isArray(answers) ? answers[0] : undefined
    const { noAnswer } = responses
    const hasNoAnswer = Boolean(noAnswer?.text || noAnswer?.attachments?.length)
    if (answer && !(answer.id === DEFAULT_ANSWER && hasNoAnswer)) {
      await step.context.sendActivity(this.cardOf(answer, responses))
    } else {
      await step.context.sendActivity(hasNoAnswer ? noAnswer : MessageFactory.text(NO_ANSWERS))
    }
    return step.endDialog(answers)
  }

  /** The first step: asks the service, and asks the user which question was meant when several may be. */
  private async callGenerateAnswer(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const state = this.stateOf(step)
    const question = step.context.activity.text
    const { qnaMakerOptions, qnaDialogResponseOptions } = this.optionsOf(step)
    this.followPrompt(step, question)
    step.values.currentQuery = question
    delete step.values.turnQnaresult
    const client = await this.getQnAMakerClient(step)
    const { answers = [], activeLearningEnabled } = await client.getAnswersRaw(step.context, qnaMakerOptions)
    state[this.previousQnAId] = -1
    const suggested = activeLearningEnabled && isUnsure(answers) ? client.getLowScoreVariation(answers) : []
    if (suggested.length > 1) {
      step.values.qnaData = answers
      step.values.turnQnaresult = suggested
      state[SUGGESTED_QUESTIONS] = suggested.map(questionOf)
      await step.context.sendActivity(this.suggestionsOf(state[SUGGESTED_QUESTIONS], qnaDialogResponseOptions))
      return QnAMakerDialog.EndOfTurn
    }
    const best = answers.slice(0, 1)
    step.values.qnaData = best
    return step.next(best)
  }

  /** The second step: tells the service which question was meant. */
  private async callTrain(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const suggested: QnAMakerResult[] | undefined = step.values.turnQnaresult
    if (!suggested) return step.next(step.result)
    const { id, text } = step.context.activity
    if (text === noMatchTextOf(this.optionsOf(step).qnaDialogResponseOptions)) return this.endWithoutMatch(step)
    const meant = suggested.find((answer) => questionOf(answer) === text)
    if (!meant) return this.askAgain(step)
    step.values.qnaData = [meant]
    const record = { userId: id ?? '', userQuestion: step.values.currentQuery, qnaId: String(meant.id) }
    await (await this.getQnAMakerClient(step)).callTrain({ feedbackRecords: [record] })
    return step.next([meant])
  }

  /** The third step: shows an answer that has prompts, and waits for one of them. */
  private async checkForMultiTurnPrompt(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer: QnAMakerResult | undefined = step.result?.[0]
    const prompts = answer?.context?.prompts ?? []
    if (!answer || prompts.length === 0) return step.next(step.result)
    const state = this.stateOf(step)
    state[this.qnAContextData] = Object.fromEntries(prompts.map(({ displayText, qnaId }) => [displayText, qnaId]))
    state[this.previousQnAId] = answer.id
    await step.context.sendActivity(this.cardOf(answer, this.optionsOf(step).qnaDialogResponseOptions))
    return QnAMakerDialog.EndOfTurn
  }

  /** Has the service look for what the user has said among the prompts of the last answer. */
  private followPrompt(step: WaterfallStepContext, question: string | undefined): void {
    const state = this.stateOf(step)
    const { qnaMakerOptions } = this.optionsOf(step)
    qnaMakerOptions.qnaId = 0
    qnaMakerOptions.context = noContext()
    const previousQnAId: number = state[this.previousQnAId] ?? 0
    if (previousQnAId <= 0) return
    qnaMakerOptions.context = { previousQnAId, previousUserQuery: '' }
    const prompts: Record<string, number> = state[this.qnAContextData] ?? {}
    if (Object.hasOwn(prompts, question ?? '')) qnaMakerOptions.qnaId = prompts[question ?? '']!
  }

  private askAgain(step: WaterfallStepContext): Promise<DialogTurnResult> {
    return this.runStep(step, 0, DialogReason.beginCalled)
  }

  private async endWithoutMatch(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { cardNoMatchResponse } = this.optionsOf(step).qnaDialogResponseOptions
    await step.context.sendActivity(cardNoMatchResponse ?? MessageFactory.text(DEFAULT_NO_MATCH_RESPONSE))
    return step.endDialog()
  }

  private suggestionsOf(questions: string[], responses: QnAMakerDialogResponseOptions): Partial<Activity> {
    const noMatchText = noMatchTextOf(responses)
    const title = responses.activeLearningCardTitle || DEFAULT_CARD_TITLE
    return (
      this.suggestionsActivityFactory?.(questions, noMatchText) ??
      QnACardBuilder.getSuggestionsCard(questions, title, noMatchText, this.useTeamsAdaptiveCard)
    )
  }

  private cardOf(answer: QnAMakerResult, responses: QnAMakerDialogResponseOptions): Partial<Activity> {
    return QnACardBuilder.getQnAAnswerCard(answer, responses.displayPreciseAnswerOnly, this.useTeamsAdaptiveCard)
  }

  private optionsOf(step: WaterfallStepContext): QnAMakerDialogOptions {
    return this.stateOf(step)[this.options]
  }

  private stateOf(step: WaterfallStepContext): OpenValue {
    return step.activeDialog?.state
  }
}

function noContext(): NonNullable<QnAMakerOptions['context']> {
  return { previousQnAId: 0, previousUserQuery: '' }
}

function noMatchTextOf({ cardNoMatchText }: QnAMakerDialogResponseOptions): string {
  return cardNoMatchText || DEFAULT_NO_MATCH_TEXT
}

function questionOf({ questions }: QnAMakerResult): string {
  return questions?.[0] ?? ''
}

function isUnsure([best]: readonly QnAMakerResult[]): boolean {
  return best !== undefined && best.score * 100 <= ActiveLearningUtils.MaximumScoreForLowScoreVariation
}
