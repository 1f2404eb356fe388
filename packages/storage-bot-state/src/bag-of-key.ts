import { createHash } from 'node:crypto'
import { channelInKey, conversationInKey, idOfKeyPart } from '@parley/state/internal'
import type { BotStateBag } from './bot-state-bag.ts'

/** The channel of the bags whose keys name none. No channel of the Bot Framework has that name. */
export const KEY_CHANNEL = 'parley-storage'

/** Of an id in an address, percent-encoded: what every service takes. */
const MAX_ID_LENGTH = 1024
const HASH = 'sha256:'

/**
 * The bag of a key, different for each key.
 *
 * Keys as states without a namespace write them have the bag they name, with the ids as the channel gave them. Any other key has
 * the bag of a conversation that is named after it, on the channel {@link KEY_CHANNEL}: such bags no deletion of a user takes.
 */
export function bagOfKey(key: string): BotStateBag {
  return namedBag(key) ?? { scope: 'conversation', channelId: KEY_CHANNEL, conversationId: keyAsId(key) }
}

function namedBag(key: string): BotStateBag | undefined {
  const bag = parseKey(key)
  // A bag that is written in another way, say with escapes where none are needed, would be shared by two keys.
  const isNamed = bag && keyOf(bag) === key && bag.channelId !== KEY_CHANNEL && Object.values(bag).every(isAddressable)
  return isNamed ? bag : undefined
}

/** `<channel>/users/<user>/`, `<channel>/conversations/<conversation>/` or `<channel>/conversations/<conversation>/users/<user>/`. */
function parseKey(key: string): BotStateBag | undefined {
  const [channel = '', kind, ...parts] = key.replace(/\/$/, '').split('/')
  const channelId = idOfKeyPart(channel)
  const rest = parts.join('/')
  if (kind === 'users') return { scope: 'user', channelId, userId: rest }
  if (kind !== 'conversations') return undefined
  const end = rest.indexOf('/users/')
  if (end === -1) return { scope: 'conversation', channelId, conversationId: idOfKeyPart(rest) }
  const userId = rest.slice(end + '/users/'.length)
  return { scope: 'private', channelId, conversationId: idOfKeyPart(rest.slice(0, end)), userId }
}

function keyOf(bag: BotStateBag): string {
  const conversation = 'conversationId' in bag ? `conversations/${conversationInKey(bag.conversationId)}/` : ''
  const user = 'userId' in bag ? `users/${bag.userId}/` : ''
  return `${channelInKey(bag.channelId)}/${conversation}${user}`
}

function keyAsId(key: string): string {
  if (isAddressable(key) && !key.startsWith(HASH)) return key
  // UTF-16, which tells lone surrogates apart.
  return HASH + createHash('sha256').update(Buffer.from(key, 'utf16le')).digest('hex')
}

/** Whether an address can hold it, and no other address would be the same. */
function isAddressable(id: string): boolean {
  return !/\p{Surrogate}/u.test(id) && !/^\.{0,2}$/.test(id) && encodeURIComponent(id).length <= MAX_ID_LENGTH
}
