import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { WireActivity } from '../conversations/wire-activity.ts'
import type { ConversationStore } from '../store/conversation-store.ts'

/** More than this unsent means that the client reads slowly: the rest stays in the log until it has read. */
const MAX_BUFFERED_BYTES = 1024 * 1024

/** Entries of the log read at once. */
const ENTRIES_PER_FRAME = 50

/** Clients send an empty frame every 20 s and nothing else. */
const MAX_FRAMES_PER_BEAT = 100

/** As much, however it is cut into frames, pieces of frames and pings. */
const MAX_BYTES_PER_BEAT = 16 * 1024

/** How long a client may take to answer the end of its stream. */
const CLOSE_GRACE_MS = 2_000

const CLOSE = { normal: 1000, policy: 1008 } as const

export interface StreamSocketOptions {
  /** What WebSocket is spoken on. */
  readonly connection: Duplex
  readonly store: ConversationStore
  readonly conversationId: string
  /** How far the client has read. */
  readonly watermark: number
  /** The end of the log when the stream was opened. */
  readonly liveFrom: number
  /** Whether the client may see an activity. */
  readonly isVisible: (activity: WireActivity) => boolean
  /** Called when the conversation could not be read at a time nobody else waits for it. */
  readonly onFailure: (error: unknown) => void
}

/**
 * One open stream: sends everything in the log after its watermark, once and in order, as fast as the client reads. Nothing is
 * put by for a client that does not: the log has it.
 */
export class StreamSocket {
  readonly conversationId: string
  private readonly socket: WebSocket
  private readonly options: StreamSocketOptions
  private watermark: number
  private isAlive = true
  private isWaiting = false
  private frames = 0
  private bytes = 0

  constructor(socket: WebSocket, options: StreamSocketOptions) {
    this.socket = socket
    this.options = options
    this.conversationId = options.conversationId
    this.watermark = options.watermark
    socket.on('pong', () => (this.isAlive = true))
    socket.on('message', () => this.noteFrame())
    socket.on('error', () => socket.terminate())
    options.connection.on('data', (chunk: Buffer) => this.noteBytes(chunk.length))
  }

  /** Sends what was said since the last time, and at first what was said while the client was away. */
  push(): void {
    const { store, conversationId, isVisible, liveFrom } = this.options
    while (this.isOpen() && !this.isWaiting) {
      const from = this.watermark
      const { changes, watermark } = store.readChanges(conversationId, from, {
        // Typing of the time before is of no use to the client.
        transient: from >= liveFrom,
        maxEntries: ENTRIES_PER_FRAME,
      })
      if (watermark === from) return
      this.watermark = watermark
      this.send(changes.map(({ activity }) => activity).filter(isVisible))
    }
  }

  /** Shows the client that the stream lives, and finds out whether the client does. */
  beat(): void {
    if (!this.isAlive) return this.cut()
    this.isAlive = false
    this.frames = 0
    this.bytes = 0
    // A client that reads slowly would see it late; that it reads shows that it lives.
    if (this.isWaiting) return
    this.socket.ping()
    this.socket.send('')
  }

  /** Ends the stream; `collision` is what clients expect when another stream takes over. */
  close(reason: 'collision' | 'service closing' | 'conversation removed'): void {
    this.end(CLOSE.normal, reason)
  }

  /** Cuts the connection as a broken network would. */
  cut(): void {
    this.socket.terminate()
  }

  private send(activities: readonly WireActivity[]): void {
    if (activities.length === 0) return
    const frame = JSON.stringify({ activities, watermark: String(this.watermark) })
    this.socket.send(frame, () => this.goOn())
    this.isWaiting = this.socket.bufferedAmount > MAX_BUFFERED_BYTES
  }

  /** The client has read what it was sent. */
  private goOn(): void {
    if (!this.isWaiting) return
    this.isAlive = true
    if (this.socket.bufferedAmount > MAX_BUFFERED_BYTES) return
    this.isWaiting = false
    try {
      this.push()
    } catch (error) {
      this.options.onFailure(error)
    }
  }

  private isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }

  private noteFrame(): void {
    this.frames += 1
    if (this.frames > MAX_FRAMES_PER_BEAT && this.isOpen()) this.end(CLOSE.policy, 'too many frames')
  }

  private noteBytes(count: number): void {
    this.bytes += count
    if (this.bytes > MAX_BYTES_PER_BEAT && this.isOpen()) this.end(CLOSE.policy, 'too many bytes')
  }

  /** Whoever does not answer soon is cut off; what was still to be sent is in the log. */
  private end(code: number, reason: string): void {
    this.socket.close(code, reason)
    const impatience = setTimeout(() => this.cut(), CLOSE_GRACE_MS)
    this.socket.once('close', () => clearTimeout(impatience))
  }
}
