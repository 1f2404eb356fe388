/** How long, and how much, the service remembers. */
export interface RetentionLimits {
  /** Age after which an activity is forgotten. Default 24 hours. */
  readonly activityMs: number
  /** Time without activity after which a conversation is forgotten. Default 14 days. */
  readonly conversationMs: number
  /** Entries kept per conversation; the oldest go first. Default 10 000. */
  readonly maxActivities: number
  /** Conversations kept; those longest without activity go first. Default 10 000. */
  readonly maxConversations: number
  /** Age after which an uploaded file is forgotten. Default 24 hours. */
  readonly attachmentMs: number
  /** Uploaded files kept; the oldest go first. Default 10 000. */
  readonly maxAttachments: number
  /** Bytes of uploaded files kept, equal ones counted once; the oldest files go first. Default 128 MiB. */
  readonly maxAttachmentBytes: number
  /** Bags of Bot State kept of each bot; those written longest ago go first. They have no age. Default 10 000. */
  readonly maxBags: number
}

const HOUR_MS = 3_600_000

/** As on the real channel, with bounds on top. */
export const DEFAULT_RETENTION: RetentionLimits = {
  activityMs: 24 * HOUR_MS,
  conversationMs: 14 * 24 * HOUR_MS,
  maxActivities: 10_000,
  maxConversations: 10_000,
  attachmentMs: 24 * HOUR_MS,
  maxAttachments: 10_000,
  maxAttachmentBytes: 128 * 1024 * 1024,
  maxBags: 10_000,
}
