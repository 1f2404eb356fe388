/** Records of one kind. The second part of the key is for reading all records of one owner. */
export type RecordKind = 'user-token' | 'sign-in' | 'sign-in-code' | 'consent'

/** A record as it was read. */
export interface KeptRecord {
  /** Which of its owner's records it is. */
  readonly name: string
  /** Plain JSON. */
  readonly value: unknown
}

/** A record to keep. */
export interface NewRecord {
  readonly kind: RecordKind
  readonly owner: string
  readonly name: string
  /** Plain JSON. */
  readonly value: unknown
  /** When it ends, in milliseconds since the epoch; from then on nobody reads it. */
  readonly expiresAt: number
}

/** Records kept of each kind; those that would end first go first. */
export const MAX_RECORDS_PER_KIND = 10_000

/**
 * Small things that end by themselves: tokens of users, sign-ins under way. Like a `ConversationStore` it is synchronous, and
 * what a store that outlives the process has returned from, it still has after the process was killed. What every
 * implementation has to fulfil is in `test/kept-records-conformance.ts`.
 */
export interface KeptRecords {
  /**
   * Does several writes as one: a store that outlives the process has all of them or none, whenever the process ends and also
   * when `work` throws. A call within `work` joins the outer one.
   */
  atomically<T>(work: () => T): T
  /** Adds a record, or replaces the one of the same kind, owner and name. */
  put(record: NewRecord): void
  /** The value of a record that has not ended. */
  get(kind: RecordKind, owner: string, name: string): unknown
  /** An owner's records that have not ended, in the order of their names. */
  list(kind: RecordKind, owner: string): readonly KeptRecord[]
  /** @returns whether it was there. */
  remove(kind: RecordKind, owner: string, name: string): boolean
  /** Drops what has ended at `now`, in milliseconds since the epoch. */
  forgetExpired(now: number): void
}
