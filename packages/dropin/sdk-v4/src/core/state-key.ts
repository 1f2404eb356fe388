import type { Activity } from '@parley/core'

/** The parts of v4's storage keys. They are joined as they are, because stored data is found by them. */
export const keyPart = {
  /** @throws Error: the activity has none. */
  channel: (activity: Activity): string => required(activity?.channelId, 'missing activity.channelId'),
  /** @throws Error: the activity has none. */
  conversation: (activity: Activity): string =>
    required(activity?.conversation?.id, 'missing activity.conversation.id'),
  /** @throws Error: the activity has none. */
  user: (activity: Activity): string => required(activity?.from?.id, 'missing activity.from.id'),
}

function required(id: string | undefined, missing: string): string {
  if (!id) throw new Error(missing)
  return id
}

/** @throws Error: a subclass overrides `getStorageKey` and returned nothing. That is a rejection in v4, what it throws is not. */
export async function overridableKey(owner: string, key: string | undefined): Promise<string> {
  if (!key) throw new Error(`${owner}: overridden getStorageKey method did not return a key.`)
  return key
}
