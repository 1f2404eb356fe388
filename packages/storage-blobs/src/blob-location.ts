import { isLoopbackHost } from '@parley/core'
import { isAnonymousBlobCredential, isBlobTokenCredential, isSharedKeySigner, sharedKey } from './blob-credential.ts'
import type { BlobCredential } from './blob-credential.ts'
import { BlobsOptionError } from './blob-errors.ts'

/** Where a container is, and what lets one in. */
export interface BlobLocation {
  /** Of the container; a signature may be its query. */
  readonly url: URL
  /** None for a signature in the URL, and for a public container. */
  readonly credential: BlobCredential | undefined
}

/** Account and key of every emulator of the Blob service; published in its documentation. */
const emulator = {
  AccountName: 'devstoreaccount1',
  AccountKey: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
  BlobEndpoint: 'http://127.0.0.1:10000/devstoreaccount1',
}

/**
 * The container that the arguments of a storage name: that of `containerUrl` when it is given, else that of the connection
 * string.
 *
 * @throws {@link BlobsOptionError} `BLOBS_OPTION`: something is missing or malformed. The message never holds a secret.
 */
export function locateContainer(
  connectionString: string | undefined,
  containerName: string | undefined,
  containerUrl?: string,
  credential?: BlobCredential,
): BlobLocation {
  const location = containerUrl
    ? { url: parseUrl(containerUrl, 'blobServiceUri'), credential: checkCredential(credential) }
    : fromConnectionString(connectionString, containerName)
  if (location.url.protocol === 'https:' || !isBlobTokenCredential(location.credential)) return location
  if (isLoopbackHost(location.url.hostname)) return location
  throw new BlobsOptionError(`A token may only be sent over https, and "${location.url.origin}" is not; use https.`)
}

function fromConnectionString(connectionString: string | undefined, containerName: string | undefined): BlobLocation {
  if (typeof connectionString !== 'string' || connectionString === '') {
    throw new BlobsOptionError(
      'connectionString is required: copy it from "Access keys" of the storage account, or give blobServiceUri and a credential.',
    )
  }
  if (typeof containerName !== 'string' || containerName === '') {
    throw new BlobsOptionError('containerName is required: the name of a container; it is made when it is not there.')
  }
  const fields = fieldsOf(connectionString)
  const signature = fields['SharedAccessSignature']?.replace(/^\?/, '')
  const url = parseUrl(`${endpointOf(fields)}/${encodeURIComponent(containerName)}`, 'the BlobEndpoint')
  if (signature) url.search = signature
  return { url, credential: signature ? undefined : keyOf(fields) }
}

function fieldsOf(connectionString: string): Record<string, string | undefined> {
  const parts = connectionString.split(';').map((part) => part.trim())
  const pairs = parts.filter((part) => part !== '').map((part) => [part, part.indexOf('=')] as const)
  const fields = Object.fromEntries(pairs.map(([part, at]) => [part.slice(0, at), part.slice(at + 1)]))
  if (fields['UseDevelopmentStorage'] !== 'true') return fields
  const proxy = fields['DevelopmentStorageProxyUri']?.replace(/\/$/, '')
  return proxy ? { ...emulator, BlobEndpoint: `${proxy}:10000/${emulator.AccountName}` } : emulator
}

function endpointOf(fields: Record<string, string | undefined>): string {
  if (fields['BlobEndpoint']) return fields['BlobEndpoint'].replace(/\/+$/, '')
  const account = fields['AccountName']
  if (!account)
    throw new BlobsOptionError('The connection string has neither an AccountName nor a BlobEndpoint; copy it anew.')
  const suffix = fields['EndpointSuffix'] || 'core.windows.net'
  return `${fields['DefaultEndpointsProtocol'] || 'https'}://${account}.blob.${suffix}`
}

function keyOf({ AccountName: name, AccountKey: key }: Record<string, string | undefined>): BlobCredential {
  if (name && key) return sharedKey(name, key)
  throw new BlobsOptionError(
    'The connection string has neither AccountName and AccountKey nor a SharedAccessSignature; copy it anew.',
  )
}

function checkCredential(credential: BlobCredential | undefined): BlobCredential | undefined {
  if (credential === undefined || credential === null) return undefined
  if (isSharedKeySigner(credential) || isBlobTokenCredential(credential)) return credential
  if (isAnonymousBlobCredential(credential)) return undefined
  throw new BlobsOptionError(
    'Invalid credential type. Give one of @azure/identity, or StorageSharedKeyCredential or AnonymousCredential of @azure/storage-blob.',
  )
}

function parseUrl(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new BlobsOptionError(
    `${name} is not a URL of a Blob service: https://<account>.blob.core.windows.net/<container>.`,
  )
}
