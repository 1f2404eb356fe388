import type { ServerResponse } from 'node:http'
import type { EntryQuery, Inspector } from './inspector.ts'

/** A comment now and then keeps the connection open through whatever would close a silent one. */
const KEEP_ALIVE_MS = 25_000

/** Entries sent to open pages as server-sent events. */
export class EntryStreams {
  private readonly inspector: Inspector
  private readonly streams: Set<EntryStream> = new Set()
  private readonly heart: NodeJS.Timeout
  private readonly unfollow: () => void

  constructor(inspector: Inspector) {
    this.inspector = inspector
    this.unfollow = inspector.follow(() => this.push())
    this.heart = setInterval(() => this.beat(), KEEP_ALIVE_MS)
    this.heart.unref()
  }

  /**
   * Keeps `response` open and sends the entries `query` asks for.
   *
   * @param after - Number of the entry the page has seen last; one that was not given out yet is of an earlier run.
   */
  open(response: ServerResponse, query: () => EntryQuery, after: number): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    response.flushHeaders()
    const stream = new EntryStream(response, this.inspector, query, after > this.inspector.lastSeq ? 0 : after)
    this.streams.add(stream)
    response.once('close', () => this.streams.delete(stream))
    response.on('error', () => response.destroy())
    stream.push()
  }

  close(): void {
    this.unfollow()
    clearInterval(this.heart)
    for (const stream of this.streams) stream.end()
  }

  private push(): void {
    for (const stream of this.streams) stream.push()
  }

  private beat(): void {
    for (const stream of this.streams) stream.beat()
  }
}

/** One open page. What it has not read yet stays in the ring, so a page that reads slowly or not at all takes no memory. */
class EntryStream {
  private readonly response: ServerResponse
  private readonly inspector: Inspector
  private readonly query: () => EntryQuery
  private seen: number

  constructor(response: ServerResponse, inspector: Inspector, query: () => EntryQuery, after: number) {
    this.response = response
    this.inspector = inspector
    this.query = query
    this.seen = after
    response.on('drain', () => this.push())
  }

  push(): void {
    for (const summary of this.inspector.summariesAfter(this.seen, this.query())) {
      if (this.isFull()) return
      this.response.write(`event: entry\nid: ${summary.seq}\ndata: ${JSON.stringify(summary)}\n\n`)
      this.seen = summary.seq
    }
    if (!this.isFull()) this.seen = this.inspector.lastSeq
  }

  beat(): void {
    if (!this.isFull()) this.response.write(': still here\n\n')
  }

  end(): void {
    this.response.end()
  }

  private isFull(): boolean {
    return this.response.writableNeedDrain || this.response.writableEnded || this.response.destroyed
  }
}
