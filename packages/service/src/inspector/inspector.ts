import type { BotRegistry } from '../bots/bot-registry.ts'
import { secretsIn } from '../identity/app-credentials.ts'
import type { Clock } from '../clock.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import type { ConversationStore } from '../store/conversation-store.ts'
import type { DecodedToken, EntryDetail, EntrySummary, Lint, StateDetail } from './entry.ts'
import { EntryRing } from './entry-ring.ts'
import type { InspectorLimits } from './entry-ring.ts'
import { countLints } from './lints/count-lints.ts'
import { jsonOrText, showMessage, sizeOfMessage } from './stored-message.ts'
import type { StoredMessage } from './stored-message.ts'

/** What is to be entered. */
export interface EntryDraft {
  /** Milliseconds since the epoch. Default now. */
  readonly at?: number
  readonly summary: Omit<EntrySummary, 'seq' | 'at' | 'lints'>
  readonly request?: StoredMessage
  readonly response?: StoredMessage
  /** JSON without secrets, or its beginning. */
  readonly activity?: string
  /** JSON without secrets. */
  readonly state?: StateDetail
  /** Says what is in its token. */
  readonly token?: () => DecodedToken
  /** Looks for oddities; called once at most, and only when somebody looks. */
  readonly lint?: () => readonly Lint[]
}

interface StoredEntry extends Omit<EntryDraft, 'at' | 'summary' | 'lint'> {
  readonly seq: number
  readonly bytes: number
  readonly summary: EntrySummary
  readonly lints: () => readonly Lint[]
}

/** Which entries a page sees: those of its conversation, and those of its bot that belong to none. */
export interface EntryQuery {
  readonly conversationId: string
  /** App id of the bot; absent while the conversation is unknown. */
  readonly botId?: string | undefined
}

export interface InspectorOptions {
  readonly limits: InspectorLimits
  readonly clock: Clock
  readonly bots: BotRegistry
  readonly store: Pick<ConversationStore, 'get'>
  /** Secrets beside those of the bots. */
  readonly secrets: readonly string[]
}

type ConversationPlace = Pick<ConversationRecord, 'botId' | 'channelId'>

const MAX_PLACES = 1_000

/** What an entry takes beside its texts. */
const ENTRY_OVERHEAD_BYTES = 512

/** A secret shorter than this would hide ordinary words. */
const MIN_SECRET_CHARS = 8

/** Remembers, for a developer, what went over the wire lately. Nothing secret is kept. */
export class Inspector {
  readonly limits: InspectorLimits
  readonly clock: Clock
  private readonly options: InspectorOptions
  private readonly ring: EntryRing<StoredEntry>
  private readonly listeners: Set<() => void> = new Set()
  /** Secrets of the bots that were registered when they were collected. */
  private known: { readonly version: number; readonly secrets: readonly string[] } = { version: -1, secrets: [] }
  /** What never changes of the conversations seen last. */
  private readonly places: Map<string, ConversationPlace> = new Map()

  constructor(options: InspectorOptions) {
    this.options = options
    this.limits = options.limits
    this.clock = options.clock
    this.ring = new EntryRing(options.limits)
  }

  /** Number of the newest entry; 0 before the first. */
  get lastSeq(): number {
    return this.ring.lastSeq
  }

  /** What is a secret wherever it stands. */
  get secrets(): readonly string[] {
    const { bots, secrets } = this.options
    if (this.known.version !== bots.version) {
      const all = [...bots.all().flatMap(({ credentials }) => secretsIn(credentials)), ...secrets]
      this.known = { version: bots.version, secrets: all.filter((text) => text.length >= MIN_SECRET_CHARS) }
    }
    return this.known.secrets
  }

  /** The bot of a conversation, as far as it can be found out: what is watched must not suffer from being watched. */
  botOf(conversationId: string): string | undefined {
    return this.placeOf(conversationId)?.botId
  }

  /** The channel of a conversation. */
  channelOf(conversationId: string): string | undefined {
    return this.placeOf(conversationId)?.channelId
  }

  /** The only bot there is; `undefined` when there are several. */
  get onlyBot(): string | undefined {
    const [first, ...others] = this.options.bots.all()
    return others.length === 0 ? first?.appId : undefined
  }

  isBot(appId: string): boolean {
    return this.options.bots.find(appId) !== undefined
  }

  enter({ at = this.clock.now(), summary, lint = () => [], ...rest }: EntryDraft): void {
    const seq = this.ring.nextSeq()
    const texts = [rest.request, rest.response].reduce(
      (sum, message) => sum + (message ? sizeOfMessage(message) : 0),
      0,
    )
    const state = rest.state ? JSON.stringify(rest.state).length : 0
    const bytes = ENTRY_OVERHEAD_BYTES + texts + (rest.activity?.length ?? 0) + state
    this.ring.add({
      seq,
      bytes,
      summary: { seq, at: new Date(at).toISOString(), ...summary },
      lints: once(lint),
      ...rest,
    })
    for (const listener of this.listeners) listener()
  }

  /** The entries after the one of that number. */
  summariesAfter(seq: number, query: EntryQuery): readonly EntrySummary[] {
    return this.ring
      .after(seq)
      .filter(({ summary }) => isMeant(summary, query))
      .map(withLintCounts)
  }

  /** Everything that is known of an entry; `undefined` when it was forgotten. */
  detailOf(seq: number): EntryDetail | undefined {
    const entry = this.ring.find(seq)
    if (!entry) return undefined
    const { summary, request, response, activity, token, state } = entry
    return {
      ...summary,
      ...(request ? { request: showMessage(request) } : {}),
      ...(response ? { response: showMessage(response) } : {}),
      ...(token ? { token: token() } : {}),
      ...(activity === undefined ? {} : { activity: objectOf(activity) }),
      ...(state ? { state } : {}),
      lints: entry.lints(),
    }
  }

  private placeOf(conversationId: string): ConversationPlace | undefined {
    const known = this.places.get(conversationId)
    if (known) return known
    try {
      const record = this.options.store.get(conversationId)
      if (!record) return undefined
      const place = { botId: record.botId, channelId: record.channelId }
      this.places.set(conversationId, place)
      const [oldest] = this.places.keys()
      if (this.places.size > MAX_PLACES && oldest !== undefined) this.places.delete(oldest)
      return place
    } catch {
      return undefined
    }
  }

  /** Forgets what a page sees, or everything. */
  forget(query?: EntryQuery): void {
    this.ring.remove(({ summary }) => query === undefined || isMeant(summary, query))
  }

  /** Calls `listener` after every entry. @returns a function that stops it. */
  follow(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }
}

function withLintCounts({ summary, lints }: StoredEntry): EntrySummary {
  const counts = countLints(lints())
  return counts ? { ...summary, lints: counts } : summary
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function isMeant({ conversationId, appId }: EntrySummary, query: EntryQuery): boolean {
  if (conversationId !== undefined) return conversationId === query.conversationId
  return appId === undefined || appId === query.botId
}

/** Of an activity that was too long to be kept as a whole there is only text. */
function objectOf(activity: string): object {
  const value = jsonOrText(activity)
  return typeof value === 'object' && value !== null ? value : { truncated: value }
}
