import { isLoopbackHost } from '../identity-url.ts'
import { isSendable } from './token-answer.ts'
import { InvalidCredentialError } from './token-errors.ts'

/** Where a platform gives tokens to what runs on it. */
export type ManagedIdentityEndpoint =
  /** The metadata service of virtual machines, scale sets and Kubernetes nodes. */
  | { readonly kind: 'imds'; readonly url?: string | undefined }
  /** App Service, Functions and Container Apps: `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`. */
  | { readonly kind: 'appService'; readonly url: string; readonly header: string }

/** The values by which a platform says that it has an endpoint of its own. */
export interface ManagedIdentityVariables {
  readonly IDENTITY_ENDPOINT?: string | undefined
  readonly IDENTITY_HEADER?: string | undefined
}

/** What an endpoint is asked with. */
export interface ResolvedEndpoint {
  readonly url: URL
  readonly apiVersion: string
  readonly headers: Readonly<Record<string, string>>
}

const IMDS_URL = 'http://169.254.169.254/metadata/identity/oauth2/token'

/**
 * The endpoint of the platform that set these variables; the metadata service when none did.
 *
 * @param variables - `process.env`, or a part of it. Nothing else of it is read.
 * @throws {@link InvalidCredentialError} `AUTH_CREDENTIAL_INVALID`: one is set without the other, as on Azure Arc.
 */
export function managedIdentityEndpointFrom(variables: ManagedIdentityVariables): ManagedIdentityEndpoint {
  const { IDENTITY_ENDPOINT: url, IDENTITY_HEADER: header } = variables
  if (url && header) return { kind: 'appService', url, header }
  if (url) {
    throw new InvalidCredentialError(
      'IDENTITY_HEADER',
      'is missing beside IDENTITY_ENDPOINT: the platform sets both. One that does not, such as Azure Arc, has no user-assigned identities.',
    )
  }
  if (header) {
    throw new InvalidCredentialError('IDENTITY_ENDPOINT', 'is missing beside IDENTITY_HEADER: the platform sets both.')
  }
  return { kind: 'imds' }
}

/**
 * How that endpoint is asked.
 *
 * @throws {@link InvalidCredentialError} `AUTH_CREDENTIAL_INVALID`: not on this host, or a header that cannot be sent.
 */
export function resolveEndpoint(endpoint: ManagedIdentityEndpoint): ResolvedEndpoint {
  if (endpoint.kind === 'imds') {
    return { url: requireNearby(endpoint.url ?? IMDS_URL), apiVersion: '2018-02-01', headers: { metadata: 'true' } }
  }
  if (!isSendable(endpoint.header)) {
    throw new InvalidCredentialError(
      'endpoint.header',
      'is empty or not plain text: give the value of IDENTITY_HEADER as it is.',
    )
  }
  return {
    url: requireNearby(endpoint.url),
    apiVersion: '2019-08-01',
    headers: { 'x-identity-header': endpoint.header },
  }
}

/** The platform's endpoints are plain http on addresses that do not leave its host; anything else would be a leak. */
function requireNearby(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol === 'http:' && isNearby(url.hostname)) return url
  throw new InvalidCredentialError(
    'endpoint.url',
    'is not an http address on this host (loopback, link-local or private): give the value of IDENTITY_ENDPOINT as it is. Service Fabric, which has https, is not supported.',
  )
}

function isNearby(hostname: string): boolean {
  return isLoopbackHost(hostname) || /^(10|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(hostname)
}
