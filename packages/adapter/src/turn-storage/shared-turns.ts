import { setTimeout as sleep } from 'node:timers/promises'
import { InboundRefusedError } from '@parley/core'
import type { Storage } from '@parley/state'
import { newOwnerName, ownerState } from '@parley/state/internal'
import { ACCEPTED } from '../http/answers.ts'
import type { Answer } from '../http/inbound-request.ts'
import { HTTP_REFUSALS } from '../http/refusals.ts'
import { SendJournal } from '../stages/send-journal.ts'
import type { JournaledSends, MaybeSentPolicy } from '../stages/send-journal.ts'
import { isFailure } from '../stages/turn-run.ts'
import type { StartTurn, TurnRun } from '../stages/turn-run.ts'
import { ExpiredTurns } from './expired-turns.ts'
import { TurnClaim } from './turn-claim.ts'
import { TurnItems, TurnStorageError, turnKey } from './turn-items.ts'
import type { StoredTurn } from './turn-items.ts'

/** What happens to activities while the storage of turns cannot be used. */
export type TurnStorageFailurePolicy = 'refuse' | 'continue'

/** Options of {@link SharedTurns}. */
export interface SharedTurnsOptions {
  readonly storage: Storage
  readonly maybeSent: MaybeSentPolicy
  readonly onFailure: TurnStorageFailurePolicy
  /** How long a delivery waits for the host that runs its turn, in milliseconds. */
  readonly waitMs: number
  /** Called for each reply of which nobody knows whether it was sent, when its turn runs again. */
  readonly onMaybeSent: () => void
  /** Called for each turn that runs again here because the host that ran it ended or fell silent. */
  readonly onTakenOver: () => void
  /** Called when something could not be recorded, and the turn goes on. */
  readonly onStorageError: (error: Error) => void
  /** Called for each answer that is too large to be stored: another host would run its turn again. */
  readonly onAnswerTooLarge: () => void
  /** For how long a host that is silent keeps a turn, in milliseconds. Default 15 000. */
  readonly leaseMs?: number
  /** How often a running turn gets a new lease, in milliseconds. Default 5000. */
  readonly renewMs?: number
  /** How often the answer of another host is looked for, in milliseconds. Default 250. */
  readonly pollMs?: number
  /** How long an operation of the storage may take, in milliseconds. Default 3000. */
  readonly budgetMs?: number
  /** How long a result is kept, in milliseconds. Default 10 minutes. */
  readonly keepMs?: number
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
}

const FIRST_POLL_MS = 20

/**
 * One turn for all deliveries of an activity, to whichever host and however often one is killed: who runs it, what it has sent
 * and what it answered is in a storage that all hosts share.
 */
export class SharedTurns {
  private readonly options: Required<SharedTurnsOptions>
  private readonly items: TurnItems
  private readonly expired: ExpiredTurns
  private isClosed = false

  constructor(options: SharedTurnsOptions) {
    const defaults = { leaseMs: 15_000, renewMs: 5000, pollMs: 250, budgetMs: 3000, keepMs: 600_000, now: Date.now }
    this.options = { ...defaults, ...options }
    const { storage, budgetMs, keepMs, now } = this.options
    this.items = new TurnItems(storage, budgetMs)
    this.expired = new ExpiredTurns({ items: this.items, keepMs, now, onFailure: this.options.onStorageError })
  }

  /**
   * The answer to a delivery, from the one host that runs its turn.
   *
   * @param delivery - What all deliveries of one activity have in common.
   * @param alone - Runs the turn without the storage.
   * @throws {@link InboundRefusedError} `TURN_STORAGE_FAILED` or `TURN_RUNS_ELSEWHERE` 503.
   */
  async run(delivery: string, turn: StartTurn, alone: () => Promise<Answer>): Promise<Answer> {
    const sends: JournaledSends = {}
    let claim: TurnClaim | Answer
    try {
      claim = await this.claim(turnKey(delivery), sends)
    } catch (error) {
      if (!(error instanceof TurnStorageError)) throw error
      if (this.options.onFailure === 'refuse') throw storageFailed(error)
      this.options.onStorageError(error)
      return alone()
    }
    return claim instanceof TurnClaim ? this.play(claim, turn, sends) : claim
  }

  /** Lets nobody wait any longer. Turns that still run keep their leases. */
  close(): Promise<void> {
    this.isClosed = true
    return this.expired.close()
  }

  /** The turn, to be run here with what it has sent in `sends`, or the answer it got elsewhere. */
  private async claim(key: string, sends: JournaledSends): Promise<TurnClaim | Answer> {
    const claim = this.newClaim(key, sends)
    const waitUntil = performance.now() + this.options.waitMs
    if (await this.take(claim, key)) return claim
    for (let pauseMs = FIRST_POLL_MS; ;) {
      const stored = await this.items.read(key)
      if (!stored || this.isFree(stored)) {
        replaceAll(sends, stored?.item.sends ?? {})
        if (await this.take(claim, key, stored)) return claim
      } else {
        // Also of a turn that still runs and was answered before its end.
        if (stored.item.answer) return stored.item.answer
        if (this.isClosed || performance.now() > waitUntil) throw runsElsewhere()
        await sleep(pauseMs)
        pauseMs = Math.min(pauseMs * 2, this.options.pollMs)
      }
    }
  }

  private async take(claim: TurnClaim, key: string, stored?: StoredTurn): Promise<boolean> {
    if (!(await this.items.replace(key, claim.item(), stored?.eTag))) return false
    claim.hold()
    this.expired.add(key)
    if (stored?.item.state === 'running') this.options.onTakenOver()
    return true
  }

  private isFree({ item: { state, owner, leaseUntil } }: StoredTurn): boolean {
    if (state !== 'running') return state === 'open'
    return leaseUntil <= this.options.now() || ownerState(owner) === 'dead'
  }

  private newClaim(key: string, sends: JournaledSends): TurnClaim {
    const { items } = this
    const { leaseMs, renewMs, keepMs, now } = this.options
    return new TurnClaim({
      items,
      key,
      sends,
      leaseMs,
      renewMs,
      keepMs,
      now,
      owner: newOwnerName(),
      speaksUnrecorded: this.options.onFailure === 'continue',
      onFailure: this.options.onStorageError,
      onAnswerTooLarge: this.options.onAnswerTooLarge,
    })
  }

  private play(claim: TurnClaim, turn: StartTurn, sends: JournaledSends): Promise<Answer> {
    const { maybeSent, onMaybeSent } = this.options
    const journal = new SendJournal({ sends, recorder: claim, maybeSent, onMaybeSent })
    const run = begin(turn, journal)
    const settled = this.settle(claim, journal, run.end)
    const answered = (answer: Answer): Answer | Promise<Answer> => {
      if (answer !== ACCEPTED) return settled
      claim.acknowledged(answer)
      // What becomes of the rest is in the log of the turn.
      settled.catch(() => {})
      return answer
    }
    return run.answer.then(answered, () => settled)
  }

  /** Records how the turn ended before anybody is told. */
  private async settle(claim: TurnClaim, journal: SendJournal, end: Promise<Answer>): Promise<Answer> {
    const release = async (): Promise<void> => {
      journal.runFailed()
      await claim.release().catch(this.options.onStorageError)
    }
    let answer: Answer
    try {
      answer = await end
    } catch (error) {
      await release()
      throw error
    }
    // The turn is done, recorded or not: an error would make it run again.
    await (isFailure(answer) ? release() : claim.finish(answer).catch(this.options.onStorageError))
    return answer
  }
}

function begin(turn: StartTurn, journal: SendJournal): TurnRun {
  try {
    return turn(journal)
  } catch (error) {
    const answer = Promise.reject(error)
    return { answer, end: answer }
  }
}

function replaceAll(target: JournaledSends, source: JournaledSends): void {
  for (const place of Object.keys(target)) delete target[place]
  Object.assign(target, source)
}

function storageFailed(cause: TurnStorageError): InboundRefusedError {
  return new InboundRefusedError(HTTP_REFUSALS.TURN_STORAGE_FAILED, cause.message, { cause, retryAfterSeconds: 5 })
}

function runsElsewhere(): InboundRefusedError {
  const message =
    'Another host still runs the turn of this activity; its answer is there when the activity comes again.'
  return new InboundRefusedError(HTTP_REFUSALS.TURN_RUNS_ELSEWHERE, message, { retryAfterSeconds: 1 })
}
