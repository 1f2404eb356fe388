import type { Activity } from '@parley/core'
import { StateKeyMissingError } from './state-errors.ts'

/** @throws {@link StateKeyMissingError} `STATE_KEY_MISSING`. */
export function channelPart(activity: Activity): string {
  return channelInKey(required(activity.channelId, 'missing activity.channelId'))
}

/** @throws {@link StateKeyMissingError} `STATE_KEY_MISSING`. */
export function conversationPart(activity: Activity): string {
  return conversationInKey(required(activity.conversation?.id, 'missing activity.conversation.id'))
}

/** @throws {@link StateKeyMissingError} `STATE_KEY_MISSING`. */
export function userPart(activity: Activity): string {
  return required(activity.from?.id, 'missing activity.from.id')
}

function required(id: string | undefined, missing: string): string {
  if (!id) throw new StateKeyMissingError(missing)
  return id
}

/** A channel as it is written in keys. */
export function channelInKey(channelId: string): string {
  return escapeIf(/\//, channelId)
}

/** A conversation as it is written in keys. */
export function conversationInKey(conversationId: string): string {
  return escapeIf(/\/users(\/|$)/, conversationId)
}

/** An id as it was before {@link channelInKey} or {@link conversationInKey}. */
export function idOfKeyPart(part: string): string {
  if (!part.startsWith(PREFIX)) return part
  return part.slice(PREFIX.length).replaceAll('%2F', '/').replaceAll('%25', '%')
}

const PREFIX = 'escaped:'

/**
 * Keys are v4's, so that stored data is found again, and v4 joins ids with `/` as they are: the conversation `a/users/victim`
 * would share a key with the private state of `victim` in `a`. Only ids that could do so are written differently.
 *
 * A channel without `/` ends at the first one, a conversation without `/users/` ends where the first `/users/` begins, and the
 * user is the rest before the namespace: for one namespace, different ids have different keys.
 */
function escapeIf(ambiguous: RegExp, id: string): string {
  if (!ambiguous.test(id) && !id.startsWith(PREFIX)) return id
  return PREFIX + id.replaceAll('%', '%25').replaceAll('/', '%2F')
}

/** @throws {@link StateKeyMissingError} `STATE_KEY_MISSING`: a subclass overrides `getStorageKey` and returned nothing. */
export function overridableKey(owner: string, key: string | undefined): string {
  if (!key) throw new StateKeyMissingError(`${owner}: overridden getStorageKey method did not return a key.`)
  return key
}
