import { isDeepStrictEqual } from 'node:util'
import { gunzipSync, gzipSync } from 'node:zlib'
import { ParleyError } from '@parley/core'
import { ABSENT_ETAG } from '@parley/state'
import { BotStateConflictError } from '@parley/storage-bot-state'
import type { BotStateBag, BotStateClient } from '@parley/storage-bot-state'
import type { IBotStorageContext, IBotStorageData } from '../contracts/connectors.ts'
import { mergeChanges } from './merge-changes.ts'

/** How often a bag is written that others write at the same time. */
const MAX_TRIES = 8

/** A bot keeps its data with the connector, and the service of the channel keeps none. */
export class StateEndpointMissingError extends ParleyError {
  static readonly code = 'DROPIN_STATE_MISSING'
  readonly code: string = StateEndpointMissingError.code

  constructor(channelId: string, options?: ErrorOptions) {
    super(
      `The channel '${channelId}' keeps no data for bots since the Bot State service ended: ` +
        "set a storage, `bot.set('storage', …)`, or `stateEndpoint` of the connector.",
      options,
    )
  }
}

type DataName = 'userData' | 'conversationData' | 'privateConversationData'

/** What a turn knows of a bag: as JSON says it. */
interface KnownBag {
  /** What the turn read or wrote last. */
  data: unknown
  /** What the service stored then, which others may have added to. */
  stored: unknown
  eTag: string
}

/**
 * The data of turns, in bags of the Bot State service. SDK v3 overwrote what was there; here a bag is replaced only in the
 * version the turn has read, and when another turn was faster, what this one changed is put into what that one stored.
 */
export class StateBags {
  private readonly clientOf: (context: IBotStorageContext) => BotStateClient
  private readonly gzip: boolean
  private readonly known: WeakMap<IBotStorageContext, Map<DataName, KnownBag>> = new WeakMap()

  /**
   * @param clientOf - Where the data of a context is; may throw.
   * @param gzip - Whether data is compressed before it is written.
   */
  constructor(clientOf: (context: IBotStorageContext) => BotStateClient, gzip: boolean) {
    this.clientOf = clientOf
    this.gzip = gzip
  }

  /** @throws {@link StateEndpointMissingError} `DROPIN_STATE_MISSING`, or a BotStateError `BOTSTATE_…`. */
  async read(context: IBotStorageContext): Promise<IBotStorageData> {
    const client = this.clientOf(context)
    const known = new Map<DataName, KnownBag>()
    const entries = await Promise.all(
      bagsOf(context).map(async ([name, bag]) => {
        const { data, eTag } = await client.read(bag)
        const plain = unpacked(data)
        known.set(name, { data: plain, stored: plain, eTag })
        // The turn changes what it gets.
        return [name, plain === null ? null : structuredClone(plain)] as const
      }),
    )
    this.known.set(context, known)
    return Object.fromEntries(entries)
  }

  /** Writes what changed since the context was read; without that, whatever is there is replaced, as SDK v3 did. */
  async write(context: IBotStorageContext, data: IBotStorageData): Promise<void> {
    const client = this.clientOf(context)
    const known = this.known.get(context) ?? new Map<DataName, KnownBag>()
    this.known.set(context, known)
    await Promise.all(
      bagsOf(context).map(async ([name, bag]) => {
        if (!(name in data)) return
        const mine = asJson(data[name])
        const base = known.get(name)
        if (!base) known.set(name, await this.replace(client, bag, mine))
        else if (!isSame(base.data, mine)) known.set(name, await this.change(client, bag, base, mine))
      }),
    )
  }

  /** Removes the data of the user: the user's own, and that in all conversations of the channel. */
  async deleteUser(context: IBotStorageContext): Promise<void> {
    const { userId, address } = context
    if (userId) await this.clientOf(context).deleteUser(address?.channelId ?? '', userId)
  }

  private async replace(client: BotStateClient, bag: BotStateBag, mine: unknown): Promise<KnownBag> {
    const { eTag } = await client.write(bag, this.packed(mine))
    return { data: mine, stored: mine, eTag }
  }

  private async change(client: BotStateClient, bag: BotStateBag, base: KnownBag, mine: unknown): Promise<KnownBag> {
    let current = { stored: base.stored, eTag: base.eTag }
    for (let attempt = 1; ; attempt += 1) {
      const stored = mergeChanges(base.data, mine, current.stored)
      try {
        const { eTag } = await client.write(bag, this.packed(stored), current.eTag === '*' ? ABSENT_ETAG : current.eTag)
        return { data: mine, stored, eTag }
      } catch (error) {
        if (!(error instanceof BotStateConflictError) || attempt === MAX_TRIES) throw error
        const { data, eTag } = await client.read(bag)
        current = { stored: unpacked(data), eTag }
      }
    }
  }

  private packed(data: unknown): unknown {
    return this.gzip && data !== null ? gzipSync(JSON.stringify(data)).toString('base64') : data
  }
}

function bagsOf({ userId, conversationId, address, ...persist }: IBotStorageContext): [DataName, BotStateBag][] {
  const channelId = address?.channelId ?? ''
  const bags: [DataName, BotStateBag][] = []
  if (userId && persist.persistUserData) bags.push(['userData', { scope: 'user', channelId, userId }])
  if (!conversationId) return bags
  if (userId) bags.push(['privateConversationData', { scope: 'private', channelId, conversationId, userId }])
  if (persist.persistConversationData) {
    bags.push(['conversationData', { scope: 'conversation', channelId, conversationId }])
  }
  return bags
}

/** Nothing, and an object with nothing in it, are the same to a bot. */
function isSame(base: unknown, mine: unknown): boolean {
  return isDeepStrictEqual(base ?? {}, mine ?? {})
}

function asJson(data: unknown): unknown {
  return data === undefined || data === null ? null : (JSON.parse(JSON.stringify(data)) as unknown)
}

/** What SDK v3 compressed is text. */
function unpacked(data: unknown): unknown {
  if (typeof data !== 'string') return data
  const bytes = Buffer.from(data, 'base64')
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  return isGzip
    ? (JSON.parse(gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }).toString('utf8')) as unknown)
    : data
}

const MAX_UNPACKED_BYTES = 4 * 1024 * 1024
