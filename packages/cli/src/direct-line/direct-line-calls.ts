import { CliUnreachableError } from '../errors.ts'
import { BotFailedError, ConversationOverError, CredentialRefusedError, DirectLineError } from './direct-line-errors.ts'
import { fieldsOf, textOf } from './wire-activity.ts'
import type { WireFields } from './wire-activity.ts'

/** One call of Direct Line. */
export interface DirectLineCall {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly credential: string
  /** Sent as JSON, or as it is when it is a form. */
  readonly body?: object | FormData
  readonly signal?: AbortSignal
}

/** Longer than the 15 s a bot has to answer, because the service waits for it. */
const TIMEOUT_MS = 30_000
/** How often a service that is busy is asked, and the longest it may keep us waiting. */
const MAX_TRIES = 3
const MAX_RETRY_AFTER_SECONDS = 10

/**
 * Calls Direct Line and returns the JSON of the answer.
 *
 * @param base - Address with `/v3/directline`.
 * @throws CliUnreachableError `CLI_UNREACHABLE`: nobody answers, or the secret or token is refused.
 * @throws BotFailedError `CLI_BOT_FAILED`: the bot did not take the activity.
 * @throws ConversationOverError `CLI_CONVERSATION_OVER`: it has ended, or nobody knows it.
 * @throws DirectLineError `CLI_DIRECT_LINE`: anything else the service says no to.
 */
export async function callDirectLine(base: string, call: DirectLineCall): Promise<WireFields> {
  for (let attempt = 1; ; attempt++) {
    const response = await send(base, call)
    const retryAfter = Number(response.headers.get('retry-after') ?? 1)
    const answer = await readAnswer(response, base)
    if (response.ok) return answer
    if (response.status !== 429 || attempt === MAX_TRIES || !(retryAfter <= MAX_RETRY_AFTER_SECONDS)) {
      throw refusalOf(response.status, answer, base)
    }
    await new Promise((resolve) => setTimeout(resolve, retryAfter * 1000))
  }
}

async function send(base: string, { method, path, credential, body, signal }: DirectLineCall): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const isForm = body instanceof FormData
  try {
    return await fetch(`${base}${path}`, {
      method,
      // A secret goes nowhere but to the address it was given for.
      redirect: 'error',
      headers: {
        Authorization: `Bearer ${credential}`,
        ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    })
  } catch (cause) {
    signal?.throwIfAborted()
    throw unreachable(base, reasonOf(cause), cause)
  }
}

async function readAnswer(response: Response, base: string): Promise<WireFields> {
  let text: string
  try {
    text = await response.text()
  } catch (cause) {
    throw unreachable(base, reasonOf(cause), cause)
  }
  try {
    return fieldsOf(JSON.parse(text))
  } catch (cause) {
    if (!response.ok || text === '') return {}
    throw new CliUnreachableError(`${originOf(base)} is no Direct Line service: what it answers is no JSON.`, { cause })
  }
}

function refusalOf(status: number, answer: WireFields, base: string): Error {
  const { code, message } = fieldsOf(answer['error'])
  const said = textOf(message) || textOf(code) || `status ${status}`
  if (status === 502) return new BotFailedError(said)
  if (status === 403 && code === 'ConversationEnded')
    return new ConversationOverError(`The conversation is over: ${said}`)
  if (status === 401 || status === 403) {
    const fix = 'Check the secret (DIRECTLINE_SECRET of the service), or get a new token.'
    return new CredentialRefusedError(`${originOf(base)} refused the secret or token: ${said} ${fix}`)
  }
  if (status === 404 && code === undefined) {
    return new CliUnreachableError(`There is no Direct Line at ${base}; correct the address of the service.`)
  }
  if (status === 404) return new ConversationOverError(`The conversation is gone: ${said}`)
  return new DirectLineError(status, `The service answered ${status}: ${said}`)
}

function unreachable(base: string, reason: string, cause: unknown): CliUnreachableError {
  const fix = 'Start it, or correct the address.'
  return new CliUnreachableError(`No service answers at ${originOf(base)} (${reason}). ${fix}`, { cause })
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as Error
  if (name === 'TimeoutError') return `no answer in ${TIMEOUT_MS / 1000} s`
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? (cause as Error | undefined)?.message ?? name
}

function originOf(base: string): string {
  return new URL(base).origin
}
