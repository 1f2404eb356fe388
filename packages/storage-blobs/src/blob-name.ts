import { createHash } from 'node:crypto'
import { posix } from 'node:path'

const MAX_LENGTH = 1024

/** Keys of SDK v4's states without a namespace, which end with a slash; blobs of v4 have their names without it. */
const STATE_KEY = /^[^/]+\/(?:conversations|users|conversations\/[^/]+\/users)\/[^/]+$/
/** Cannot be encoded. */
const LONE_SURROGATE = /\p{Surrogate}/u

/**
 * The name SDK v4 gives to the blob of a key: the key as a path in its shortest form, without a slash at its end, URI-encoded
 * and cut to 1024 characters. Several keys may have one name, and some have none.
 *
 * @returns `undefined` when there is none: nothing is left, or the name could not be part of a URL.
 */
export function v4BlobName(key: string): string | undefined {
  if (LONE_SURROGATE.test(key)) return undefined
  const path = posix.normalize(key).replace(/\/$/, '')
  if (path === '' || path === '.' || path === '..') return undefined
  return encodeURIComponent(path).slice(0, MAX_LENGTH)
}

/**
 * The name of the blob of a key, different for each key: v4's whenever the key can be told from it, else one that v4 never
 * gives, `escaped:` and a hash of the key. The keys of `ConversationState`, `UserState` and `PrivateConversationState` have
 * v4's names, unless an id in them contains a slash.
 */
export function blobName(key: string): string {
  const name = v4BlobName(key)
  return name !== undefined && isTold(key, name) ? name : `escaped:${hash(key)}`
}

/** Whether `name` is of `key` and of no other key. */
function isTold(key: string, name: string): boolean {
  if (name.length >= MAX_LENGTH) return false
  const path = decodeURIComponent(name)
  return STATE_KEY.test(path) ? key === `${path}/` : key === path
}

function hash(key: string): string {
  // UTF-16, which tells lone surrogates apart.
  return createHash('sha256').update(Buffer.from(key, 'utf16le')).digest('hex')
}
