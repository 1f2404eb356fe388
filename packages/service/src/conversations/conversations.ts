import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { Clock } from '../clock.ts'
import { conversationEnded } from '../http/api-error.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import type { ConversationStore } from '../store/conversation-store.ts'
import { openChance } from './chance.ts'
import type { Chance } from './chance.ts'
import { introduce } from './activities-for-bots.ts'
import type { ChannelFacts } from './activities-for-bots.ts'
import { activityIdIn, activityNumberIn, newConversationId } from './conversation-ids.ts'
import type { ConversationFeed } from './conversation-feed.ts'
import type { ConversationObserver } from './conversation-observer.ts'
import type { WireAccount, WireActivity } from './wire-activity.ts'

export interface ConversationsOptions {
  readonly store: ConversationStore
  readonly feed: ConversationFeed
  readonly clock: Clock
  /** Base address given to bots, for their replies. */
  readonly serviceUrl: string
  /** Where ids and the times of activities come from. Default: nobody guesses the ids, and the clock tells the time. */
  readonly chance?: Chance
  readonly observer?: ConversationObserver | undefined
}

const MAX_LENT_IDS = 1_000
const MAX_LENT_CONVERSATIONS = 100

/** A conversation to open. */
export interface OpenConversation {
  /** Default: a new id. */
  readonly id?: string
  readonly bot: RegisteredBot
  readonly channelId: string
  readonly user?: WireAccount
  /** Who takes part from the start, beside the bot and {@link OpenConversation.user}. */
  readonly members?: readonly WireAccount[]
  readonly isGroup?: boolean
  readonly topicName?: string
  /** Language of the client, a BCP 47 tag. */
  readonly locale?: string
  /** The client's mark of what it started. */
  readonly eTag?: string
  /** What the channel adds to every activity. */
  readonly wire?: NonNullable<ConversationRecord['wire']>
  /** Milliseconds since the epoch. Default: now. */
  readonly createdAt?: number
}

/** The life of conversations, and the log of what is said in them; who says what is decided by the doors. */
export class Conversations {
  readonly store: ConversationStore
  /** Where bots send their replies. */
  readonly serviceUrl: string
  /** Where ids and the times of activities come from. */
  readonly chance: Chance
  private readonly options: ConversationsOptions
  /** Conversations that changed in the step that is being done, if one is. */
  private changed: Set<string> | undefined
  /** Ids of activities that somebody else made up, by conversation. */
  private readonly lent: Map<string, Set<string>> = new Map()
  /** What the observer is to be shown of that step. */
  private unseen: (() => void)[] = []

  constructor(options: ConversationsOptions) {
    this.options = options
    this.store = options.store
    this.serviceUrl = options.serviceUrl
    this.chance = options.chance ?? openChance(options.clock)
  }

  /**
   * Does several changes as one: none of them is done when `work` throws or the service is killed, if conversations outlive
   * it. Clients see what changed when all is done. A call within `work` joins the outer one.
   */
  atomically<T>(work: () => T): T {
    if (this.changed) return work()
    const changed = new Set<string>()
    this.changed = changed
    let result: T
    try {
      result = this.store.atomically(work)
    } catch (error) {
      this.unseen = []
      throw error
    } finally {
      this.changed = undefined
    }
    for (const show of this.unseen.splice(0)) show()
    for (const id of changed) this.options.feed.announce(id)
    return result
  }

  /** Opens a conversation. The bot is not told of it. */
  open({
    id = newConversationId(this.chance),
    bot,
    channelId,
    user,
    members = [],
    isGroup = false,
    topicName,
    locale,
    eTag,
    wire,
    createdAt = this.chance.beginning(),
  }: OpenConversation): ConversationRecord {
    const conversation: ConversationRecord = {
      id,
      botId: bot.appId,
      channelId,
      createdAt,
      ...(user ? { user } : {}),
      userIntroduced: false,
      members: uniqueById([bot.account, ...(user ? [user] : []), ...members]),
      isGroup,
      ...(topicName === undefined ? {} : { topicName }),
      ...(wire === undefined ? {} : { wire }),
      ...(locale === undefined ? {} : { locale }),
      ...(eTag === undefined ? {} : { eTag }),
      introductions: [],
    }
    this.store.put(conversation)
    return conversation
  }

  /**
   * Opens a thread in a channel of Teams, with everybody who is in the channel. Its id names the message it begins with: the next
   * one that is sent in it.
   */
  openThread(
    bot: RegisteredBot,
    { id: channelId, channelId: on, members, wire }: ConversationRecord,
  ): ConversationRecord {
    let createdAt = Math.floor(this.chance.beginning())
    const idAt = (time: number): string => `${channelId};messageid=${time + 1}`
    while (this.store.get(idAt(createdAt))) createdAt += 1
    const thread = this.open({
      id: idAt(createdAt),
      bot,
      channelId: on,
      members,
      isGroup: true,
      createdAt,
      ...(wire ? { wire } : {}),
    })
    this.change(thread.id, { userIntroduced: true })
    return { ...thread, userIntroduced: true }
  }

  get(conversationId: string): ConversationRecord | undefined {
    return this.store.get(conversationId)
  }

  /** Changes a record, unless the conversation was removed meanwhile. */
  change(conversationId: string, changes: Partial<ConversationRecord>): void {
    const record = this.store.get(conversationId)
    if (record) this.store.put({ ...record, ...changes })
  }

  /** Puts the introduction of `members` behind those the bot has not received yet. */
  addIntroduction(conversation: ConversationRecord, bot: RegisteredBot, members: readonly WireAccount[]): void {
    this.atomically(() => {
      const introduction = introduce(members, this.factsOf(conversation, bot))
      const { introductions = [] } = this.store.get(conversation.id) ?? {}
      this.change(conversation.id, { introductions: [...introductions, introduction] })
    })
  }

  /** What the channel says about the next activity of a conversation; takes the next id. */
  factsOf(conversation: ConversationRecord, bot: RegisteredBot): ChannelFacts {
    const number = this.store.nextActivityNumber(conversation.id)
    const id = activityIdIn(conversation, number)
    const timestamp = new Date(this.chance.timeOf(number)).toISOString()
    return { conversation, bot, id, timestamp, serviceUrl: this.serviceUrl }
  }

  /** Lets bots answer an activity whose id somebody else made up. The last ones are known, for this run. */
  lend(conversationId: string, activityId: string): void {
    if (this.hasIssued(conversationId, activityId)) return
    const ids = this.lent.get(conversationId) ?? new Set()
    this.lent.delete(conversationId)
    this.lent.set(conversationId, ids.add(activityId))
    dropOldest(ids, MAX_LENT_IDS)
    dropOldest(this.lent, MAX_LENT_CONVERSATIONS)
  }

  /** Whether the service has given out this activity id in this conversation, even if the activity is long forgotten. */
  hasIssued(conversationId: string, activityId: string): boolean {
    if (this.lent.get(conversationId)?.has(activityId)) return true
    const conversation = this.store.get(conversationId)
    const number = conversation && activityNumberIn(conversation, activityId)
    return number !== undefined && number >= 1 && number <= this.store.lastActivityNumber(conversationId)
  }

  /** Adds an activity to the log and shows it to the clients. */
  append(conversationId: string, activity: WireActivity, options: { readonly transient: boolean }): void {
    if (!this.store.get(conversationId)) return
    this.store.append(conversationId, activity, options)
    this.show((observer) => observer.said(conversationId, activity))
    this.announce(conversationId)
  }

  /** Replaces an activity and shows the change. @returns whether it was there. */
  replace(conversationId: string, activity: WireActivity): boolean {
    const done = this.store.replace(conversationId, activity)
    if (!done) return false
    this.show((observer) => observer.changed(conversationId, activity))
    this.announce(conversationId)
    return true
  }

  /** Erases an activity and shows the change. @returns whether it was there. */
  erase(conversationId: string, activityId: string): boolean {
    const activity = this.store.find(conversationId, activityId)
    const done = this.store.erase(conversationId, activityId)
    if (!done) return false
    if (activity) this.show((observer) => observer.takenBack(conversationId, activity))
    this.announce(conversationId)
    return true
  }

  /** Ends a conversation when `activity` says so. */
  noteEnd(conversationId: string, activity: WireActivity): void {
    if (activity.type === 'endOfConversation') this.change(conversationId, { endedAt: this.options.clock.now() })
  }

  /** Removes a conversation with everything said in it. @returns whether it was there. */
  remove(conversationId: string): boolean {
    if (!this.store.get(conversationId)) return false
    this.store.remove(conversationId)
    this.announce(conversationId)
    return true
  }

  /** Removes a member; without members there is no conversation. @returns whether the member was there. */
  removeMember(conversation: ConversationRecord, memberId: string): boolean {
    const members = conversation.members.filter((member) => member.id !== memberId)
    if (members.length === conversation.members.length) return false
    if (members.length > 0) this.change(conversation.id, { members })
    else this.remove(conversation.id)
    return true
  }

  private show(what: (observer: ConversationObserver) => void): void {
    const { observer } = this.options
    if (!observer) return
    if (this.changed) this.unseen.push(() => what(observer))
    else what(observer)
  }

  private announce(conversationId: string): void {
    if (this.changed) this.changed.add(conversationId)
    else this.options.feed.announce(conversationId)
  }
}

/** @throws ApiError 403 `ConversationEnded`. */
export function requireOpen(conversation: ConversationRecord): void {
  if (conversation.endedAt !== undefined) throw conversationEnded()
}

function dropOldest(kept: Map<string, unknown> | Set<string>, most: number): void {
  const [oldest] = kept.keys()
  if (kept.size > most && oldest !== undefined) kept.delete(oldest)
}

function uniqueById(accounts: readonly WireAccount[]): readonly WireAccount[] {
  return [...new Map(accounts.map((account) => [account.id, account])).values()]
}
