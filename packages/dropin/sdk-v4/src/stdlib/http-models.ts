import type { HttpHeadersLike } from './http-headers.ts'
import type { AbortSignalLike, ProxySettings, TransferProgressEvent, WebResourceLike } from './web-resource.ts'

/** An answer in the old Azure HTTP library. */
export interface HttpOperationResponse {
  request: WebResourceLike
  headers: HttpHeadersLike
  status: number
  bodyAsText?: string | null
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  parsedBody?: any
  parsedHeaders?: Record<string, unknown>
  readableStreamBody?: NodeJS.ReadableStream
}

/** Sends a request: a link of the chain, or its end. */
export interface HttpClient {
  sendRequest(httpRequest: WebResourceLike): Promise<HttpOperationResponse>
}

/** How much the chain logs: 0 nothing, 1 errors, 2 warnings, 3 everything. */
export type HttpPipelineLogLevel = 0 | 1 | 2 | 3

/** Where the chain logs. */
export interface HttpPipelineLogger {
  minimumLogLevel: HttpPipelineLogLevel
  log(logLevel: HttpPipelineLogLevel, message: string): void
}

/** What a link of the chain is given. */
export interface RequestPolicyOptionsLike {
  log(logLevel: HttpPipelineLogLevel, message: string): void
  shouldLog(logLevel: HttpPipelineLogLevel): boolean
}

/** Makes a link of the chain. */
export interface RequestPolicyFactory {
  create(nextPolicy: HttpClient, options: RequestPolicyOptionsLike): HttpClient
}

/** Signs requests: what `ConnectorClient` takes. */
export interface ServiceClientCredentials {
  signRequest(webResource: WebResourceLike): Promise<WebResourceLike>
}

/** A decoded answer; `_response` is not enumerable. */
export interface RestResponse {
  _response: HttpOperationResponse
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  [key: string]: any
}

/** What a single call may change. */
export interface RequestOptionsBase {
  customHeaders?: { [key: string]: string }
  abortSignal?: AbortSignalLike
  /** Milliseconds. */
  timeout?: number
  onUploadProgress?: (progress: TransferProgressEvent) => void
  onDownloadProgress?: (progress: TransferProgressEvent) => void
  shouldDeserialize?: boolean | ((response: HttpOperationResponse) => boolean)
  tracingContext?: unknown
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  [key: string]: any
  serializerOptions?: { rootName?: string; includeRoot?: boolean; xmlCharKey?: string }
}

/** Which content types are read as JSON or XML. */
export interface DeserializationContentTypes {
  json?: string[]
  xml?: string[]
}

/** How a client speaks. */
export interface ServiceClientOptions {
  baseUri?: string
  requestPolicyFactories?:
    | RequestPolicyFactory[]
    | ((defaultRequestPolicyFactories: RequestPolicyFactory[]) => void | RequestPolicyFactory[])
  httpClient?: HttpClient
  httpPipelineLogger?: HttpPipelineLogger
  noRetryPolicy?: boolean
  rpRegistrationRetryTimeout?: number
  generateClientRequestIdHeader?: boolean
  withCredentials?: boolean
  clientRequestIdHeaderName?: string
  deserializationContentTypes?: DeserializationContentTypes
  userAgentHeaderName?: string | ((defaultUserAgentHeaderName: string) => string)
  userAgent?: string | ((defaultUserAgent: string) => string)
  proxySettings?: ProxySettings
  credentialScopes?: string | string[]
}

/** How callers without promises get the result. */
export interface ServiceCallback<TResult> {
  (err: Error | null, result?: TResult, request?: WebResourceLike, response?: HttpOperationResponse): void
}

/** What an operation is called with. */
export interface OperationArguments {
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  [parameterName: string]: any
  options?: RequestOptionsBase
}

// Descriptions that generated code hands to the old library; nothing here reads them.
// oxlint-disable typescript/no-explicit-any
export type OperationSpec = Record<string, any>
export type OperationURLParameter = Record<string, any>
export type OperationQueryParameter = Record<string, any>
export type CompositeMapper = Record<string, any>
// oxlint-enable typescript/no-explicit-any
