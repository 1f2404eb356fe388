import type { WebSocket } from 'ws'
import type { ConversationStore } from '../store/conversation-store.ts'

/** More than this unsent means that the client reads too slowly; it comes back with its watermark. */
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024

/** Clients send an empty frame every 20 s and nothing else. */
const MAX_FRAMES_PER_BEAT = 100

const CLOSE = { normal: 1000, policy: 1008 } as const

/** One open stream: sends everything in the log after its watermark, once and in order. */
export class StreamSocket {
  readonly conversationId: string
  private readonly socket: WebSocket
  private readonly store: ConversationStore
  private watermark: number
  private isAlive = true
  private frames = 0

  constructor(socket: WebSocket, store: ConversationStore, conversationId: string, watermark: number) {
    this.socket = socket
    this.store = store
    this.conversationId = conversationId
    this.watermark = watermark
    socket.on('pong', () => (this.isAlive = true))
    socket.on('message', () => this.noteFrame())
    socket.on('error', () => socket.terminate())
  }

  /** Sends what was said while the client was away; typing of that time is of no use to it. */
  replay(): void {
    this.sendChanges({ transient: false })
  }

  /** Sends what was said since the last time. */
  push(): void {
    this.sendChanges({ transient: true })
  }

  /** Shows the client that the stream lives, and finds out whether the client does. */
  beat(): void {
    if (!this.isAlive) return this.socket.terminate()
    this.isAlive = false
    this.frames = 0
    this.socket.ping()
    this.socket.send('')
  }

  /** Ends the stream; `collision` is what clients expect when another stream takes over. */
  close(reason: 'collision' | 'service closing' | 'conversation removed'): void {
    this.socket.close(CLOSE.normal, reason)
  }

  /** Cuts the connection as a broken network would. */
  cut(): void {
    this.socket.terminate()
  }

  private sendChanges(options: { readonly transient: boolean }): void {
    const { changes, watermark } = this.store.readChanges(this.conversationId, this.watermark, options)
    this.watermark = watermark
    if (changes.length === 0) return
    if (this.socket.bufferedAmount > MAX_BUFFERED_BYTES) return this.socket.terminate()
    this.socket.send(
      JSON.stringify({ activities: changes.map(({ activity }) => activity), watermark: String(watermark) }),
    )
  }

  private noteFrame(): void {
    this.frames += 1
    if (this.frames > MAX_FRAMES_PER_BEAT) this.socket.close(CLOSE.policy, 'too many frames')
  }
}
