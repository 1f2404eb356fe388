/** The ways an attachment can be fetched: as it was uploaded, and small, if whoever uploaded it gave a small picture too. */
export type ViewId = 'original' | 'thumbnail'

/** A file to keep. */
export interface NewAttachment {
  readonly id: string
  readonly conversationId: string
  /** Already safe to use as the name of a file. */
  readonly name: string
  /** A media type without parameters. */
  readonly contentType: string
  readonly views: readonly { readonly viewId: ViewId; readonly bytes: Uint8Array }[]
}

/** What is known of a file without reading it. */
export interface AttachmentRecord {
  readonly id: string
  readonly conversationId: string
  readonly name: string
  readonly contentType: string
  readonly views: readonly StoredView[]
}

export interface StoredView {
  readonly viewId: ViewId
  /** SHA-256 of the bytes, base64url: what they are stored under, so that the same bytes are stored once. */
  readonly hash: string
  /** In bytes. */
  readonly size: number
}

/**
 * Files that were uploaded. Like a {@link ConversationStore} it is synchronous, and what a store that outlives the process has
 * returned from, it still has after the process was killed. It stays within the retention limits by itself: what was uploaded
 * first goes first.
 */
export interface AttachmentStore {
  /** Keeps a file. */
  add(attachment: NewAttachment): void
  find(attachmentId: string): AttachmentRecord | undefined
  /** The bytes kept under a hash; `undefined` when nothing needs them any more. */
  read(hash: string): Uint8Array | undefined
  /** Forgets what is older than the retention limits allow at `now`, in milliseconds since the epoch. */
  forgetExpired(now: number): void
}
