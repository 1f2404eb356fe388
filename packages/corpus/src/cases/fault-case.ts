import type { ScriptedAnswer } from '../world/scripted-answers.ts'
import type { KeyName, RequestSpec } from './inbound-case.ts'

/**
 * Families of faults: O the connector, K credentials, S keys of the issuers, Q state, M middleware, T turns, L lifecycle,
 * F order and delivery.
 */
export type FaultFamily = 'O' | 'K' | 'S' | 'Q' | 'M' | 'T' | 'L' | 'F'

/** Something goes wrong around or inside Parley's bot, and what must come of it. Values are written as in inbound cases. */
export interface FaultCase {
  readonly id: string
  readonly family: FaultFamily
  readonly title: string
  /** What the servers of the world do, call by call. Default: their duty. */
  readonly world?: WorldFaults
  readonly storage?: StorageFaults
  /** What becomes of turns is stored, and what that storage does, call by call. Default: it is not stored. */
  readonly turnStorage?: StorageFaults
  readonly bot?: FaultBotSpec
  /** Time passes as the phases say; only senders are proven, no turns run. For keys, whose lives are long. */
  readonly clock?: 'virtual'
  /** Played while nothing else is: what goes wrong would be taken for a fault of another case. */
  readonly alone?: boolean
  readonly phases: readonly Phase[]
  readonly expect: FaultExpectation
}

/** Scripts of the world's servers. */
export interface WorldFaults {
  readonly connector?: readonly ScriptedAnswer[]
  readonly metadata?: readonly ScriptedAnswer[]
  readonly keys?: readonly ScriptedAnswer[]
  readonly token?: readonly ScriptedAnswer[]
  /** Nothing listens where the connector is, for that many milliseconds. */
  readonly connectorStartsAfterMs?: number
  /** How many connections the connector resets before it reads anything. */
  readonly connectorResets?: number
}

/** What the storage does, call by call; the last goes on. Default `ok`. */
export interface StorageFaults {
  readonly delayMs?: number
  readonly read?: readonly ('ok' | 'throws' | 'hangs')[]
  /** `conflict`: somebody else has written the item in between. */
  readonly write?: readonly ('ok' | 'throws' | 'conflict')[]
}

/** The bot of a fault case. */
export interface FaultBotSpec {
  /** What it does in each turn. Default: says `ran`. */
  readonly does?: readonly BotAction[]
  readonly middleware?: readonly MiddlewareFault[]
  readonly onTurnError?: 'says' | 'throws' | 'returns'
  readonly acknowledgeAfterMs?: number
  readonly concurrency?: 'conversation' | 'none'
  /** How many hosts it has; requests go to each in turn. Default 1. */
  readonly hosts?: number
  readonly maybeSent?: 'resend' | 'skip'
  readonly onTurnStorageFailure?: 'refuse' | 'continue'
  readonly trusts?: readonly string[]
  /** What the name service answers for hosts it is asked for: addresses, or that there is no such host, or nothing. */
  readonly names?: Readonly<Record<string, readonly string[] | 'unknown' | 'silence'>>
}

/** A step of what a bot does in a turn. */
export type BotAction =
  | { readonly say: string }
  /** Says the text of the activity. */
  | { readonly echo: true }
  /** Says several things in one call. */
  | { readonly sayAll: readonly string[] }
  /** Says it and does not wait for it. */
  | { readonly sayUnawaited: string }
  /** Says it after the turn has ended. */
  | { readonly sayLate: string }
  | { readonly answer: { readonly status: number; readonly body?: unknown } }
  | { readonly throw: 'error' | 'text' | 'nothing' }
  /** Adds one to a counter kept in a state, saves, and says how far it has come; `update` repeats after a conflict. */
  | { readonly count: 'conversation' | 'user' | 'private'; readonly by?: 'save' | 'update' }
  /** Keeps a value of that kind in the state of the conversation and saves. */
  | { readonly keep: 'cycle' | 'bigint' | 'map' | 'date' | 'function' | 'large' }
  /** Says what kind of value was kept. */
  | { readonly recall: true }
  /** Waits until a phase opens the gate. */
  | { readonly gate: true }
  /** Lets other turns run that many times. */
  | { readonly yield: number }
  /** Continues the conversation it is in, as if from outside, and says something there. */
  | { readonly sayProactively: string }

/** Middleware that goes wrong. */
export type MiddlewareFault =
  | 'throwsBefore'
  | 'throwsAfter'
  | 'skipsNext'
  | 'callsNextTwice'
  | 'forgetsToAwait'
  | 'throwsOnSend'
  | 'swallowsErrors'

/** What happens next. */
export type Phase =
  /** Requests arrive, each with a new activity id unless `same`. */
  | {
      readonly deliver: RequestSpec
      readonly times?: number
      /** One after the other (default), each on a connection of its own at once, or at once on one connection. */
      readonly how?: 'inTurn' | 'together' | 'pipelined'
      /** All with the id of the first. */
      readonly same?: boolean
      /** Goes on when that many turns have begun, without waiting for answers. */
      readonly untilTurns?: number
      /** Goes on at once, without waiting for answers. */
      readonly leaveRunning?: boolean
    }
  /** The bot speaks first. */
  | { readonly proactive: Readonly<Record<string, unknown>>; readonly times?: number }
  | { readonly openGate: true }
  /** The n-th host ends as if it were killed. */
  | { readonly kill: number }
  /** The adapter closes, while what was left running goes on. */
  | { readonly close: true }
  /** Waits until the connector has taken that many activities. */
  | { readonly untilSaid: number }
  /** The servers follow other scripts from now on. */
  | { readonly follow: WorldFaults }
  /** The channel service publishes these keys from now on. */
  | { readonly publish: readonly KeyName[] }
  /** That much time passes, on the virtual clock. */
  | { readonly passMs: number }
  | { readonly repeat: number; readonly phases: readonly Phase[] }
  /** Items are written at once, as a storage is asked to. */
  | { readonly write: Readonly<Record<string, unknown>> }
  /** What is stored under these keys, each with the item it must be, `null` for none. */
  | { readonly stored: Readonly<Record<string, unknown>> }

/** A number, or the least and the most. */
export type Range = number | readonly [least: number, most: number]

/** What must come of a fault. What is left out is not judged. */
export interface FaultExpectation {
  /** Statuses of the answers: in order, or how many of each. */
  readonly answers?: readonly number[] | Readonly<Record<string, Range>>
  /** All answers have the same body. */
  readonly sameBodies?: boolean
  /** What the connector took, in order, or how much. */
  readonly said?: readonly string[] | Range
  /** How often the bot's logic ran. */
  readonly turns?: Range
  /** How often the world was asked. */
  readonly calls?: Readonly<Partial<Record<'connector' | 'metadata' | 'keys' | 'token', Range>>>
  /** Codes that were logged, among others. */
  readonly codes?: readonly string[]
  /** Events that were logged, among others. */
  readonly events?: readonly string[]
  /** Least time between two calls of the connector, in milliseconds. */
  readonly gapMs?: number
  /** Paths of the calls to the connector. */
  readonly paths?: readonly string[]
  /** How what the bot said first, or what was written, ended: the code of an error, or `done`. */
  readonly ends?: readonly string[]
}
