import { UnsupportedError } from '../schema/unsupported-error.ts'
import { HttpHeaders } from './http-headers.ts'
import type { HttpHeadersLike } from './http-headers.ts'

export type HttpMethods = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH' | 'HEAD' | 'OPTIONS' | 'TRACE'

/** A proxy for outgoing requests. */
export interface ProxySettings {
  host: string
  port: number
  username?: string
  password?: string
}

/** How much was transferred. */
export type TransferProgressEvent = { loadedBytes: number }

/** What an `AbortSignal` offers, also that of older libraries. */
export interface AbortSignalLike {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: (this: AbortSignalLike, ev: unknown) => unknown, options?: unknown): void
  removeEventListener(type: 'abort', listener: (this: AbortSignalLike, ev: unknown) => unknown, options?: unknown): void
}

/** A request in the old Azure HTTP library: what credentials sign. */
export interface WebResourceLike {
  url: string
  method: HttpMethods
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  body?: any
  headers: HttpHeadersLike
  streamResponseBody?: boolean
  streamResponseStatusCodes?: Set<number>
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  formData?: any
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  query?: { [key: string]: any }
  withCredentials: boolean
  /** Milliseconds; 0 means no limit. */
  timeout: number
  proxySettings?: ProxySettings
  keepAlive?: boolean
  decompressResponse?: boolean
  requestId: string
  abortSignal?: AbortSignalLike
  onUploadProgress?: (progress: TransferProgressEvent) => void
  onDownloadProgress?: (progress: TransferProgressEvent) => void
  clone(): WebResourceLike
  /** @throws TypeError - There is no URL or no method. */
  validateRequestProperties(): void
  prepare(options: unknown): WebResourceLike
}

/** What {@link createWebResource} starts from. */
export type WebResourceOptions = Partial<
  Omit<WebResourceLike, 'headers' | 'clone' | 'validateRequestProperties' | 'prepare'>
> & {
  headers?: HttpHeadersLike | { [headerName: string]: string }
}

/** Makes a request that credentials can sign: a GET of nothing, unless `resource` says otherwise. */
export function createWebResource(resource: WebResourceOptions = {}): WebResourceLike {
  return {
    url: '',
    method: 'GET',
    withCredentials: false,
    timeout: 0,
    keepAlive: false,
    ...resource,
    requestId: resource.requestId || globalThis.crypto.randomUUID(),
    headers: isHeaders(resource.headers) ? resource.headers : new HttpHeaders(resource.headers),
    clone() {
      return createWebResource({ ...this, headers: this.headers.clone() })
    },
    validateRequestProperties() {
      if (this.url && this.method) return
      throw new TypeError('The request has no URL or no method; set both before it is sent.')
    },
    prepare() {
      throw new UnsupportedError('WebResource.prepare()', 'Set url, method, headers and body yourself')
    },
  }
}

function isHeaders(headers: WebResourceOptions['headers']): headers is HttpHeadersLike {
  return typeof (headers as HttpHeadersLike | undefined)?.get === 'function'
}
