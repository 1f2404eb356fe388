/** What an entry is about: a call over HTTP, something said in a conversation, a bot's state, or a remark of the service. */
export type EntryKind = 'http' | 'activity' | 'state' | 'note'

/** One line of what happened. Which fields are there depends on {@link EntrySummary.kind}. */
export interface EntrySummary {
  /** Rises by one with every entry of a run. Exchanges are entered when they are over; `at` is when they began. */
  readonly seq: number
  /** ISO 8601 with milliseconds, by the service's clock. */
  readonly at: string
  readonly kind: EntryKind
  readonly conversationId?: string
  /** App id of the bot, when known. For calls that were refused it is the one the caller claimed to have. */
  readonly appId?: string
  /** Id of the activity whose turn it belongs to, when known. */
  readonly turn?: string
  readonly way?: ExchangeWay
  readonly method?: string
  readonly path?: string
  /** Absent when there was no answer. */
  readonly status?: number
  readonly ms?: number
  readonly from?: Speaker
  readonly change?: ActivityChange
  readonly type?: string
  /** At most 120 characters of what was said. */
  readonly text?: string
  /** The activity, or the one an exchange carried. */
  readonly activityId?: string
  readonly scope?: string
  /** Number of changed places in the state. */
  readonly changes?: number
  readonly lints?: LintCounts
  /** One sentence for the developer, when something is wrong. */
  readonly problem?: string
}

export type ExchangeWay = 'to-bot' | 'from-bot' | 'from-client'
export type Speaker = 'user' | 'bot' | 'channel'
export type ActivityChange = 'sent' | 'updated' | 'deleted'
export type LintSeverity = 'error' | 'warning' | 'info'
export type LintCounts = Readonly<Record<LintSeverity, number>>

/** An oddity in an activity or a call that was tolerated here, and may not be elsewhere. */
export interface Lint {
  /** Id of the rule, e.g. `A2031`. Those of the Activity protocol begin with `A`. */
  readonly rule: string
  readonly severity: LintSeverity
  readonly message: string
  /** JSON pointer into the activity. */
  readonly path?: string
}

/** One half of an exchange, without secrets. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>
  /** JSON, or text when it is none; absent when there was none, or nothing to read. */
  readonly body?: unknown
  readonly bytes: number
  readonly truncated?: true
}

/** One thing a token must be for its receiver to accept it. */
export interface TokenFinding {
  readonly name: string
  /** `null`: not known here. */
  readonly passed: boolean | null
  readonly detail: string
}

/** A token without its signature, and what was found in it. */
export interface DecodedToken {
  readonly header: object
  readonly claims: object
  readonly verdict: 'accepted' | 'refused' | 'unknown'
  readonly checks: readonly TokenFinding[]
  /** What to do when it was refused. */
  readonly advice?: string
}

/** One changed place. A value that is absent was not there. */
export interface StateChange {
  /** JSON pointer. */
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
}

export interface StateDetail {
  readonly before: unknown
  readonly after: unknown
  readonly changes: readonly StateChange[]
}

/** Everything that is known of an entry. */
export interface EntryDetail extends Omit<EntrySummary, 'lints'> {
  readonly request?: Message
  readonly response?: Message
  readonly token?: DecodedToken
  readonly activity?: object
  readonly state?: StateDetail
  readonly lints: readonly Lint[]
}
