import { ParleyError } from '@parley/core'
import { WebSocket } from 'ws'
import { isSafe } from './direct-line-address.ts'
import { batchOf } from './direct-line-conversation.ts'
import type { ActivityBatch, DirectLineConversation } from './direct-line-conversation.ts'
import { ConversationOverError, CredentialRefusedError, DirectLineError } from './direct-line-errors.ts'
import { fieldsOf } from './wire-activity.ts'
import type { WireActivity } from './wire-activity.ts'

/** How activities come in. */
export type FeedState =
  /** As they are said. */
  | 'streaming'
  /** A second late at most, and without typing, because streams do not get through. */
  | 'polling'
  /** Not now; the feed tries again by itself, and nothing is lost. */
  | 'reconnecting'

export interface ActivityFeedOptions {
  readonly conversation: DirectLineConversation
  readonly onActivity: (activity: WireActivity) => void
  readonly onState?: (state: FeedState, before: FeedState | undefined) => void
  /** The feed has ended and will not come back by itself. */
  readonly onEnd?: (error: Error) => void
  /** Default `true`; `false` polls from the beginning. */
  readonly stream?: boolean
  /** Pauses in milliseconds. */
  readonly pauses?: Partial<FeedPauses>
}

export interface FeedPauses {
  /** Between two polls. Default 1000. */
  readonly pollMs: number
  /** Before the first attempt to reconnect; doubled with each that fails, up to 15 s. Default 500. */
  readonly reconnectMs: number
}

/** After so many streams that did not open, polling goes on. */
const MAX_FAILED_STREAMS = 3
const LONGEST_PAUSE_MS = 15_000
const SIGN_OF_LIFE_MS = 20_000
/** A stream that brings nothing, not even a sign of life, for so many beats is dead. */
const MAX_SILENT_BEATS = 4
const MAX_FRAME_BYTES = 32 * 1024 * 1024

/** How a stream ended: whether it was ever open, and whether it ended for good. */
interface StreamEnd {
  readonly wasOpen: boolean
  readonly final?: Error
}

/**
 * Brings everything that is said in a conversation, once and in order: over a WebSocket that is opened again after the last
 * watermark when it breaks, and by polling where no WebSocket gets through.
 */
export class ActivityFeed {
  private readonly options: ActivityFeedOptions
  private readonly pauses: FeedPauses
  private readonly stopping: AbortController = new AbortController()
  private watermark: string | undefined
  private hasRead = false
  private state: FeedState | undefined

  constructor(options: ActivityFeedOptions) {
    this.options = options
    this.pauses = { pollMs: 1000, reconnectMs: 500, ...options.pauses }
    // Its errors go to onEnd.
    void this.run()
  }

  /** Stops listening. */
  close(): void {
    this.stopping.abort()
  }

  private async run(): Promise<void> {
    try {
      if (this.options.stream ?? true) await this.streamUntilHopeless()
      await this.repeat(async () => {
        this.take(await this.options.conversation.poll(this.watermark, this.stopping.signal))
        this.enter('polling')
        await this.pause(this.pauses.pollMs)
      })
    } catch (error) {
      if (!this.isStopped) this.options.onEnd?.(error as Error)
    }
  }

  private async streamUntilHopeless(): Promise<void> {
    let failed = 0
    await this.repeat(async () => {
      const { signal } = this.stopping
      const address = await this.options.conversation.streamAddress(this.watermark, !this.hasRead, signal)
      if (address === undefined || this.isStopped) return false
      const end = await this.stream(address)
      if (end.final) throw end.final
      failed = end.wasOpen ? 0 : failed + 1
      if (failed === MAX_FAILED_STREAMS) return false
      if (!this.isStopped) this.enter('reconnecting')
      await this.pause(this.pauses.reconnectMs * 2 ** failed)
    })
  }

  /** Repeats a step until it returns `false`; what the network does to it is tried again, later and later. */
  private async repeat(step: () => Promise<void | false>): Promise<void> {
    for (let failures = 0; !this.isStopped;) {
      try {
        if ((await step()) === false) return
        failures = 0
      } catch (error) {
        if (this.isStopped || isFinal(error)) throw error
        this.enter('reconnecting')
        failures++
        await this.pause(this.pauses.reconnectMs * 2 ** failures)
      }
    }
  }

  private stream(address: string): Promise<StreamEnd> {
    if (!isSafe(new URL(address))) {
      return Promise.resolve({
        wasOpen: false,
        final: new DirectLineError(200, 'The service names a stream that is not encrypted; it is not used.'),
      })
    }
    return new Promise((resolve) => {
      const socket = new WebSocket(address, {
        maxPayload: MAX_FRAME_BYTES,
        followRedirects: false,
        handshakeTimeout: 10_000,
      })
      const stop = (): void => socket.terminate()
      const heart = setInterval(() => beat(), SIGN_OF_LIFE_MS)
      let silentBeats = 0
      let wasOpen = false
      const beat = (): void => {
        silentBeats++
        if (silentBeats > MAX_SILENT_BEATS) stop()
        else if (socket.readyState === WebSocket.OPEN) socket.send('')
        this.options.conversation.keepFresh().catch(() => {
          // The next call says what is wrong.
        })
      }
      this.stopping.signal.addEventListener('abort', stop)
      socket.on('open', () => {
        wasOpen = true
        this.enter('streaming')
      })
      socket.on('ping', () => (silentBeats = 0))
      socket.on('message', (data) => {
        silentBeats = 0
        this.takeFrame((data as Buffer).toString())
      })
      // What went wrong, "close" follows.
      socket.on('error', () => {})
      socket.on('close', (_code, reason) => {
        clearInterval(heart)
        this.stopping.signal.removeEventListener('abort', stop)
        const final = finalReason(String(reason))
        resolve({ wasOpen, ...(final ? { final } : {}) })
      })
    })
  }

  /** Empty frames are signs of life. */
  private takeFrame(frame: string): void {
    if (frame !== '') this.take(batchOf(fieldsOf(parseJson(frame))))
  }

  private take({ activities, watermark }: ActivityBatch): void {
    if (this.isStopped) return
    this.hasRead = true
    this.watermark = watermark ?? this.watermark
    for (const activity of activities) this.options.onActivity(activity)
  }

  private enter(state: FeedState): void {
    if (state === this.state || this.isStopped) return
    const before = this.state
    this.state = state
    this.options.onState?.(state, before)
  }

  private get isStopped(): boolean {
    return this.stopping.signal.aborted
  }

  private pause(ms: number): Promise<void> {
    const { signal } = this.stopping
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, Math.min(ms, LONGEST_PAUSE_MS))
      if (signal.aborted) done()
      else signal.addEventListener('abort', done)
    })
  }
}

/** Refusals do not pass by waiting; what the network or a service that is being restarted does to a call, does. */
function isFinal(error: unknown): boolean {
  if (error instanceof ConversationOverError || error instanceof CredentialRefusedError) return true
  if (error instanceof DirectLineError) return error.status < 500 && error.status !== 429
  return !ParleyError.isParleyError(error)
}

/** What is no JSON has no activities. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function finalReason(reason: string): Error | undefined {
  if (reason === 'collision') return new ConversationOverError('Another client reads this conversation now.')
  if (reason === 'conversation removed') return new ConversationOverError('The conversation was removed.')
  return undefined
}
