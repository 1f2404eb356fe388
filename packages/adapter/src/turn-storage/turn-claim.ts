import { createHash } from 'node:crypto'
import { ParleyError } from '@parley/core'
import type { Answer } from '../http/inbound-request.ts'
import type { JournaledSends, SendRecorder } from '../stages/send-journal.ts'
import { TurnStorageError } from './turn-items.ts'
import type { TurnItem, TurnItems } from './turn-items.ts'

/** Another host has taken the turn over, so this one sends nothing more for it. */
export class TurnTakenOverError extends ParleyError {
  static readonly code = 'ADAPTER_TURN_TAKEN_OVER'
  readonly code: string = TurnTakenOverError.code

  constructor(options?: ErrorOptions) {
    super(
      'Another host has taken this turn over, because this one was silent for too long; look for code that blocks ' +
        'the event loop, or for a clock that is wrong.',
      options,
    )
  }
}

/** Options of {@link TurnClaim}. */
export interface TurnClaimOptions {
  readonly items: TurnItems
  readonly key: string
  /** New for each claim. */
  readonly owner: string
  readonly sends: JournaledSends
  readonly leaseMs: number
  readonly renewMs: number
  readonly keepMs: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Something could not be stored, and the turn goes on. */
  readonly onFailure: (error: Error) => void
  readonly onAnswerTooLarge: () => void
  /** Whether the bot may say what cannot be recorded. */
  readonly speaksUnrecorded: boolean
}

/** Larger ones are not stored, in bytes of UTF-8. */
const MAX_ANSWER_BYTES = 256 * 1024
const MAX_TRIES = 3

/**
 * A turn this process has, as the storage knows it. Everything is written by comparing and swapping against what is stored, if
 * that is still ours; so a process that was stopped and goes on cannot overwrite the one that took its turn.
 */
export class TurnClaim implements SendRecorder {
  private readonly options: TurnClaimOptions
  private state: TurnItem['state'] = 'running'
  private answer: Answer | undefined
  private isUnsaved = false
  private saving: Promise<void> | undefined
  private renewal: NodeJS.Timeout | undefined
  private isLost = false

  constructor(options: TurnClaimOptions) {
    this.options = options
  }

  /** What is to be stored now. */
  item(): TurnItem {
    const { owner, sends, leaseMs, keepMs, now } = this.options
    const at = now()
    return {
      state: this.state,
      owner,
      leaseUntil: this.state === 'running' ? at + leaseMs : at,
      // Who gets the answer needs not know how it came about.
      sends: this.state === 'done' ? {} : sends,
      ...(this.answer === undefined ? {} : { answer: this.answer }),
      expiresAt: at + keepMs,
    }
  }

  /** Renews the lease until the turn has ended. */
  hold(): void {
    this.renewal = setInterval(() => this.saveBehind(), this.options.renewMs).unref()
  }

  async begun(): Promise<void> {
    try {
      await this.save()
    } catch (error) {
      if (!this.options.speaksUnrecorded || error instanceof TurnTakenOverError) throw error
      this.options.onFailure(error as Error)
    }
  }

  ended(): void {
    this.saveBehind()
  }

  keyOf(place: string, take: number): string {
    const { key } = this.options
    return createHash('sha256')
      .update(JSON.stringify([key, place, take]))
      .digest('hex')
      .slice(0, 32)
  }

  /** The turn was answered and goes on. */
  acknowledged(answer: Answer): void {
    this.answer = answer
    this.saveBehind()
  }

  /** The turn has ended well. An answer too large to be kept leaves it open: another host would run it again. */
  async finish({ status, headers, body }: Answer): Promise<void> {
    this.end()
    const isKept = body === undefined || Buffer.byteLength(body) <= MAX_ANSWER_BYTES
    if (!isKept) this.options.onAnswerTooLarge()
    this.state = isKept ? 'done' : 'open'
    this.answer = isKept ? { status, headers, ...(body === undefined ? {} : { body }) } : undefined
    await this.save()
  }

  /** The turn failed; the next delivery runs it again. */
  async release(): Promise<void> {
    this.end()
    this.state = 'open'
    this.answer = undefined
    await this.save()
  }

  private end(): void {
    clearInterval(this.renewal)
  }

  private saveBehind(): void {
    this.save().catch((error: Error) => this.options.onFailure(error))
  }

  /** Stores what is true now. Calls while another is under way are stored together. */
  private save(): Promise<void> {
    this.isUnsaved = true
    this.saving ??= this.saveAll().finally(() => {
      this.saving = undefined
    })
    return this.saving
  }

  private async saveAll(): Promise<void> {
    while (this.isUnsaved) {
      this.isUnsaved = false
      await this.replace()
    }
  }

  private async replace(): Promise<void> {
    const { items, key, owner } = this.options
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const stored = this.isLost ? undefined : await items.read(key)
      if (this.isLost || (stored && stored.item.owner !== owner)) throw this.lost()
      if (await items.replace(key, this.item(), stored?.eTag)) return
    }
    throw new TurnStorageError('says of each version that it is not the newest')
  }

  private lost(): TurnTakenOverError {
    this.isLost = true
    this.end()
    return new TurnTakenOverError()
  }
}
