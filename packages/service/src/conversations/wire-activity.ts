/**
 * Activities as they travel: plain JSON, timestamps as text, unknown fields kept. `Activity` of `@parley/core` is what bots
 * work with; a service that passes activities on must not change what it does not understand, so it leaves them as they are.
 */
export interface WireActivity {
  readonly type: string
  readonly id?: string
  /** ISO 8601. */
  readonly timestamp?: string
  readonly channelId?: string
  readonly serviceUrl?: string
  readonly from?: WireAccount
  readonly recipient?: WireAccount
  readonly conversation?: WireConversation
  readonly replyToId?: string
  readonly membersAdded?: readonly WireAccount[]
  readonly deliveryMode?: string
  readonly [field: string]: unknown
}

/** A user or a bot. */
export interface WireAccount {
  readonly id: string
  readonly name?: string
  readonly role?: string
  readonly [field: string]: unknown
}

/** The conversation an activity belongs to. */
export interface WireConversation {
  readonly id: string
  readonly [field: string]: unknown
}
