import type { Activity, ConversationReference } from '@parley/core'

/** Refuses to act where it is not said at which service. The texts are v4's. */
export function requireServiceUrl(method: string, { serviceUrl }: Partial<Activity | ConversationReference>): string {
  if (!serviceUrl) throw missing(method, 'missing serviceUrl')
  return serviceUrl
}

/** Refuses to act where it is not said in which conversation. */
export function requireConversation(
  method: string,
  { conversation }: Partial<Activity | ConversationReference>,
): string {
  if (!conversation?.id) throw missing(method, 'missing conversation or conversation.id')
  return conversation.id
}

/** Refuses to act where it is not said for which user. */
export function requireUser(method: string, { from }: Partial<Activity>): string {
  if (!from?.id) throw missing(method, 'missing from or from.id')
  return from.id
}

/** An error of v4's for a method of the adapter. */
export function missing(method: string, what: string): Error {
  return new Error(`BotFrameworkAdapter.${method}(): ${what}`)
}
