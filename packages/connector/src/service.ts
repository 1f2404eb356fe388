import type { Logger, ResourceResponse } from '@parley/core'
import type { Clock } from './clock.ts'
import type { OutboundCall, OutboundMethod, OutboundReply, OutboundSend } from './outbound.ts'
import { factsOf } from './refuse.ts'
import { SendAnswerInvalidError } from './send-errors.ts'

/** What a caller may say about one call. */
export interface CallOptions {
  /** Ends the call, waits between tries included; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /**
   * Sent as the header `Idempotency-Key`: a service that honours it carries out calls with one key once. Printable ASCII
   * without quotes and backslashes. Channels of the Bot Framework ignore it.
   *
   * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
   */
  readonly idempotencyKey?: string | undefined
}

/** One operation of the Connector API. */
export interface Operation {
  readonly name: string
  readonly method: OutboundMethod
  /** Below the service URL, with a leading slash, encoded. */
  readonly path: string
  /** JSON text. */
  readonly body?: string
}

/** Where a {@link Service} is and how long it may take. */
export interface ServiceOptions {
  readonly serviceUrl: string
  readonly audience: string
  readonly send: OutboundSend
  readonly clock: Clock
  readonly logger: Logger
  readonly tryTimeoutMs: number
  readonly totalTimeoutMs: number
}

const MAX_ANSWER_BYTES = 1024 * 1024
const READ_HEADERS = {}
const WRITE_HEADERS = { 'content-type': 'application/json; charset=utf-8' }

/** One connector service: turns operations into calls and answers into values. */
export class Service {
  private readonly options: ServiceOptions
  private readonly origin: string
  private readonly host: string
  private readonly prefix: string

  constructor(options: ServiceOptions) {
    const url = new URL(options.serviceUrl)
    this.options = options
    this.origin = url.origin
    this.host = url.host
    this.prefix = url.pathname.replace(/\/+$/, '')
  }

  /**
   * Reads a JSON value.
   *
   * @param accept - Gives the value when it has the promised shape, else `undefined`. An empty answer is `undefined` to it.
   * @throws {@link SendAnswerInvalidError} `SEND_ANSWER_INVALID`
   */
  async read<T>(operation: Operation, accept: (value: unknown) => T | undefined, options?: CallOptions): Promise<T> {
    const call = this.callOf(operation, options)
    const reply = await this.options.send(call)
    const json = parseJson(reply)
    const value = json && accept(json.value)
    if (value === undefined) throw answerInvalid(call, reply)
    return value
  }

  /**
   * Reads bytes. One try may take the whole time of the call, for they can be many.
   *
   * @throws {@link SendAnswerInvalidError} `SEND_ANSWER_INVALID`: more than `maxBytes`, or cut off.
   */
  async readBytes(operation: Operation, maxBytes: number, options?: CallOptions): Promise<OutboundReply> {
    const headers = { accept: '*/*' }
    const call = { ...this.callOf(operation, options), headers, maxBytes, tryTimeoutMs: this.options.totalTimeoutMs }
    const reply = await this.options.send(call)
    if (reply.bodyProblem) throw answerInvalid(call, reply)
    return reply
  }

  /** Carries out an operation whose answer says nothing. */
  async run(operation: Operation, options?: CallOptions): Promise<void> {
    await this.options.send(this.callOf(operation, options))
  }

  /**
   * Carries out an operation that is answered with an id. It happened, whatever the body of a 2xx is; so an unusable body is
   * logged and gives the id `''`, because an error would make the caller send again.
   */
  async write(operation: Operation, options?: CallOptions): Promise<ResourceResponse> {
    const call = this.callOf(operation, options)
    const reply = await this.options.send(call)
    const value = parseJson(reply)?.value
    if (hasId(value)) return value
    const facts = { ev: 'outbound.id_unknown', ...factsOf(call, reply), problem: problemOf(reply) }
    this.options.logger.warn(
      facts,
      'The service did it but did not say under which id; it cannot be updated or deleted.',
    )
    return { id: '' }
  }

  private callOf({ name, method, path, body }: Operation, options: CallOptions | undefined): OutboundCall {
    const { audience, clock, tryTimeoutMs, totalTimeoutMs } = this.options
    return {
      operation: name,
      method,
      origin: this.origin,
      host: this.host,
      path: this.prefix + path,
      audience,
      headers: headersOf(body, options?.idempotencyKey),
      body,
      maxBytes: MAX_ANSWER_BYTES,
      tryTimeoutMs,
      deadlineAt: clock.now() + totalTimeoutMs,
      signal: options?.signal,
    }
  }
}

function headersOf(body: string | undefined, idempotencyKey: string | undefined): Readonly<Record<string, string>> {
  const headers = body === undefined ? READ_HEADERS : WRITE_HEADERS
  return idempotencyKey === undefined ? headers : { ...headers, 'idempotency-key': `"${idempotencyKey}"` }
}

/** Whether a value is what the API answers when it made something. */
export function hasId(value: unknown): value is { id: string } {
  return typeof value === 'object' && value !== null && typeof (value as { id?: unknown }).id === 'string'
}

function parseJson({ body, bodyProblem }: OutboundReply): { value: unknown } | undefined {
  if (bodyProblem) return undefined
  if (body.length === 0) return { value: undefined }
  try {
    return { value: JSON.parse(body.toString('utf8')) }
  } catch {
    return undefined
  }
}

function answerInvalid(call: OutboundCall, reply: OutboundReply): SendAnswerInvalidError {
  return new SendAnswerInvalidError(factsOf(call, reply), problemOf(reply))
}

function problemOf({ body, bodyProblem }: OutboundReply): string {
  if (bodyProblem) return `is ${bodyProblem}`
  return body.length === 0 ? 'is empty' : 'is not the JSON that the API promises'
}
