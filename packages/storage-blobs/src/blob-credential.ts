import { createHmac } from 'node:crypto'

/** Signs with the key of an account, as `StorageSharedKeyCredential` of `@azure/storage-blob` does. */
export interface SharedKeySigner {
  readonly accountName: string
  /** HMAC-SHA-256 of a text, in base64. */
  computeHMACSHA256(stringToSign: string): string
}

/** Gives tokens, as the credentials of `@azure/identity` do. */
export interface BlobTokenCredential {
  // oxlint-disable-next-line typescript/no-explicit-any -- the options are another library's
  getToken(scopes: string | string[], options?: any): Promise<{ token: string; expiresOnTimestamp: number } | null>
}

/** `AnonymousCredential` of `@azure/storage-blob`: for a signature in the URL, or a public container. */
export interface AnonymousBlobCredential {
  // oxlint-disable-next-line typescript/no-explicit-any -- the types are another library's
  create(nextPolicy: any, options: any): any
}

/** What proves to the service who asks. */
export type BlobCredential = SharedKeySigner | BlobTokenCredential | AnonymousBlobCredential

/** Whether it signs with the key of an account. */
export function isSharedKeySigner(credential: unknown): credential is SharedKeySigner {
  const { accountName, computeHMACSHA256 } = (credential ?? {}) as Partial<SharedKeySigner>
  return typeof accountName === 'string' && typeof computeHMACSHA256 === 'function'
}

/** Whether it gives tokens. */
export function isBlobTokenCredential(credential: unknown): credential is BlobTokenCredential {
  return typeof (credential as Partial<BlobTokenCredential> | undefined)?.getToken === 'function'
}

/** Whether it is known to prove nothing. */
export function isAnonymousBlobCredential(credential: unknown): credential is AnonymousBlobCredential {
  return typeof (credential as Partial<AnonymousBlobCredential> | undefined)?.create === 'function'
}

/** A signer from what connection strings hold. */
export function sharedKey(accountName: string, accountKey: string): SharedKeySigner {
  const key = Buffer.from(accountKey, 'base64')
  return {
    accountName,
    computeHMACSHA256: (text) => createHmac('sha256', key).update(text, 'utf8').digest('base64'),
  }
}
