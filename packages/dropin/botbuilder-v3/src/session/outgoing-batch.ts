import { NO_ERROR } from '../callbacks.ts'
import type { IAddress, IMessage } from '../contracts/events.ts'
import type { TurnActivity } from './turn-activity.ts'

/** Called when a batch has left, with the addresses of its messages. */
export type WhenSent = (err: Error, addresses?: IAddress[]) => void

/** How a batch leaves, and who hears of it. */
export interface OutgoingBatchOptions {
  /** How long messages are collected, in milliseconds. */
  readonly delayMs: number
  readonly activity: TurnActivity
  /** Writes the data, first. */
  readonly save: (done: (err: Error) => void) => void
  readonly send: (messages: IMessage[], done: WhenSent) => void
  readonly onError: (error: Error) => void
  /** Runs a callback of the bot. */
  readonly run: (callback: () => void) => void
}

/** Collects what a session says, and sends it in order: one batch after the other, each once the data is written. */
export class OutgoingBatch {
  private readonly options: OutgoingBatchOptions
  private messages: IMessage[] = []
  private whenSent: WhenSent[] = []
  private timer: NodeJS.Timeout | undefined
  private isSending = false
  private sendsAgain = false

  constructor(options: OutgoingBatchOptions) {
    this.options = options
  }

  add(message: IMessage): void {
    this.messages.push(message)
  }

  /** Lets it leave when nothing was said for a while. */
  sendSoon(): void {
    if (this.isSending) {
      this.sendsAgain = true
      return
    }
    this.stopTimer()
    this.options.activity.begin('batch')
    this.timer = setTimeout(() => this.sendNow(), this.options.delayMs)
  }

  sendNow(done?: WhenSent): void {
    if (done) this.whenSent.push(done)
    this.stopTimer()
    if (this.isSending) {
      this.sendsAgain = true
      return
    }
    const { messages, whenSent } = this
    this.messages = []
    this.whenSent = []
    this.isSending = true
    this.sendsAgain = false
    this.options.activity.begin('batch')
    this.options.save((err) => {
      if (err || messages.length === 0) this.sent(err, [], whenSent)
      else this.options.send(messages, (sendError, addresses) => this.sent(sendError, addresses, whenSent))
    })
  }

  private sent(err: Error | null, addresses: IAddress[] | undefined, whenSent: readonly WhenSent[]): void {
    const { activity, onError, run } = this.options
    this.isSending = false
    if (err) onError(err)
    for (const done of whenSent) run(() => done(err ?? NO_ERROR, addresses))
    if (this.sendsAgain || this.messages.length > 0) this.sendSoon()
    activity.end('batch')
  }

  private stopTimer(): void {
    if (this.timer === undefined) return
    clearTimeout(this.timer)
    this.timer = undefined
    this.options.activity.end('batch')
  }
}
