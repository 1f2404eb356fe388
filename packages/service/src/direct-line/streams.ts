import type { Logger } from '@parley/core'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import type { Attendance } from '../conversations/attendance.ts'
import type { ConversationFeed } from '../conversations/conversation-feed.ts'
import type { Conversations } from '../conversations/conversations.ts'
import { visibleTo } from '../conversations/targeted-activities.ts'
import { conversationNotFound } from '../http/api-error.ts'
import type { Upgrade } from '../http/upgrade.ts'
import type { DirectLineAccess } from './direct-line-access.ts'
import { StreamSocket } from './stream-socket.ts'
import { parseWatermark } from './watermark.ts'

/** Largest frame a client may send; it has nothing to say on this connection. */
const MAX_FRAME_BYTES = 4 * 1024

/** How long a client may take to answer that the service closes: shorter than at other times, because somebody waits. */
const CLOSE_GRACE_MS = 200

export interface StreamsOptions {
  readonly access: DirectLineAccess
  readonly conversations: Conversations
  readonly feed: ConversationFeed
  readonly attendance: Attendance
  readonly keepAliveMs: number
  readonly logger: Logger
}

/** The WebSocket side of Direct Line: one stream per conversation. */
export class Streams {
  private readonly options: StreamsOptions
  private readonly server: WebSocketServer
  private readonly open: Map<string, StreamSocket> = new Map()
  private readonly heart: NodeJS.Timeout

  constructor(options: StreamsOptions) {
    this.options = options
    this.server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false })
    this.heart = setInterval(() => this.beat(), options.keepAliveMs)
    this.heart.unref()
  }

  /** Takes a stream on. @throws ApiError 400, 401, 403 or 404 before anything is switched to WebSocket. */
  upgrade({ request, socket, head, params, query }: Upgrade): void {
    const { access, conversations } = this.options
    const conversationId = params['conversationId'] ?? ''
    const { user } = access.authorizeStream(conversationId, query.get('t'), request.headers.origin)
    if (!conversations.get(conversationId)) throw conversationNotFound()
    const liveFrom = conversations.store.lastSequence(conversationId)
    const watermark = parseWatermark(query.get('watermark'), liveFrom)
    this.server.handleUpgrade(request, socket, head, (webSocket) => {
      const onFailure = (error: unknown): void => this.giveUp(stream, error)
      const isVisible = visibleTo(user?.id)
      const { store } = conversations
      const stream = new StreamSocket(webSocket, {
        connection: socket,
        store,
        conversationId,
        watermark,
        liveFrom,
        isVisible,
        onFailure,
      })
      this.start(webSocket, stream)
    })
  }

  /** Cuts the stream of a conversation as a broken network would. @returns whether there was one. */
  cut(conversationId: string): boolean {
    const stream = this.open.get(conversationId)
    stream?.cut()
    return stream !== undefined
  }

  /** Tells every client that the service closes, and cuts those that do not answer at once. */
  async close(): Promise<void> {
    clearInterval(this.heart)
    const sockets = [...this.server.clients]
    const closed = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))))
    for (const stream of this.open.values()) stream.close('service closing')
    const impatience = setTimeout(() => sockets.forEach((socket) => socket.terminate()), CLOSE_GRACE_MS)
    await closed
    clearTimeout(impatience)
    this.server.close()
  }

  private start(socket: WebSocket, stream: StreamSocket): void {
    const { conversations, feed, attendance } = this.options
    const { conversationId } = stream
    this.open.get(conversationId)?.close('collision')
    this.open.set(conversationId, stream)
    const unfollow = feed.follow(conversationId, () => {
      this.orCut(stream, () => {
        if (conversations.get(conversationId)) stream.push()
        else stream.close('conversation removed')
      })
    })
    const leave = attendance.open(conversationId)
    socket.once('close', () => {
      unfollow()
      leave()
      if (this.open.get(conversationId) === stream) this.open.delete(conversationId)
    })
    this.orCut(stream, () => stream.push())
  }

  /** A conversation that cannot be read costs the stream, and neither what was just written to it nor the service. */
  private orCut(stream: StreamSocket, work: () => void): void {
    try {
      work()
    } catch (error) {
      this.giveUp(stream, error)
    }
  }

  private giveUp(stream: StreamSocket, error: unknown): void {
    this.options.logger.error({ err: error, conversation: stream.conversationId }, 'A stream could not go on.')
    stream.cut()
  }

  /** A conversation that was forgotten says nothing of it. */
  private beat(): void {
    for (const stream of this.open.values()) {
      this.orCut(stream, () => {
        if (this.options.conversations.get(stream.conversationId)) stream.beat()
        else stream.close('conversation removed')
      })
    }
  }
}
