/**
 * Which bag of a bot: of a user on a channel, of a conversation, or, with both, of a user in one conversation. Ids are never
 * empty, and one of the two at least is there.
 */
export interface BagKey {
  /** App id of the bot the bag belongs to; no other bot may see it. */
  readonly botId: string
  readonly channelId: string
  readonly conversationId?: string | undefined
  readonly userId?: string | undefined
}

/** What a bag holds. */
export interface StoredBag {
  /** JSON. */
  readonly text: string
  /** Its version. */
  readonly eTag: string
  /** When it was written, in milliseconds since the epoch. */
  readonly at: number
}

/**
 * What bots remember through the Bot State API. Like a `ConversationStore` it is synchronous, and what a store that outlives the
 * process has returned from, it still has after the process was killed. Bags do not end by themselves; a bot has at most
 * `maxBags` of them, and one too many takes the place of the one that was written longest ago.
 *
 * What every implementation has to fulfil is in `test/bag-store-conformance.ts`.
 */
export interface BagStore {
  read(key: BagKey): StoredBag | undefined
  /** Adds a bag, or replaces what it holds. */
  write(key: BagKey, bag: StoredBag): void
  /** @returns whether it was there. */
  remove(key: BagKey): boolean
  /** Removes the bag of a user on a channel and those of the user in conversations there. @returns what was removed. */
  removeUser(botId: string, channelId: string, userId: string): readonly RemovedBag[]
}

/** A bag that is no more. */
export interface RemovedBag {
  readonly key: BagKey
  readonly bag: StoredBag
}
