import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** An HTTP answer as it came. */
export interface WireAnswer {
  readonly status: number
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A TCP connection on which a test says exactly what it wants, HTTP or not. */
export class Wire {
  /** Fulfilled when the connection has ended, whoever ended it. */
  readonly closed: Promise<unknown>
  private readonly socket: Socket
  private received = ''
  private wake: () => void = () => {}

  private constructor(socket: Socket) {
    this.socket = socket
    this.closed = new Promise((resolve) => socket.once('close', resolve))
    void this.closed.then(() => this.wake())
    // What a server that has enough does to a sender that has not finished.
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      this.received += chunk.toString('latin1')
      this.wake()
    })
  }

  static async open(port: number): Promise<Wire> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new Wire(socket)
  }

  get isOpen(): boolean {
    return !this.socket.destroyed
  }

  write(text: string): void {
    if (this.isOpen) this.socket.write(text, 'latin1')
  }

  /** Writes `piece` again and again, as fast as it is taken or with pauses, until the connection ends. */
  async writeUntilClosed(piece: string, pauseMs = 0): Promise<void> {
    while (this.isOpen) {
      const isTaken = this.socket.write(piece, 'latin1')
      const goOn = isTaken || pauseMs > 0 ? new Promise((resolve) => setTimeout(resolve, pauseMs)) : this.drained()
      await Promise.race([goOn, this.closed])
    }
  }

  /**
   * The next answer; `undefined` when the connection ended without one.
   *
   * @param hasBody - `false` for the answer to HEAD, which says how long a body would be.
   */
  async answer(hasBody = true): Promise<WireAnswer | undefined> {
    for (;;) {
      const answer = this.takeAnswer(hasBody)
      if (answer || !this.isOpen) return answer
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  /** Goes away without a word. */
  vanish(): void {
    this.socket.destroy()
  }

  private drained(): Promise<unknown> {
    return new Promise((resolve) => this.socket.once('drain', resolve))
  }

  private takeAnswer(hasBody: boolean): WireAnswer | undefined {
    const end = this.received.indexOf('\r\n\r\n')
    if (end === -1) return undefined
    const [statusLine = '', ...lines] = this.received.slice(0, end).split('\r\n')
    const headers = Object.fromEntries(lines.map((line) => splitHeader(line)))
    const length = hasBody ? Number(headers['content-length'] ?? 0) : 0
    if (this.received.length < end + 4 + length) return undefined
    const body = this.received.slice(end + 4, end + 4 + length)
    this.received = this.received.slice(end + 4 + length)
    return { status: Number(statusLine.split(' ')[1]), headers, body }
  }
}

/** A POST of JSON to the bot, with its length. */
export function post(body: string, headers: Readonly<Record<string, string>> = {}): string {
  return `${head({ 'Content-Type': 'application/json', 'Content-Length': String(body.length), ...headers })}${body}`
}

/** The head of a request to the bot, blank line included. */
export function head(headers: Readonly<Record<string, string>>, method = 'POST'): string {
  const lines = Object.entries({ Host: 'bot.example', ...headers }).map(([name, value]) => `${name}: ${value}`)
  return [`${method} /api/messages HTTP/1.1`, ...lines, '', ''].join('\r\n')
}

function splitHeader(line: string): [name: string, value: string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}
