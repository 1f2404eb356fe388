import { createHash } from 'node:crypto'
import { ActivityTypes, ParleyError } from '@parley/core'
import type { Activity, ResourceResponse } from '@parley/core'

/**
 * What becomes of a reply of which nobody knows whether it arrived, when its turn runs again: `resend` says it at least once,
 * `skip` at most once.
 */
export type MaybeSentPolicy = 'resend' | 'skip'

/** One send of a turn, as it is remembered. */
export interface JournaledSend {
  /** Under which id the channel took it; absent while nobody knows whether it did. */
  readonly id?: string | undefined
  /** Of what was said, when the run that said it failed: the next may have come to say something else. */
  readonly digest?: string | undefined
  /** How often something else was said in its place before. Default 0. */
  readonly take?: number | undefined
}

/** Sends by their place in the turn, e.g. `message 0`. */
export type JournaledSends = Record<string, JournaledSend>

/** Keeps the sends of a turn where another run finds them. */
export interface SendRecorder {
  /** Keeps that a send begins; when it rejects nothing is sent. */
  begun(): Promise<void>
  /** Keeps how a send ended. */
  ended(): void
  /** The idempotency key of a send. */
  keyOf(place: string, take: number): string
}

/** Options of {@link SendJournal}. */
export interface SendJournalOptions {
  /** What earlier runs of the turn sent; this one adds to it. */
  readonly sends: JournaledSends
  /** Default: nothing is kept beyond {@link SendJournalOptions.sends}. */
  readonly recorder?: SendRecorder | undefined
  /** Default `resend`. */
  readonly maybeSent?: MaybeSentPolicy | undefined
  /** Called for each reply that an earlier run may have sent. */
  readonly onMaybeSent?: (() => void) | undefined
}

/** Carries one send out. */
export type Send = (idempotencyKey?: string) => Promise<ResourceResponse>

/**
 * What one run of a turn sends. A run after one that was cut off, or that failed, sends only what is missing.
 *
 * Sends are recognized by their place: the third message of this run is the third of the one before. That holds for bots that
 * do not say the same twice in the same words, as long as they say as much. What a run said that failed counts only if it is
 * the same, because an apology is not the answer. Indications of typing may come twice.
 */
export class SendJournal {
  private readonly options: SendJournalOptions
  private readonly sends: JournaledSends
  private readonly counts: Map<string, number> = new Map()
  /** What this run said, and in which place. */
  private readonly said: [place: string, activity: Partial<Activity>][] = []
  private hasThrown = false

  constructor(options: SendJournalOptions) {
    this.options = options
    this.sends = options.sends
  }

  /** Sends, unless an earlier run did. */
  async send(activity: Partial<Activity>, send: Send): Promise<ResourceResponse> {
    if (activity.type === ActivityTypes.Typing) return send()
    const lane = this.hasThrown ? `error ${activity.type}` : `${activity.type}`
    const number = this.counts.get(lane) ?? 0
    this.counts.set(lane, number + 1)
    const place = `${lane} ${number}`
    const earlier = this.sends[place]
    const isSame = earlier !== undefined && (earlier.digest === undefined || earlier.digest === digestOf(activity))
    this.said.push([place, activity])
    if (isSame) {
      if (earlier.id !== undefined) return this.keep(place, earlier, earlier.id)
      this.options.onMaybeSent?.()
      if (this.options.maybeSent === 'skip') return this.keep(place, earlier, '')
    }
    try {
      return await this.carryOut(place, (earlier?.take ?? 0) + (earlier && !isSame ? 1 : 0), send)
    } catch (error) {
      this.undo(place, earlier, error)
      // The bot may try again, and means the same.
      if (this.counts.get(lane) === number + 1) this.counts.set(lane, number)
      throw error
    }
  }

  /** The bot threw: what `onTurnError` says has places of its own. */
  turnThrew(): void {
    this.hasThrown = true
  }

  /** This run failed; the next one may say something else. */
  runFailed(): void {
    for (const [place, activity] of this.said) {
      const send = this.sends[place]
      if (send) this.sends[place] = { ...send, digest: digestOf(activity) }
    }
  }

  private keep(place: string, { take }: JournaledSend, id: string): ResourceResponse {
    this.sends[place] = entry(id, take)
    return { id }
  }

  private async carryOut(place: string, take: number, send: Send): Promise<ResourceResponse> {
    const { recorder } = this.options
    this.sends[place] = entry(undefined, take)
    if (!recorder) {
      const response = await send()
      this.sends[place] = entry(response.id ?? '', take)
      return response
    }
    await recorder.begun()
    const response = await send(recorder.keyOf(place, take))
    this.sends[place] = entry(response.id ?? '', take)
    recorder.ended()
    return response
  }

  private undo(place: string, earlier: JournaledSend | undefined, error: unknown): void {
    if (isMaybeSent(error)) return
    if (earlier) this.sends[place] = earlier
    else delete this.sends[place]
    this.options.recorder?.ended()
  }
}

function entry(id: string | undefined, take: number | undefined): JournaledSend {
  return { ...(id === undefined ? {} : { id }), ...(take ? { take } : {}) }
}

function isMaybeSent(error: unknown): boolean {
  if (!ParleyError.isParleyError(error)) return false
  return error.code === 'SEND_MAYBE_SENT' || (error as { maybeSent?: unknown }).maybeSent === true
}

/** Of what a person sees, without what is new in each run. */
function digestOf(activity: Partial<Activity>): string {
  const { text, speak, name, value, attachments, suggestedActions, channelData } = activity
  const seen = JSON.stringify([text, speak, name, value, attachments, suggestedActions, channelData])
  return createHash('sha256').update(seen).digest('base64url').slice(0, 16)
}
