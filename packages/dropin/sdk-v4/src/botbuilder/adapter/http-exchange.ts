import { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { DONE, fromNodeRequest, jsonAnswer, limitRest } from '@parley/adapter/internal'
import type { Answer, InboundRequest } from '@parley/adapter/internal'
import type { InvokeResponse } from '@parley/core'
import type { Request, Response } from './web-messages.ts'

/** What v4 says when nothing has parsed the body and it cannot be read either. */
const NO_BODY = '`req.body` not an object, make sure you are using middleware to parse incoming requests.'

const JSON_TYPE = 'application/json'
const THIS_MACHINE = '127.0.0.1'

/** Whether the request has a body: parsed, or still to be read. */
export function hasBody(request: Request): boolean {
  const body: unknown = request.body
  if (body !== undefined && body !== null) return typeof body === 'object'
  return typeof (request as { on?: unknown }).on === 'function'
}

/** Answers a request without a body. */
export function answerWithoutBody(response: Response): void {
  response.status(400)
  response.send(NO_BODY)
  response.end()
}

/**
 * Translates a request. One that a program made up may have header names in any case and comes from this machine; whoever
 * parsed the body has looked at its type.
 */
export function fromWebRequest(request: Request): InboundRequest {
  const { body } = request
  const headers = (request.headers as Request['headers'] | undefined) ?? {}
  const inbound = fromNodeRequest('headers' in request ? request : { ...(request as Request), headers })
  return {
    ...inbound,
    ...('socket' in request ? {} : { remoteAddress: THIS_MACHINE, comesOnce: true }),
    header: (name) =>
      inbound.header(name) ?? inAnyCase(headers, name) ?? (body && name === 'content-type' ? JSON_TYPE : undefined),
    body: body ? async () => ({ kind: 'parsed', value: withTimesAsText(body) }) : (maxBytes) => inbound.body(maxBytes),
  }
}

/**
 * Writes an answer the way v4 does: status, body, end. Resolves once it is written, which may be held back.
 *
 * @param request - What is left of its body is read, within bounds.
 */
export async function writeWebAnswer(request: unknown, response: Response, answer: Answer): Promise<void> {
  const { status, headers, body, delayMs } = answer
  if (delayMs) await sleep(delayMs)
  // Something else, such as a time limit of the host, has answered already.
  if ((response as { headersSent?: boolean }).headersSent) return
  response.status(status)
  if (request instanceof IncomingMessage) limitRest(request)
  for (const [name, value] of Object.entries(headers)) {
    if (name !== 'Content-Type' && typeof response.header === 'function') response.header(name, value)
  }
  if (body !== undefined) response.send(JSON.parse(body))
  response.end()
}

/** What a turn answers. */
export function answerOf(response: InvokeResponse | undefined): Answer {
  return response ? jsonAnswer(response.status ?? 200, response.body) : DONE
}

/** Programs hand over activities whose times are dates already; on the wire they are text. */
function withTimesAsText(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const times = ['timestamp', 'localTimestamp', 'expiration'].filter((name) => body[name] instanceof Date)
  if (times.length === 0) return body
  return { ...body, ...Object.fromEntries(times.map((name) => [name, (body[name] as Date).toJSON()])) }
}

function inAnyCase(headers: Request['headers'], wanted: string): string | undefined {
  const [, value] = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === wanted) ?? []
  return Array.isArray(value) ? value.join(', ') : value
}
