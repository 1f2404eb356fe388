import type * as models from './http-models.ts'
import { HttpHeaders } from './http-headers.ts'
import { createSerializer, ServiceClientContext } from './service-client-context.ts'
import { isTokenCredential } from './token-credential.ts'
import type * as tokens from './token-credential.ts'
import { createWebResource } from './web-resource.ts'
import type * as resources from './web-resource.ts'

/** Names of the header that carries a token. */
export const Constants: { HeaderConstants: { AUTHORIZATION: string; AUTHORIZATION_SCHEME: string } } = {
  HeaderConstants: { AUTHORIZATION: 'Authorization', AUTHORIZATION_SCHEME: 'Bearer' },
}

/** What {@link AzureCoreHttpCompat} offers at run time. */
export interface AzureCoreHttpCompatValues {
  Constants: typeof Constants
  HttpHeaders: typeof HttpHeaders
  ServiceClientContext: typeof ServiceClientContext
  createSerializer: typeof createSerializer
  createWebResource: typeof createWebResource
  isTokenCredential: typeof isTokenCredential
}

/** The names of `botbuilder-stdlib/lib/azureCoreHttpCompat` in one object. */
export const AzureCoreHttpCompat: AzureCoreHttpCompatValues = {
  Constants,
  HttpHeaders,
  ServiceClientContext,
  createSerializer,
  createWebResource,
  isTokenCredential,
}
export declare namespace AzureCoreHttpCompat {
  type CompositeMapper = models.CompositeMapper
  type HttpClient = models.HttpClient
  type HttpOperationResponse = models.HttpOperationResponse
  type HttpPipelineLogger = models.HttpPipelineLogger
  type OperationArguments = models.OperationArguments
  type OperationQueryParameter = models.OperationQueryParameter
  type OperationSpec = models.OperationSpec
  type OperationURLParameter = models.OperationURLParameter
  type ProxySettings = resources.ProxySettings
  type RequestOptionsBase = models.RequestOptionsBase
  type RestResponse = models.RestResponse
  type ServiceCallback<TResult> = models.ServiceCallback<TResult>
  type ServiceClientCredentials = models.ServiceClientCredentials
  type ServiceClientOptions = models.ServiceClientOptions
  type TokenCredential = tokens.TokenCredential
  type WebResourceLike = resources.WebResourceLike
}
