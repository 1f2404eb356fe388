import type { SharedKeySigner } from './blob-credential.ts'

/** A request to sign. */
export interface SignedRequest {
  readonly method: string
  /** As it is sent: encoded, without the query. */
  readonly path: string
  /** Decoded. */
  readonly query: Readonly<Record<string, string>>
  /** Those of the service may have capitals. */
  readonly headers: Readonly<Record<string, string>>
}

const signedHeaders = [
  'content-encoding',
  'content-language',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'if-modified-since',
  'if-match',
  'if-none-match',
  'if-unmodified-since',
  'range',
]

/**
 * The `Authorization` header of a request signed with the key of the account.
 *
 * @see https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
 */
export function sharedKeyAuthorization(signer: SharedKeySigner, request: SignedRequest): string {
  return `SharedKey ${signer.accountName}:${signer.computeHMACSHA256(stringToSign(signer.accountName, request))}`
}

function stringToSign(account: string, { method, path, query, headers }: SignedRequest): string {
  const values = signedHeaders.map((name) => headers[name] ?? '')
  const length = signedHeaders.indexOf('content-length')
  if (values[length] === '0') values[length] = ''
  const own = Object.entries(headers)
    .map(([name, value]) => `${name.toLowerCase()}:${value}`)
    .filter((line) => line.startsWith('x-ms-'))
    .toSorted()
  const parameters = Object.keys(query)
    .toSorted()
    .map((name) => `${name.toLowerCase()}:${query[name]}`)
  return [method, ...values, ...own, `/${account}${path}`, ...parameters].join('\n')
}
