import { ParleyError } from '@parley/core'

/** A recognizer was made or asked with something it cannot work with. The message names the option. */
export class RecognizerOptionError extends ParleyError {
  static readonly code = 'RECOGNIZERS_OPTION'
  readonly code: string = RecognizerOptionError.code
}

/** What is known about a call to the service of Azure that failed. */
export interface LanguageServiceFacts {
  /** What was done, e.g. `analyzeConversation`. */
  readonly operation: string
  /** Host and port of the service. */
  readonly host: string
  /** HTTP status, when the service answered. */
  readonly statusCode?: number | undefined
  /** What the service calls it, e.g. `ProjectNotFound`. */
  readonly serviceCode?: string | undefined
}

/** Azure AI Language could not be asked. One subclass for each thing to do about it. */
export abstract class LanguageServiceError extends ParleyError implements LanguageServiceFacts {
  readonly operation: string
  readonly host: string
  readonly statusCode: number | undefined
  readonly serviceCode: string | undefined

  constructor(remedy: string, facts: LanguageServiceFacts, options?: ErrorOptions) {
    const { operation, host, statusCode, serviceCode } = facts
    const answer = statusCode === undefined ? '' : ` answered ${statusCode}${serviceCode ? ` ${serviceCode}` : ''}`
    super(`${operation} (${host})${answer}: ${remedy}`, options)
    this.operation = operation
    this.host = host
    this.statusCode = statusCode
    this.serviceCode = serviceCode
  }
}

/** 401 or 403: the service does not accept the key or the identity. */
export class LanguageServiceRefusedError extends LanguageServiceError {
  static readonly code = 'RECOGNIZERS_REFUSED'
  readonly code: string = LanguageServiceRefusedError.code

  constructor(facts: LanguageServiceFacts, options?: ErrorOptions) {
    super(
      'the key or the identity is not accepted; check that the key is one of this resource, or the role of the identity ' +
        '("Cognitive Services Language Reader"), and the network rules of the resource.',
      facts,
      options,
    )
  }
}

/** 404: there is no such project or deployment at this endpoint. */
export class LanguageProjectNotFoundError extends LanguageServiceError {
  static readonly code = 'RECOGNIZERS_PROJECT_NOT_FOUND'
  readonly code: string = LanguageProjectNotFoundError.code

  constructor(facts: LanguageServiceFacts, project: string, deployment: string, options?: ErrorOptions) {
    super(
      `there is no project "${project}" with a deployment "${deployment}"; check both names and the endpoint, and deploy the project.`,
      facts,
      options,
    )
  }
}

/** 429 for as long as the call may take: the resource has no quota left. */
export class LanguageServiceThrottledError extends LanguageServiceError {
  static readonly code = 'RECOGNIZERS_THROTTLED'
  readonly code: string = LanguageServiceThrottledError.code
  /** How long the service asked to wait, in milliseconds, when it said so. */
  readonly retryAfterMs: number | undefined

  constructor(facts: LanguageServiceFacts, retryAfterMs: number | undefined, options?: ErrorOptions) {
    const wait = retryAfterMs === undefined ? 'later' : `after ${Math.ceil(retryAfterMs / 1_000)} s`
    super(`the resource has no quota left; ask less often or raise its tier, and try again ${wait}.`, facts, options)
    this.retryAfterMs = retryAfterMs
  }
}

/** 5xx for as long as the call may take. */
export class LanguageServiceFailedError extends LanguageServiceError {
  static readonly code = 'RECOGNIZERS_FAILED'
  readonly code: string = LanguageServiceFailedError.code

  constructor(facts: LanguageServiceFacts, options?: ErrorOptions) {
    super('the service is failing; try again later.', facts, options)
  }
}

/** Any other status: the service did not accept the call, or is not Azure AI Language. */
export class LanguageServiceRejectedError extends LanguageServiceError {
  static readonly code = 'RECOGNIZERS_REJECTED'
  readonly code: string = LanguageServiceRejectedError.code

  constructor(facts: LanguageServiceFacts, options?: ErrorOptions) {
    const status = facts.statusCode ?? 0
    super(
      status >= 300 && status < 400
        ? 'redirects are not followed, as they would take the key elsewhere; correct the endpoint.'
        : 'the service did not accept the call; check the endpoint, the API version and the kind of the project.',
      facts,
      options,
    )
  }
}

/** The service said yes, but its answer cannot be used: not JSON, of another shape, cut off or too large. */
export class LanguageAnswerInvalidError extends LanguageServiceError {
  static readonly code = 'RECOGNIZERS_ANSWER_INVALID'
  readonly code: string = LanguageAnswerInvalidError.code

  constructor(facts: LanguageServiceFacts, problem: string, options?: ErrorOptions) {
    super(`the answer ${problem}; check the endpoint, the API version and the kind of the project.`, facts, options)
  }
}

/** No answer came in time, or none at all. */
export class LanguageServiceUnreachableError extends LanguageServiceError {
  static readonly code = 'RECOGNIZERS_UNREACHABLE'
  readonly code: string = LanguageServiceUnreachableError.code

  constructor(facts: LanguageServiceFacts, problem: string, options?: ErrorOptions) {
    super(`${problem}; check the endpoint and the way out to it.`, facts, options)
  }
}
