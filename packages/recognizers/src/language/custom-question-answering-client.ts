import type { TurnContext } from '@parley/core'
import { LanguageClient } from './language-client.ts'
import { RecognizerOptionError } from './language-service-errors.ts'
import type { LanguageServiceOptions } from './language-service-options.ts'
import { readAnswers, withoutDefaultAnswer } from './question-answer.ts'
import type { QuestionAnswer } from './question-answer.ts'

/** How a knowledge base is asked. */
export interface QuestionOptions {
  /** The most answers to give, 1 or more. Default 1. */
  readonly top?: number | undefined
  /** Answers with a lower score are left out, 0 to 1. Default 0.3. */
  readonly scoreThreshold?: number | undefined
  /** Which answers count. Default: all. */
  readonly filters?: QuestionFilters | undefined
  /** Asks for the part of an answer that answers just this question. Default `false`. */
  readonly preciseAnswer?: boolean | undefined
  /** Id of the answer wanted, from a prompt; it goes before the question. */
  readonly qnaId?: number | undefined
  /** What was asked before, for prompts that only count there. */
  readonly context?: { readonly previousQnaId: number; readonly previousUserQuery?: string | undefined } | undefined
  /** `QuestionOnly` looks for words of the question in questions only. Default `Default`. */
  readonly rankerType?: 'Default' | 'QuestionOnly' | undefined
  /** Also answers from documents that are no pairs of questions and answers. Default `false`. */
  readonly includeUnstructuredSources?: boolean | undefined
  /** Also gives what the project says when it has no answer; its id is -1. Default `false`. */
  readonly includeDefaultAnswer?: boolean | undefined
  /** Tells users apart. Default: the sender of the activity. */
  readonly userId?: string | undefined
  /** Another deployment than that of the client, e.g. `test`. */
  readonly deploymentName?: string | undefined
}

/** Which answers count, in the shape of the REST interface. */
export interface QuestionFilters {
  readonly metadataFilter?: {
    readonly metadata: readonly { readonly key: string; readonly value: string }[]
    /** Default `AND`. */
    readonly logicalOperation?: 'AND' | 'OR' | undefined
  }
  /** Names of sources. */
  readonly sourceFilter?: readonly string[] | undefined
  /** Joins the two. Default `AND`. */
  readonly logicalOperation?: 'AND' | 'OR' | undefined
}

/** Says which answer a user found right, so that the service suggests the question for it. */
export interface QuestionFeedback {
  readonly qnaId: number
  readonly userId: string
  readonly userQuestion: string
}

const API_VERSION = '2023-04-01'
/** Bounds what is sent; nobody asks so much. */
const MAX_QUESTION = 10_000

/**
 * Asks a knowledge base of custom question answering in Azure AI Language.
 *
 * @see https://learn.microsoft.com/azure/ai-services/language-service/question-answering/overview
 */
export class CustomQuestionAnsweringClient {
  private readonly apiVersion: string
  private readonly client: LanguageClient

  /**
   * @param options - The default of `apiVersion` is `2023-04-01`.
   * @throws {@link RecognizerOptionError} `RECOGNIZERS_OPTION`: something is missing, or the endpoint is not safe.
   */
  constructor(options: LanguageServiceOptions) {
    this.client = new LanguageClient(options)
    this.apiVersion = options.apiVersion ?? API_VERSION
  }

  /**
   * Answers a question, the best answer first.
   *
   * @param question - The text, or the turn whose activity has it. Its first 10,000 characters count.
   * @returns Nothing when the knowledge base has no answer, and when there is neither a question nor `qnaId`.
   * @throws {@link RecognizerOptionError} `RECOGNIZERS_OPTION`: `top` or `scoreThreshold` is out of bounds.
   * @throws {@link LanguageServiceError} `RECOGNIZERS_…`
   */
  async getAnswers(question: string | TurnContext, options: QuestionOptions = {}): Promise<QuestionAnswer[]> {
    const { text, userId } = typeof question === 'string' ? { text: question } : asked(question)
    const body = bodyOf(text.slice(0, MAX_QUESTION).trim(), { userId, ...defined(options) })
    if (!body) return []
    const { projectName } = this.client
    const deploymentName = options.deploymentName ?? this.client.deploymentName
    const answer = await this.client.send({
      operation: 'getAnswers',
      path: 'language/:query-knowledgebases',
      parameters: { projectName, deploymentName, 'api-version': this.apiVersion },
      body,
      deploymentName,
    })
    const answers = readAnswers(answer)
    if (!answers) throw this.client.answerInvalid('getAnswers')
    return options.includeDefaultAnswer ? answers : withoutDefaultAnswer(answers)
  }

  /**
   * Tells the service which answers users found right, for active learning.
   *
   * @throws {@link LanguageServiceError} `RECOGNIZERS_…`
   */
  async sendFeedback(records: readonly QuestionFeedback[]): Promise<void> {
    if (records.length === 0) return
    const project = encodeURIComponent(this.client.projectName)
    await this.client.send({
      operation: 'sendFeedback',
      path: `language/authoring/query-knowledgebases/projects/${project}/feedback`,
      parameters: { 'api-version': this.apiVersion },
      body: { records },
    })
  }

  /** Closes idle connections. */
  close(): void {
    this.client.close()
  }
}

function asked({ activity }: TurnContext): { text: string; userId?: string | undefined } {
  return { text: typeof activity.text === 'string' ? activity.text : '', userId: activity.from?.id }
}

/** @returns `undefined`: nothing is asked. */
function bodyOf(question: string, options: QuestionOptions): object | undefined {
  const {
    top = 1,
    scoreThreshold = 0.3,
    preciseAnswer,
    deploymentName: _,
    includeDefaultAnswer: __,
    ...others
  } = options
  if (!Number.isInteger(top) || top < 1) throw new RecognizerOptionError('"top" is no whole number of 1 or more.')
  if (!(scoreThreshold >= 0 && scoreThreshold <= 1)) {
    throw new RecognizerOptionError('"scoreThreshold" is no number from 0 to 1.')
  }
  if (question === '' && options.qnaId === undefined) return undefined
  return {
    ...(question === '' ? {} : { question }),
    top,
    confidenceScoreThreshold: scoreThreshold,
    ...others,
    ...(preciseAnswer ? { answerSpanRequest: { enable: true } } : {}),
  }
}

function defined(options: QuestionOptions): QuestionOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
