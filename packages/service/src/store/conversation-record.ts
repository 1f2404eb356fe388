import type { WireAccount, WireActivity } from '../conversations/wire-activity.ts'

/** A conversation as it is stored: plain JSON. */
export interface ConversationRecord {
  readonly id: string
  /** App id of the bot the conversation belongs to; no other bot may touch it. */
  readonly botId: string
  readonly channelId: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** The person the conversation was opened for, when already known. */
  readonly user?: WireAccount
  /** Whether the bot has been told, or is about to be told, that {@link ConversationRecord.user} takes part. */
  readonly userIntroduced: boolean
  readonly members: readonly WireAccount[]
  readonly isGroup: boolean
  readonly topicName?: string
  /** What the channel adds to every activity, beside what all channels add. */
  readonly wire?: {
    /** Fields of `conversation`, beside the id. */
    readonly conversation?: Readonly<Record<string, unknown>>
    readonly channelData?: Readonly<Record<string, unknown>>
  }
  /** Language of the client that started it, a BCP 47 tag. */
  readonly locale?: string
  /** The mark its client gave it when it was started. */
  readonly eTag?: string
  /** What the bot has to be told before anything else: introductions that could not be delivered yet, oldest first. */
  readonly introductions: readonly WireActivity[]
  /** What was sent last with an idempotency key, oldest first, so that a repeated call adds nothing. */
  readonly keyedSends?: readonly KeyedSend[]
  /** When either side ended the conversation; it can be read, but nothing more is said in it. */
  readonly endedAt?: number
}

/** An activity a bot sent with an idempotency key. */
export interface KeyedSend {
  readonly key: string
  readonly activityId: string
}

/** What a client of a conversation gets to see next. */
export interface ConversationChange {
  /** Position in the conversation's log: 1 for the first, rising by one; never reused. What watermarks count. */
  readonly sequence: number
  /** The activity to show; for a deletion, one of type `messageDelete` with the id of the activity to remove. */
  readonly activity: WireActivity
}

/** The part of a conversation's log after a watermark. */
export interface ConversationChanges {
  readonly changes: readonly ConversationChange[]
  /** Where to go on reading. At least the watermark that was asked for. */
  readonly watermark: number
}
