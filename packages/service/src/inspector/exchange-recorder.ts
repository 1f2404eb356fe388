import type { IncomingMessage, ServerResponse } from 'node:http'
import { observeBody } from '../http/read-body.ts'
import type { DecodedToken, Lint } from './entry.ts'
import { placeOf } from './exchange-place.ts'
import type { ExchangePlace } from './exchange-place.ts'
import type { Inspector } from './inspector.ts'
import { CALL_RULES } from './lints/call-rules.ts'
import type { BotCall } from './lints/call-rules.ts'
import { isObject, lint } from './lints/lint-rule.ts'
import { redactText } from './redact.ts'
import { jsonOrText, storeMessage } from './stored-message.ts'
import type { StoredMessage } from './stored-message.ts'
import { readToken } from './tokens/token-text.ts'
import type { TokenInspector } from './tokens/token-inspector.ts'
import type { TurnsSeen } from './turns-seen.ts'

const ACTIVITIES = /^\/v3\/conversations\/[^/]+\/activities(?:\/(?!history$)[^/]+)?$/

const MAX_PATH_CHARS = 2048

/** Enters the calls of bots and clients, with the service's answers. */
export class ExchangeRecorder {
  private readonly inspector: Inspector
  private readonly turns: TurnsSeen
  private readonly tokens: TokenInspector

  constructor(inspector: Inspector, turns: TurnsSeen, tokens: TokenInspector) {
    this.tokens = tokens
    this.inspector = inspector
    this.turns = turns
  }

  /** Watches a request until it is over, if it is one worth showing. */
  observe(request: IncomingMessage, response: ServerResponse): void {
    const place = placeOf(request)
    if (!place) return
    if (place.way === 'from-bot') this.noteFetch(place)
    const at = this.inspector.clock.now()
    const startedAt = performance.now()
    const turnAtBegin = this.turnOf(request, place)
    let requestBody: Buffer | undefined
    let responseBody: Buffer | undefined
    observeBody(request, (body) => (requestBody = body))
    observeEnd(response, (body) => (responseBody = body))
    response.once('close', () => {
      const ms = Math.round((performance.now() - startedAt) * 10) / 10
      this.enter({ request, response, place, at, ms, requestBody, responseBody, turnAtBegin })
    })
  }

  private noteFetch({ path }: ExchangePlace): void {
    const fetcher = this.inspector.onlyBot ?? this.turns.onlyBusyBot
    this.tokens.fetches.note(path, fetcher, this.inspector.clock.now())
  }

  private enter({ request, response, place, at, ms, requestBody, responseBody, turnAtBegin }: Observed): void {
    const { limits, secrets } = this.inspector
    const options = { maxBodyBytes: limits.maxBodyBytes, secrets }
    const isAnswered = response.headersSent
    const status = isAnswered ? response.statusCode : undefined
    const token = this.tokenOf(request, place, status)
    const sent = storeMessage({ headers: request.headers, body: requestBody }, options)
    const turn = turnAtBegin
    this.inspector.enter({
      at,
      summary: {
        kind: 'http',
        ...this.belongsTo(request, place, requestBody),
        way: place.way,
        method: request.method ?? '',
        path: redactText((request.url ?? '').slice(0, MAX_PATH_CHARS), secrets),
        ...(isAnswered ? { status: response.statusCode } : {}),
        ms,
        ...(isAnswered ? problemOf(response.statusCode, responseBody, secrets) : { problem: NO_ANSWER }),
      },
      ...(token ? { token } : {}),
      request: sent,
      ...(turn === undefined ? {} : { lint: this.lintOf(request, place, sent, turn) }),
      ...(isAnswered
        ? { response: storeMessage({ headers: response.getHeaders(), body: responseBody }, options) }
        : {}),
    })
  }

  /** Only calls that add, change or take back activities have a turn. */
  private turnOf(
    { method }: IncomingMessage,
    { way, path, conversationId, activityId }: ExchangePlace,
  ): BotCall['turn'] | undefined {
    const isAbout = way === 'from-bot' && method !== 'GET' && ACTIVITIES.test(path)
    return isAbout && conversationId !== undefined ? this.turns.stateOf(conversationId, activityId) : undefined
  }

  private lintOf(
    { method = '', headers }: IncomingMessage,
    { conversationId = '', activityId }: ExchangePlace,
    { text, bytes, truncated }: StoredMessage,
    turn: BotCall['turn'],
  ): () => readonly Lint[] {
    const channelId = this.inspector.channelOf(conversationId)
    const size = bytes === 0 ? Number(headers['content-length'] ?? 0) : bytes
    const isReply = activityId !== undefined
    return () => {
      const body = text === undefined || truncated ? undefined : jsonOrText(text)
      const activity = isObject(body) ? body : undefined
      return lint(CALL_RULES, { method, activity, bytes: size, channelId, isReply, turn })
    }
  }

  private tokenOf(
    { headers }: IncomingMessage,
    { way, path, conversationId }: ExchangePlace,
    status: number | undefined,
  ): (() => DecodedToken) | undefined {
    if (way !== 'from-bot') return undefined
    const conversationBotId = conversationId === undefined ? undefined : this.inspector.botOf(conversationId)
    return this.tokens.ofBotCall({ authorization: headers.authorization, path, status, conversationBotId })
  }

  private belongsTo(
    request: IncomingMessage,
    { way, conversationId, activityId }: ExchangePlace,
    body: Buffer | undefined,
  ): {
    readonly conversationId?: string
    readonly appId?: string
    readonly turn?: string
    readonly activityId?: string
  } {
    const botId = conversationId === undefined ? undefined : this.inspector.botOf(conversationId)
    const caller = way === 'from-bot' ? callerOf(request, body) : undefined
    const appId = caller !== undefined && this.inspector.isBot(caller) ? caller : botId
    const turn =
      conversationId === undefined || botId === undefined
        ? undefined
        : way === 'from-bot'
          ? ((request.method === 'POST' ? activityId : undefined) ?? this.turns.running(conversationId))
          : undefined
    return {
      ...(conversationId === undefined || botId === undefined ? {} : { conversationId }),
      ...(appId === undefined ? {} : { appId }),
      ...(turn === undefined ? {} : { turn }),
      ...(activityId === undefined ? {} : { activityId }),
    }
  }
}

interface Observed {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly place: ExchangePlace
  readonly at: number
  readonly ms: number
  readonly requestBody: Buffer | undefined
  readonly responseBody: Buffer | undefined
  /** Where the turn of the conversation was when the call came; absent for calls that carry no activity. */
  readonly turnAtBegin: BotCall['turn'] | undefined
}

const NO_ANSWER = 'The connection ended before the service had answered.'

/** The bodies of all answers are given to `end`. */
function observeEnd(response: ServerResponse, observer: (body: Buffer) => void): void {
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse
  response.end = ((...args: unknown[]): ServerResponse => {
    if (Buffer.isBuffer(args[0])) observer(args[0])
    return end(...args)
  }) as ServerResponse['end']
}

/** What the error shape says, or OAuth's. */
function problemOf(
  status: number,
  body: Buffer | undefined,
  secrets: readonly string[],
): { readonly problem?: string } {
  if (status < 400) return {}
  const text = body?.toString() ?? ''
  const message = /"(?:message|error_description)":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]
  return { problem: message === undefined ? `Answered ${status}.` : redactText(message, secrets) }
}

/** The bot a call says it comes from; whether that is true is another question. */
function callerOf({ headers }: IncomingMessage, body: Buffer | undefined): string | undefined {
  if (headers.authorization === undefined) {
    return new URLSearchParams(body?.toString() ?? '').get('client_id') ?? undefined
  }
  const { appid, azp } = readToken(headers.authorization)?.claims ?? {}
  const caller = appid ?? azp
  return typeof caller === 'string' ? caller : undefined
}
