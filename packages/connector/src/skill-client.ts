import type { LookupFunction } from 'node:net'
import { checkServiceUrl, ParleyError, serializeActivity } from '@parley/core'
import type { Activity, InvokeResponse, OpenValue } from '@parley/core'
import { guardLookup } from './address-guard.ts'
import { createAgents } from './agents.ts'
import type { Agents } from './agents.ts'
import { exchange } from './exchange.ts'
import type { OutboundCall, OutboundReply } from './outbound.ts'
import { factsOf, ofFailure } from './refuse.ts'
import { SendAnswerInvalidError } from './send-errors.ts'
import { toSkillActivity } from './skill-activity.ts'
import { whileCalling } from './skill-calls.ts'
import { TransportFailure } from './transport-failure.ts'

/** What a {@link SkillClient} needs of `fetch`: its answers have at least one of `text` and `json`. */
export type SkillFetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string },
) => Promise<{ readonly status: number; text?: () => Promise<string>; json?: () => Promise<unknown> }>

/** Settings of a {@link SkillClient}. */
export interface SkillClientOptions {
  /** The bearer with which the bot `fromBotId` calls the bot `toBotId`; `undefined`: the call goes out unsigned. */
  readonly getToken: (fromBotId: string, toBotId: string) => Promise<string | undefined>
  /** Lets skills be on this machine, and be `http:` there. Default `false`. */
  readonly allowLoopback?: boolean | undefined
  /** Time for one call with its turn in the skill, in milliseconds; default 100,000. */
  readonly timeoutMs?: number | undefined
  /** Carries calls out instead of `node:http`, to any address: whoever replaces it decides which are allowed. */
  readonly fetch?: SkillFetch | undefined
  /** Value of the header `User-Agent`; default `Parley`. */
  readonly userAgent?: string | undefined
  /** Resolves host names; what it gives is still checked. Default: the system's. */
  readonly lookup?: LookupFunction | undefined
}

/** The address of a skill may not be called: not https, not public. Correct the endpoint in the bot's configuration. */
export class SkillEndpointForbiddenError extends ParleyError {
  static readonly code = 'CONNECTOR_SKILL_ENDPOINT_FORBIDDEN'
  readonly code: string = SkillEndpointForbiddenError.code

  constructor(host: string, options?: ErrorOptions) {
    super(
      `The skill at ${host} cannot be called; give its endpoint as an https address that is public. ` +
        'Only a skill on this machine may be http.',
      options,
    )
  }
}

const CONNECT_TIMEOUT_MS = 3_000
const MAX_ANSWER_BYTES = 10 * 1024 * 1024

/**
 * Hands activities on to other bots, as their channel. Never follows a redirect and never repeats a call: the skill may have
 * acted on it.
 */
export class SkillClient {
  private readonly options: SkillClientOptions
  private readonly agents: Agents

  constructor(options: SkillClientOptions) {
    this.options = options
    this.agents = createAgents(guardLookup(options.allowLoopback ?? false, options.lookup))
  }

  /**
   * Posts an activity to a skill and waits for its turn. `activity` is not changed.
   *
   * @param toUrl - Where the skill takes activities, e.g. `https://skill.example/api/messages`.
   * @param serviceUrl - Where the skill sends its replies: the address of this bot's `ChannelServiceRoutes`.
   * @param conversationId - The conversation as the skill will know it, from the factory of such ids.
   * @returns Whatever the skill answered, with any status. The body is parsed when it is JSON, else it is text.
   * @throws TypeError `toUrl` is no URL.
   * @throws {@link SkillEndpointForbiddenError} `CONNECTOR_SKILL_ENDPOINT_FORBIDDEN`
   * @throws {@link SendError} `SEND_…`: there was no answer.
   */
  async postActivity<T = OpenValue>(
    fromBotId: string,
    toBotId: string,
    toUrl: string,
    serviceUrl: string,
    conversationId: string,
    activity: Partial<Activity>,
  ): Promise<InvokeResponse<T>> {
    const url = new URL(toUrl)
    if (!this.options.fetch) this.checkAddress(url)
    const body = serializeActivity(toSkillActivity(activity, serviceUrl, conversationId))
    const token = await this.options.getToken(fromBotId, toBotId)
    const headers = this.headersOf(conversationId, token)
    const { fetch } = this.options
    return whileCalling(conversationId, () =>
      fetch ? viaFetch<T>(fetch, toUrl, headers, body) : this.send<T>(url, headers, body),
    )
  }

  /** Closes idle connections. */
  close(): void {
    this.agents.destroy()
  }

  /** Without the query, which may hold the key of the skill's host. */
  private checkAddress({ origin, pathname, host, username, password }: URL): void {
    try {
      if (username || password) throw new TypeError('The address has user info.')
      checkServiceUrl(origin + pathname, { allowLoopback: this.options.allowLoopback ?? false })
    } catch (cause) {
      throw new SkillEndpointForbiddenError(host, { cause })
    }
  }

  private headersOf(conversationId: string, token: string | undefined): Record<string, string> {
    return {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'x-ms-conversation-id': conversationId,
      'User-Agent': this.options.userAgent ?? 'Parley',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    }
  }

  private async send<T>(url: URL, headers: Record<string, string>, body: string): Promise<InvokeResponse<T>> {
    const call = callOf(url, headers, body, this.options.timeoutMs ?? 100_000)
    const reply = await this.carry(url, call)
    if (reply.bodyProblem) throw new SendAnswerInvalidError(factsOf(call, reply), `is ${reply.bodyProblem}`)
    return { status: reply.status, body: parseBody(reply.body.toString('utf8')) as T }
  }

  private async carry(url: URL, call: OutboundCall): Promise<OutboundReply> {
    const secure = url.protocol === 'https:'
    try {
      return await exchange({
        secure,
        hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
        port: url.port,
        method: call.method,
        path: call.path,
        headers: call.headers,
        body: call.body,
        agent: secure ? this.agents.httpsAgent : this.agents.httpAgent,
        connectTimeoutMs: CONNECT_TIMEOUT_MS,
        timeoutMs: call.tryTimeoutMs,
        maxBytes: call.maxBytes,
        signal: undefined,
      })
    } catch (error) {
      throw error instanceof TransportFailure ? ofFailure(call, error) : error
    }
  }
}

async function viaFetch<T>(
  fetch: SkillFetch,
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<InvokeResponse<T>> {
  const response = await fetch(url, { method: 'POST', headers, body })
  const answer = response.text ? parseBody(await response.text()) : await response.json?.()
  return { status: response.status, body: answer as T }
}

function callOf(
  { origin, host, pathname, search }: URL,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
): OutboundCall {
  return {
    operation: 'postActivity',
    method: 'POST',
    origin,
    host,
    path: pathname + search,
    audience: '',
    headers,
    body,
    maxBytes: MAX_ANSWER_BYTES,
    tryTimeoutMs: timeoutMs,
    deadlineAt: 0,
  }
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
