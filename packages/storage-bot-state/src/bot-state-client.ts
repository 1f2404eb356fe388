import type { LookupFunction } from 'node:net'
import { RestClient } from '@parley/connector'
import type { Clock, OutboundReply, RestRequest } from '@parley/connector'
import { checkServiceUrl } from '@parley/core'
import type { Logger, TokenSource } from '@parley/core'
import { ABSENT_ETAG } from '@parley/state'
import { checkReply, ofSendError, parseAnswer } from './bot-state-answer.ts'
import { bagUrl } from './bot-state-bag.ts'
import type { BotStateBag, BotStateData } from './bot-state-bag.ts'
import { BotStateAnswerInvalidError } from './bot-state-errors.ts'

/** Where the Bot State service is and how it is called. */
export interface BotStateClientOptions {
  /**
   * Base address of the service: the `serviceUrl` of an activity, where the channel has bags, or the address of its own that
   * a bot was given as `stateEndpoint`. https, or http on this machine.
   */
  readonly serviceUrl: string
  /** Gives the bearer. */
  readonly tokens: TokenSource
  /** Whom the bearer is for. Default `https://api.botframework.com`. */
  readonly audience?: string | undefined
  /** Lets the service be on this machine. Default `false`. */
  readonly allowLoopback?: boolean | undefined
  /** Default: silent. */
  readonly logger?: Logger | undefined
  /** Time for one try, in milliseconds; default 5,000. */
  readonly tryTimeoutMs?: number | undefined
  /** Time for a call with its token, all its tries and waits, in milliseconds; default 9,500. */
  readonly totalTimeoutMs?: number | undefined
  /** Resolves host names; what it gives is still checked. Default: the system's. */
  readonly lookup?: LookupFunction | undefined
  /** Default: the machine's. */
  readonly clock?: Clock | undefined
}

/**
 * The Bot State REST API v3: one bag of JSON for each user, each conversation and each user in a conversation, which belongs
 * to the bot that the token names. Every method fails with a {@link BotStateError} (`BOTSTATE_…`), with an error of the token
 * source, or with IdInvalidError `CONNECTOR_ID_INVALID` for an id that is empty, `.` or `..`.
 *
 * A call is tried again when the service is busy or failing, and one that reads or deletes a user also when its answer is lost.
 * A write of a certain version is tried again only when the service says that it was busy (429, 503).
 *
 * @see https://learn.microsoft.com/previous-versions/azure/bot-service/rest-api/bot-framework-rest-state
 */
export class BotStateClient {
  /** As it was given. */
  readonly serviceUrl: string
  private readonly audience: string
  private readonly rest: RestClient

  /** @throws InboundRefusedError `URL_SCHEME` or `URL_FORBIDDEN` of `@parley/core`: the service URL may not be called. */
  constructor({
    serviceUrl,
    audience = 'https://api.botframework.com',
    allowLoopback = false,
    ...rest
  }: BotStateClientOptions) {
    checkServiceUrl(serviceUrl, { allowLoopback })
    this.serviceUrl = serviceUrl
    this.audience = audience
    this.rest = new RestClient({ allowLoopback, ...rest })
  }

  /** What is stored in a bag; `{ data: null, eTag: '*' }` when nothing is. */
  async read(bag: BotStateBag): Promise<BotStateData> {
    return this.exchange('read', { method: 'GET', url: new URL(bagUrl(this.serviceUrl, bag)) }, acceptData)
  }

  /**
   * Replaces what is stored in a bag as a whole. `undefined` and `null` delete it; `{}`, `0`, `false` and `''` are stored.
   *
   * @param eTag - What is replaced: that very version; by default, and with `*`, whatever is there. `ABSENT_ETAG` of
   * `@parley/state` fills only an empty bag. The API has no word for that: it goes as the header `If-None-Match: *`, which
   * Parley's service honours, and without an `eTag`, which the old Emulator took to mean the same.
   * @returns What is stored now, with its new `eTag`.
   * @throws {@link BotStateConflictError} `BOTSTATE_CONFLICT`: something else is stored, nothing was written.
   * @throws {@link BotStateTooLargeError} `BOTSTATE_TOO_LARGE`: it is more than the service keeps in a bag, 32 KiB say.
   * @throws TypeError `data` is nothing JSON can hold.
   */
  async write(bag: BotStateBag, data: unknown, eTag = '*'): Promise<BotStateData> {
    const text: string | undefined = JSON.stringify(data ?? null)
    if (text === undefined) throw new TypeError('The data of a bag must be what JSON can hold, not a function.')
    const isNew = eTag === ABSENT_ETAG
    const request: Request = {
      method: 'POST',
      url: new URL(bagUrl(this.serviceUrl, bag)),
      headers: isNew ? { ...CONTENT, 'if-none-match': '*' } : CONTENT,
      body: isNew ? `{"data":${text}}` : `{"data":${text},"eTag":${JSON.stringify(eTag)}}`,
      finalStatuses: eTag === '*' ? [] : AMBIGUOUS_ON_CONDITION,
    }
    return this.exchange('write', request, acceptData)
  }

  /** Removes what is stored of a user on a channel: the user's bag, and the user's bags in all conversations there. */
  async deleteUser(channelId: string, userId: string): Promise<void> {
    const url = new URL(bagUrl(this.serviceUrl, { scope: 'user', channelId, userId }))
    await this.exchange('deleteUser', { method: 'DELETE', url }, () => true)
  }

  /** Closes idle connections. */
  close(): void {
    this.rest.close()
  }

  private async exchange<T>(
    operation: string,
    request: Request,
    accept: (value: unknown) => T | undefined,
  ): Promise<T> {
    const reply = await this.send(operation, request)
    const facts = checkReply({ operation, host: request.url.host, body: request.body }, reply)
    const value = accept(parseAnswer(reply))
    if (value === undefined) throw new BotStateAnswerInvalidError(facts)
    return value
  }

  private async send(operation: string, request: Request): Promise<OutboundReply> {
    const { audience } = this
    const { headers = {} } = request
    try {
      return await this.rest.send({ ...request, operation: `botState.${operation}`, headers, audience })
    } catch (error) {
      throw ofSendError({ operation, host: request.url.host }, error)
    }
  }
}

type Request = Pick<RestRequest, 'method' | 'url' | 'body' | 'finalStatuses'> & {
  readonly headers?: RestRequest['headers']
}

/**
 * The answers after which a write on a condition is not tried again: the conflict itself, and failures after which it may have
 * been carried out, because it would then conflict with itself.
 */
const AMBIGUOUS_ON_CONDITION = [412, 500, 502, 504]
const CONTENT = { 'content-type': 'application/json; charset=utf-8' }

/** Some services answered a deletion with nothing. */
function acceptData(value: unknown): BotStateData | undefined {
  if (value === undefined) return EMPTY
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { data = null, eTag } = value as Partial<BotStateData>
  return typeof eTag === 'string' ? { data, eTag } : undefined
}

const EMPTY: BotStateData = { data: null, eTag: '*' }
