import { randomBytes } from 'node:crypto'
import type { Logger } from '@parley/core'
import type { Clock } from '../clock.ts'
import { ApiError } from '../http/api-error.ts'
import type { BagKey, BagStore, StoredBag } from '../store/bag-store.ts'

/** What the API says is in a bag. */
export interface BotData {
  /** JSON; `null`: nothing is stored. */
  readonly data: unknown
  /** The version; `*`: nothing is stored. */
  readonly eTag: string
}

/** What a bot wants a bag to hold. */
export interface BotDataWrite {
  /** `null` removes the bag. */
  readonly data: unknown
  /** The version to replace; `*`: any; absent: any, or, for a strict service, none. */
  readonly eTag?: string | undefined
  /** Only a bag that holds nothing is written. */
  readonly onlyIfAbsent: boolean
}

/** A bag that was written or removed. */
export interface BotStateChange {
  readonly botId: string
  readonly scope: 'user' | 'conversation' | 'private'
  readonly channelId: string
  readonly conversationId?: string | undefined
  readonly userId?: string | undefined
  readonly before: BotData
  readonly after: BotData
}

export type BotStateListener = (change: BotStateChange) => void

export interface BotStateBagsOptions {
  readonly store: BagStore
  readonly clock: Clock
  readonly logger: Logger
  /** Largest data, in bytes of its JSON in UTF-8. */
  readonly maxBagBytes: number
  /** Whether a write without an eTag needs an empty bag. */
  readonly strict: boolean
}

const NOTHING: BotData = { data: null, eTag: '*' }

/** The bags of all bots, with the API's rules for versions. Between the check of a version and its write nothing else happens. */
export class BotStateBags {
  /** Largest data, in bytes of its JSON in UTF-8. */
  readonly maxBagBytes: number
  private readonly options: BotStateBagsOptions
  private readonly listeners: Set<BotStateListener> = new Set()

  constructor(options: BotStateBagsOptions) {
    this.options = options
    this.maxBagBytes = options.maxBagBytes
  }

  read(key: BagKey): BotData {
    return toBotData(this.options.store.read(key))
  }

  /** When a bag was written, in milliseconds since the epoch; `undefined` when it holds nothing. */
  writtenAt(key: BagKey): number | undefined {
    return this.options.store.read(key)?.at
  }

  /** @throws ApiError 412 `PreconditionFailed`; 400 `MessageSizeTooBig`. */
  write(key: BagKey, write: BotDataWrite): BotData {
    const { store, clock } = this.options
    const text = write.data === null ? undefined : this.textOf(write.data)
    const before = store.read(key)
    this.requireVersion(before, write)
    if (text === undefined) store.remove(key)
    const after = text === undefined ? undefined : { text, eTag: newETag(), at: clock.now() }
    if (after) store.write(key, after)
    if (before ?? after) this.tell(key, before, after)
    return toBotData(after)
  }

  /** Removes what is kept of a user on a channel. @returns the bags that were removed. */
  removeUser(botId: string, channelId: string, userId: string): readonly BagKey[] {
    const removed = this.options.store.removeUser(botId, channelId, userId)
    for (const { key, bag } of removed) this.tell(key, bag, undefined)
    return removed.map(({ key }) => key)
  }

  /** Listens to what bots write and remove. @returns a function that stops listening. */
  onChange(listener: BotStateListener): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  private textOf(data: unknown): string {
    const { maxBagBytes } = this
    const text = JSON.stringify(data)
    const bytes = Buffer.byteLength(text)
    if (bytes > maxBagBytes) throw bagTooBig(maxBagBytes, bytes)
    return text
  }

  private requireVersion(stored: StoredBag | undefined, { eTag, onlyIfAbsent }: BotDataWrite): void {
    const isAny = eTag === '*' || (eTag === undefined && !this.options.strict)
    const isRight = (isAny || eTag === stored?.eTag) && !(onlyIfAbsent && stored)
    if (!isRight) throw changedMeanwhile()
  }

  /** A listener that throws must not end the write. */
  private tell(key: BagKey, before: StoredBag | undefined, after: StoredBag | undefined): void {
    if (this.listeners.size === 0) return
    const change = { ...key, scope: scopeOf(key), before: toBotData(before), after: toBotData(after) }
    for (const listener of this.listeners) {
      try {
        listener(change)
      } catch (error) {
        this.options.logger.error({ err: error }, 'A listener for bot state threw.')
      }
    }
  }
}

/** 400, unlike for activities: bots of the time know it so. Without `bytes` the body was not even read to its end. */
export function bagTooBig(maxBagBytes: number, bytes?: number): ApiError {
  const size = bytes === undefined ? 'more bytes of JSON' : `${bytes} bytes of JSON, more`
  return new ApiError(
    400,
    'MessageSizeTooBig',
    `The data has ${size} than the ${maxBagBytes} that one bag holds; keep less in it.`,
    bytes === undefined ? { headers: { Connection: 'close' } } : {},
  )
}

function changedMeanwhile(): ApiError {
  return new ApiError(412, 'PreconditionFailed', 'The bag was changed since it was read; read it again.')
}

function toBotData(stored: StoredBag | undefined): BotData {
  return stored ? { data: JSON.parse(stored.text) as unknown, eTag: stored.eTag } : NOTHING
}

function scopeOf({ conversationId, userId }: BagKey): BotStateChange['scope'] {
  if (conversationId === undefined) return 'user'
  return userId === undefined ? 'conversation' : 'private'
}

/** Random, so that none comes back after a restart, or for a bag that was removed and written again. */
function newETag(): string {
  return randomBytes(12).toString('base64url')
}
