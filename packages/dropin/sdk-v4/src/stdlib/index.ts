export { AzureCoreHttpCompat, Constants } from './azure-core-http-compat.ts'
export { delay } from './delay.ts'
export { HttpHeaders } from './http-headers.ts'
export type { HttpHeader, HttpHeadersLike, RawHttpHeaders } from './http-headers.ts'
export type {
  CompositeMapper,
  DeserializationContentTypes,
  HttpClient,
  HttpOperationResponse,
  HttpPipelineLogger,
  HttpPipelineLogLevel,
  OperationArguments,
  OperationQueryParameter,
  OperationSpec,
  OperationURLParameter,
  RequestOptionsBase,
  RequestPolicyFactory,
  RequestPolicyOptionsLike,
  RestResponse,
  ServiceCallback,
  ServiceClientCredentials,
  ServiceClientOptions,
} from './http-models.ts'
export { maybeCast } from './maybe-cast.ts'
export { retry } from './retry.ts'
export { createSerializer, ServiceClientContext } from './service-client-context.ts'
export { stringExt } from './string-ext.ts'
export { stringify } from './stringify.ts'
export { isTokenCredential } from './token-credential.ts'
export type { AccessToken, TokenCredential } from './token-credential.ts'
export type { Extends, Maybe, Newable, Nil } from './types.ts'
export { createWebResource } from './web-resource.ts'
export type {
  AbortSignalLike,
  HttpMethods,
  ProxySettings,
  TransferProgressEvent,
  WebResourceLike,
  WebResourceOptions,
} from './web-resource.ts'
