import { isLoopbackHost } from '@parley/core'
import { UnsupportedError } from '../../schema/unsupported-error.ts'
import { createWebResource, ServiceClientContext } from '../../stdlib/index.ts'
import type {
  HttpClient,
  HttpOperationResponse,
  RequestPolicyFactory,
  RequestPolicyOptionsLike,
  ServiceClientCredentials,
  ServiceClientOptions,
  WebResourceLike,
} from '../../stdlib/index.ts'
import { defaultHttpClient, singleTryHttpClient } from './default-http-client.ts'
import { hide } from '../credentials/hide.ts'

/** What a kind of client adds to the options. */
export interface RestContextDefaults {
  readonly baseUri: string
  /** First part of `User-Agent`. */
  readonly userAgent: string
}

/** What policies are given: v4's clients do not log. */
const SILENT: RequestPolicyOptionsLike = { log: () => {}, shouldLog: () => false }

/** A client of a service: signs requests, takes them through the bot's own policies and sends them. */
export class RestContext extends ServiceClientContext {
  /** Base address of the service. */
  declare baseUri?: string
  declare private readonly options: ServiceClientOptions
  declare private readonly policies: readonly RequestPolicyFactory[]
  private readonly userAgent: string

  constructor(
    credentials: ServiceClientCredentials,
    options: ServiceClientOptions = {},
    defaults: RestContextDefaults,
  ) {
    if (options.proxySettings) {
      throw new UnsupportedError(
        'ConnectorClientOptions.proxySettings',
        'Give an httpClient that sends through the proxy',
      )
    }
    const baseUri = options.baseUri || defaults.baseUri
    super(credentials, { baseUri })
    this.requestContentType = 'application/json; charset=utf-8'
    this.userAgent = `${defaults.userAgent} ${userAgentOf(options, defaults.userAgent)}`
    hide(this, 'options', options)
    hide(this, 'policies', policiesOf(options))
  }

  /**
   * Sends a request as it is. It is signed when it goes to the host of {@link RestContext.baseUri}, and nobody on the way there
   * can read the token; else the credentials are not asked.
   */
  override async sendRequest(request: WebResourceLike): Promise<HttpOperationResponse> {
    return this.chain().sendRequest(typeof request.clone === 'function' ? request : createWebResource(request))
  }

  /** Makes a request that {@link RestContext.sendRequest} takes. */
  createRequest(method: WebResourceLike['method'], url: string, body: string | undefined): WebResourceLike {
    const headers = body === undefined ? {} : { 'content-type': this.requestContentType as string }
    const request = createWebResource({ method, url, headers, ...(body === undefined ? {} : { body }) })
    request.headers.set(headerNameOf(this.options), this.userAgent)
    request.headers.set('x-ms-client-request-id', request.requestId)
    return request
  }

  /** The bot's policies see a request before it is signed, as in v4. */
  private chain(): HttpClient {
    const { httpClient = this.options.noRetryPolicy ? singleTryHttpClient : defaultHttpClient } = this.options
    const signing: HttpClient = {
      sendRequest: async (request) => httpClient.sendRequest(await this.sign(request)),
    }
    return this.policies.reduceRight<HttpClient>((next, factory) => factory.create(next, SILENT), signing)
  }

  private async sign(request: WebResourceLike): Promise<WebResourceLike> {
    return maySign(request.url, this.baseUri ?? '') ? this.credentials.signRequest(request) : request
  }
}

/** Decided for each request: policies may change its address, and bots may change that of the client. */
function maySign(url: string, baseUri: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(baseUri)) return false
  const { protocol, host, hostname } = new URL(url)
  return host === new URL(baseUri).host && (protocol === 'https:' || isLoopbackHost(hostname))
}

function policiesOf({ requestPolicyFactories }: ServiceClientOptions): readonly RequestPolicyFactory[] {
  if (typeof requestPolicyFactories !== 'function') return requestPolicyFactories ?? []
  const defaults: RequestPolicyFactory[] = []
  return requestPolicyFactories(defaults) ?? defaults
}

function userAgentOf({ userAgent }: ServiceClientOptions, preset: string): string {
  return (typeof userAgent === 'function' ? userAgent(preset) : userAgent) ?? ''
}

function headerNameOf({ userAgentHeaderName }: ServiceClientOptions): string {
  const preset = 'User-Agent'
  return (typeof userAgentHeaderName === 'function' ? userAgentHeaderName(preset) : userAgentHeaderName) || preset
}
