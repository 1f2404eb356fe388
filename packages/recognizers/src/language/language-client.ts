import { RestClient, parseRetryAfter } from '@parley/connector'
import type { OutboundReply } from '@parley/connector'
import { ParleyError } from '@parley/core'
import type { TokenSource } from '@parley/core'
import {
  LanguageAnswerInvalidError,
  LanguageProjectNotFoundError,
  LanguageServiceFailedError,
  LanguageServiceRefusedError,
  LanguageServiceRejectedError,
  LanguageServiceThrottledError,
  LanguageServiceUnreachableError,
} from './language-service-errors.ts'
import type { LanguageServiceFacts } from './language-service-errors.ts'
import { checkServiceOptions } from './language-service-options.ts'
import type { AccessTokenCredential, LanguageServiceOptions } from './language-service-options.ts'

/** One call of the service. */
export interface LanguageCall {
  /** For errors and logs. */
  readonly operation: string
  /** Below the endpoint, encoded, without a slash at its beginning. */
  readonly path: string
  readonly parameters: Readonly<Record<string, string>>
  readonly body: object
  /** Asked for in errors, when it is another than that of the options. */
  readonly deploymentName?: string | undefined
}

const AUDIENCE = 'https://cognitiveservices.azure.com'
const MAX_ANSWER_BYTES = 4 * 1024 * 1024
const DEFAULT_TIMEOUT_MS = 9_500
const TRY_TIMEOUT_MS = 5_000

/**
 * Calls Azure AI Language. Retries, limits and addresses are those of every outbound call; what is sent is a question, so a call
 * whose answer was lost is made once more.
 */
export class LanguageClient {
  readonly projectName: string
  readonly deploymentName: string
  private readonly endpoint: URL
  private readonly timeoutMs: number
  private readonly rest: RestClient
  /** A function, so that nobody who prints the client prints the key. */
  private readonly authorize: () => Promise<Signature>

  /** @throws {@link RecognizerOptionError} `RECOGNIZERS_OPTION` */
  constructor(options: LanguageServiceOptions) {
    this.endpoint = checkServiceOptions(options)
    this.projectName = options.projectName
    this.deploymentName = options.deploymentName
    this.timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
    this.authorize = authorizer(options)
    this.rest = new RestClient({
      allowLoopback: true,
      allowPrivate: true,
      tryTimeoutMs: Math.min(TRY_TIMEOUT_MS, this.timeoutMs),
      totalTimeoutMs: this.timeoutMs,
      logger: options.logger,
    })
  }

  /**
   * Makes a call.
   *
   * @returns The JSON of the answer; `undefined` when it has no body.
   * @throws {@link LanguageServiceError} `RECOGNIZERS_…`
   */
  async send(call: LanguageCall): Promise<unknown> {
    const facts = { operation: call.operation, host: this.endpoint.host }
    const signal = AbortSignal.timeout(this.timeoutMs)
    const { reply, secret } = await this.exchange(call, facts, signal)
    return this.read(call, reply, { ...facts, statusCode: reply.status, serviceCode: serviceCodeOf(reply, secret) })
  }

  /** The error for JSON that is not what the API promises. */
  answerInvalid(operation: string): LanguageAnswerInvalidError {
    return new LanguageAnswerInvalidError({ operation, host: this.endpoint.host }, 'is not what the API promises')
  }

  /** Closes idle connections. */
  close(): void {
    this.rest.close()
  }

  /** A token that the service does not accept is dropped, and the call made once more with a fresh one. */
  private async exchange(call: LanguageCall, facts: LanguageServiceFacts, signal: AbortSignal): Promise<Exchanged> {
    const signature = await this.sign(facts, signal)
    const reply = await this.askTwice(call, signature, facts, signal)
    if (reply.status !== 401 || !signature.forget) return { reply, secret: signature.secret }
    signature.forget()
    const fresh = await this.sign(facts, signal)
    return { reply: await this.askTwice(call, fresh, facts, signal), secret: fresh.secret }
  }

  private async sign(facts: LanguageServiceFacts, signal: AbortSignal): Promise<Signature> {
    try {
      return await unlessAborted(this.authorize(), signal)
    } catch (cause) {
      const problem = signal.aborted ? 'the credential gave no token in time' : 'the credential gave no token'
      throw new LanguageServiceUnreachableError(facts, problem, { cause })
    }
  }

  private async askTwice(
    call: LanguageCall,
    signature: Signature,
    facts: LanguageServiceFacts,
    signal: AbortSignal,
  ): Promise<OutboundReply> {
    const ask = (): Promise<OutboundReply> => this.ask(call, signature, signal)
    try {
      return await ask().catch((error: unknown) => {
        if (codeOf(error) === 'SEND_MAYBE_SENT') return ask()
        throw error
      })
    } catch (cause) {
      const isLate = signal.aborted || codeOf(cause) === 'SEND_TIMEOUT'
      const problem = isLate ? `there was no answer within ${this.timeoutMs} ms` : 'the service cannot be reached'
      throw new LanguageServiceUnreachableError(facts, problem, { cause })
    }
  }

  private ask(
    { operation, path, parameters, body }: LanguageCall,
    { headers }: Signature,
    signal: AbortSignal,
  ): Promise<OutboundReply> {
    const url = new URL(this.endpoint.pathname + path, this.endpoint)
    url.search = new URLSearchParams(parameters).toString()
    return this.rest.send({
      operation,
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      maxBytes: MAX_ANSWER_BYTES,
      signal,
    })
  }

  private read({ deploymentName }: LanguageCall, reply: OutboundReply, facts: LanguageServiceFacts): unknown {
    const { status } = reply
    if (status === 401 || status === 403) throw new LanguageServiceRefusedError(facts)
    if (status === 404) {
      throw new LanguageProjectNotFoundError(facts, this.projectName, deploymentName ?? this.deploymentName)
    }
    if (status === 429) throw new LanguageServiceThrottledError(facts, parseRetryAfter(reply.headers))
    if (status >= 500) throw new LanguageServiceFailedError(facts)
    if (status < 200 || status >= 300) throw new LanguageServiceRejectedError(facts)
    if (reply.bodyProblem) throw new LanguageAnswerInvalidError(facts, `is ${reply.bodyProblem}`)
    if (reply.body.length === 0) return undefined
    try {
      return JSON.parse(reply.body.toString('utf8'))
    } catch {
      // The text of the fault would quote the answer.
      throw new LanguageAnswerInvalidError(facts, 'is not JSON')
    }
  }
}

interface Signature {
  readonly headers: Readonly<Record<string, string>>
  readonly secret: string
  /** Says that the service did not accept it. */
  readonly forget?: (() => void) | undefined
}

interface Exchanged {
  readonly reply: OutboundReply
  readonly secret: string
}

function authorizer({ key, credential }: LanguageServiceOptions): () => Promise<Signature> {
  if (key !== undefined) return async () => ({ headers: { 'ocp-apim-subscription-key': key }, secret: key })
  return async () => {
    if (!credential) throw new TypeError('There is neither a key nor a credential.')
    const token = isTokenSource(credential)
      ? await credential.getToken(AUDIENCE)
      : (await credential.getToken(`${AUDIENCE}/.default`))?.token
    if (!token) throw new TypeError('The credential has no token for Azure AI Language.')
    const forget = isTokenSource(credential) ? (): void => credential.forget(AUDIENCE, token) : undefined
    return { headers: { authorization: `Bearer ${token}` }, secret: token, forget }
  }
}

function isTokenSource(credential: TokenSource | AccessTokenCredential): credential is TokenSource {
  return typeof (credential as Partial<TokenSource>).forget === 'function'
}

function unlessAborted<T>(pending: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason)
    signal.addEventListener('abort', onAbort)
    void pending.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
    if (signal.aborted) onAbort()
  })
}

function codeOf(error: unknown): string | undefined {
  return ParleyError.isParleyError(error) ? error.code : undefined
}

/** Codes of the service are words; a hostile one could send the secret back here. */
function serviceCodeOf({ body, status }: OutboundReply, secret: string): string | undefined {
  if (status < 400) return undefined
  try {
    const code: unknown = JSON.parse(body.toString('utf8'))?.error?.code
    return typeof code === 'string' && /^[A-Z][A-Za-z]{2,63}$/.test(code) && !secret.includes(code) ? code : undefined
  } catch {
    return undefined
  }
}
