import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TransportSpec } from '../cases/inbound-case.ts'
import { AnswerReader } from './answer-reader.ts'
import type { RawAnswer } from './answer-reader.ts'
import type { RawRequest } from './raw-request.ts'

/**
 * How a request ended: with an answer, or without one because the server closed, was silent, sent what is no answer, or the
 * client left.
 */
export type Outcome =
  | { readonly kind: 'answered'; readonly answer: RawAnswer; readonly ms: number }
  | { readonly kind: 'closed' | 'silent' | 'garbled' | 'left'; readonly ms: number }

/** Longest wait for an answer, in milliseconds; a bot answers within 10 s. */
const ANSWER_TIMEOUT_MS = 15_000

/** A connection to a bot that sends exactly the bytes it is told to. */
export class RawConnection {
  private readonly socket: Socket
  private readonly reader = new AnswerReader()
  private hasEnded = false
  private wake: () => void = () => {}

  private readonly timeoutMs: number

  private constructor(socket: Socket, timeoutMs: number) {
    this.socket = socket
    this.timeoutMs = timeoutMs
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => {
      this.reader.add(chunk)
      if (this.reader.isGarbled) socket.destroy()
      this.wake()
    })
    // A reset is one way of closing; what came before it counts.
    socket.on('error', () => {})
    socket.on('end', () => this.ended())
    socket.on('close', () => this.ended())
  }

  /**
   * Connects to the host and port of a URL.
   *
   * @param timeoutMs - Longest wait for an answer, or for a server to read what a client sends before it leaves. Default 15 s.
   * @throws The system's error, when nobody listens.
   */
  static open(url: string, timeoutMs: number = ANSWER_TIMEOUT_MS): Promise<RawConnection> {
    const { hostname, port } = new URL(url)
    const host = hostname.replace(/^\[(.*)\]$/, '$1')
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port: Number(port || 80), allowHalfOpen: true }, () => {
        socket.off('error', reject)
        resolve(new RawConnection(socket, timeoutMs))
      })
      socket.once('error', reject)
    })
  }

  close(): void {
    this.socket.destroy()
  }

  /** Sends a request, and waits for its answer. */
  async exchange(request: RawRequest): Promise<Outcome> {
    const startedAt = performance.now()
    const { transport } = request
    if (transport.leave) return this.leave(request, startedAt)
    if (transport.drip) void this.drip(request, transport.drip)
    else await this.write(request)
    return this.answer(request.method, startedAt, transport.drip?.giveUpMs)
  }

  /** Sends requests without waiting for answers in between. */
  async pipeline(requests: readonly RawRequest[]): Promise<Outcome[]> {
    const startedAt = performance.now()
    this.socket.write(Buffer.concat(requests.flatMap(({ head, body }) => [head, body])))
    const outcomes: Outcome[] = []
    for (const { method } of requests) outcomes.push(await this.answer(method, startedAt))
    return outcomes
  }

  /** Writes bytes and does nothing else. */
  writeBytes(bytes: string): void {
    this.socket.write(bytes)
  }

  private async write({ head, body, transport: { pieceBytes } }: RawRequest): Promise<void> {
    this.socket.write(pieceBytes === undefined ? Buffer.concat([head, body]) : head)
    if (pieceBytes === undefined) return
    for (let at = 0; at < body.length && !this.socket.destroyed; at += pieceBytes) {
      this.socket.write(body.subarray(at, at + pieceBytes))
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  private async drip({ head, body }: RawRequest, { of, everyMs }: NonNullable<TransportSpec['drip']>): Promise<void> {
    if (of === 'body') this.socket.write(head)
    for (const byte of of === 'head' ? head : body) {
      if (this.hasEnded || this.socket.destroyed) return
      this.socket.write(Buffer.of(byte))
      await sleep(everyMs)
    }
  }

  private leave({ head, body, transport }: RawRequest, startedAt: number): Promise<Outcome> {
    const parts = {
      afterHead: [head],
      midBody: [head, body.subarray(0, body.length >> 1)],
      afterRequest: [head, body],
    }[transport.leave ?? 'afterRequest']
    return new Promise((resolve) => {
      const goAway = (): void => {
        clearTimeout(deadline)
        if (transport.reset) this.socket.resetAndDestroy()
        else this.socket.destroy()
        resolve({ kind: 'left', ms: performance.now() - startedAt })
      }
      const deadline = setTimeout(goAway, this.timeoutMs)
      this.socket.write(Buffer.concat(parts), goAway)
    })
  }

  private async answer(method: string, startedAt: number, timeoutMs = this.timeoutMs): Promise<Outcome> {
    let isLate = false
    const deadline = setTimeout(() => {
      isLate = true
      this.wake()
    }, timeoutMs)
    try {
      for (;;) {
        const answer = this.reader.next(method, this.hasEnded)
        const ms = performance.now() - startedAt
        if (answer) return { kind: 'answered', answer, ms }
        if (this.reader.isGarbled) return { kind: 'garbled', ms }
        if (this.hasEnded) return { kind: 'closed', ms }
        if (isLate) return { kind: 'silent', ms }
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
      }
    } finally {
      clearTimeout(deadline)
    }
  }

  private ended(): void {
    this.hasEnded = true
    this.wake()
  }
}
