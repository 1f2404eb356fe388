import { Agent as HttpAgent } from 'node:http'
import type { Agent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'
import { isBlobTokenCredential, isSharedKeySigner } from './blob-credential.ts'
import type { BlobTokenCredential } from './blob-credential.ts'
import { BlobsFailedError, BlobsRefusedError, BlobsUnreachableError } from './blob-errors.ts'
import { exchangeBlob } from './blob-exchange.ts'
import type { BlobExchange, BlobReply } from './blob-exchange.ts'
import type { BlobLocation } from './blob-location.ts'
import type { BlobsOptions } from './blobs-options.ts'
import { sharedKeyAuthorization } from './shared-key.ts'

/** What to ask of the service. */
export interface BlobCall {
  readonly method: BlobExchange['method']
  /** Of the blob; none for the container. */
  readonly name?: string
  readonly query?: Readonly<Record<string, string>>
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
  /** Statuses that are answers, besides 2xx. */
  readonly expected?: readonly number[]
}

/** An answer, and whether an earlier try may have been carried out already. */
export interface BlobAnswer extends BlobReply {
  readonly mayBeSecond: boolean
}

/** Version of the REST interface: all of it is in the services of sovereign clouds, too. */
const VERSION = '2021-12-02'
/** 0: no answer. */
const RETRIED = new Set([0, 408, 429, 500, 502, 503, 504])
const TOKEN_MARGIN_MS = 300_000

/** Speaks with the Blob service about one container: proves who asks, tries again, and makes errors of refusals. */
export class BlobClient {
  private readonly location: BlobLocation
  private readonly options: BlobsOptions
  private readonly agent: Agent
  private token: Promise<{ token: string; expiresOnTimestamp: number }> | undefined

  constructor(location: BlobLocation, options: BlobsOptions) {
    this.location = location
    this.options = options
    const OwnAgent = location.url.protocol === 'https:' ? HttpsAgent : HttpAgent
    this.agent = options.agent ?? new OwnAgent({ keepAlive: true, maxSockets: 64 })
  }

  /**
   * @throws {@link BlobsRefusedError} `BLOBS_REFUSED`: 401 or 403.
   * @throws {@link BlobsFailedError} `BLOBS_FAILED`: another error.
   * @throws {@link BlobsUnreachableError} `BLOBS_UNREACHABLE`: no answer.
   */
  async send(call: BlobCall): Promise<BlobAnswer> {
    const { maxTries = 4 } = this.options
    let mayBeSecond = false
    for (let attempt = 1; ; attempt++) {
      const reply = await this.attempt(call)
      if (attempt >= maxTries || !RETRIED.has(reply.statusCode)) return { ...this.judge(call, reply), mayBeSecond }
      mayBeSecond ||= reply.statusCode !== 429 && reply.headers['x-ms-error-code'] !== 'ServerBusy'
      await delay(this.pauseMs(attempt, reply))
    }
  }

  private async attempt(call: BlobCall): Promise<BlobReply> {
    const reply = await this.exchange(call)
    if (reply.statusCode !== 401 || !this.token) return reply
    // The token was withdrawn before its time: once more, with a new one.
    this.token = undefined
    return this.exchange(call)
  }

  private async exchange({ method, name, query = {}, headers = {}, body }: BlobCall): Promise<BlobReply> {
    const { url, credential } = this.location
    const path = pathOf(url, name)
    const unsigned: Record<string, string> = {
      ...headers,
      'x-ms-date': new Date().toUTCString(),
      'x-ms-version': VERSION,
      'user-agent': `${this.options.userAgentPrefix ? `${this.options.userAgentPrefix} ` : ''}parley-storage-blobs`,
      ...(method === 'PUT' ? { 'content-length': String(body?.length ?? 0) } : {}),
    }
    const parameters = { ...Object.fromEntries(url.searchParams), ...query }
    const authorization = isSharedKeySigner(credential)
      ? sharedKeyAuthorization(credential, { method, path, query: parameters, headers: unsigned })
      : isBlobTokenCredential(credential)
        ? `Bearer ${await this.currentToken(credential)}`
        : undefined
    const search = new URLSearchParams(parameters).toString().replaceAll('+', '%20')
    return exchangeBlob({
      method,
      url,
      path: search ? `${path}?${search}` : path,
      headers: authorization ? { ...unsigned, authorization } : unsigned,
      body,
      agent: this.agent,
      timeoutMs: this.options.tryTimeoutMs ?? 10_000,
    })
  }

  private async currentToken(credential: BlobTokenCredential): Promise<string> {
    const known = await this.token?.catch(() => undefined)
    if (!known || known.expiresOnTimestamp - TOKEN_MARGIN_MS < Date.now()) this.token = this.fetchToken(credential)
    return (await (this.token as Promise<{ token: string }>)).token
  }

  private async fetchToken(credential: BlobTokenCredential): Promise<{ token: string; expiresOnTimestamp: number }> {
    const token = await credential.getToken(this.options.tokenScope ?? 'https://storage.azure.com/.default')
    if (token) return token
    throw new BlobsRefusedError('a request without a token', {
      statusCode: 401,
      serviceCode: 'the credential gave none',
    })
  }

  private judge(call: BlobCall, reply: BlobReply): BlobReply {
    const { statusCode, headers } = reply
    if ((statusCode >= 200 && statusCode < 300) || call.expected?.includes(statusCode)) return reply
    if (statusCode === 0) throw new BlobsUnreachableError(workOf(call), this.location.url.host, { cause: reply.cause })
    const failure = { statusCode, serviceCode: String(headers['x-ms-error-code'] ?? '') }
    if (statusCode === 401 || statusCode === 403) throw new BlobsRefusedError(workOf(call), failure)
    throw new BlobsFailedError(workOf(call), failure)
  }

  private pauseMs(attempt: number, reply: BlobReply): number {
    const { retryDelayMs = 250, maxRetryDelayMs = 5_000 } = this.options
    const asked = Number(reply.headers['retry-after']) * 1_000
    // Between half and all of it, so that hosts that failed together do not return together.
    const grown = retryDelayMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2)
    return Math.min(asked >= 0 ? Math.max(asked, grown) : grown, maxRetryDelayMs)
  }
}

/** Encoded once and never normalised: names are full of characters that mean something in URLs. */
function pathOf({ pathname }: URL, name: string | undefined): string {
  const container = pathname.replace(/\/+$/, '')
  return name === undefined ? container : `${container}/${name.split('/').map(encodeSegment).join('/')}`
}

/** As the clients of Azure do it: the service signs over the path as it reads it, and reads `'` encoded. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replaceAll("'", '%27')
}

/** Names neither blob nor key: they hold ids of users. */
function workOf({ method, name, query }: BlobCall): string {
  if (name !== undefined) return `${method} of a blob`
  return query?.['comp'] === 'list' ? 'a list of blobs' : `${method} of the container`
}
