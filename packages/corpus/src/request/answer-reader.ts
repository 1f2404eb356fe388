/** An answer as it came. */
export interface RawAnswer {
  readonly status: number
  /** Values by lower-case name; several joined with a comma. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** A head with what is known of the length of the body behind it. */
interface Head {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  /** Index of the first byte after the head. */
  readonly end: number
}

/**
 * Finds answers in what a server sends. Understands what servers answer to honest and to broken requests, and no more: interim
 * answers are passed over, a body without a length ends with the connection.
 */
export class AnswerReader {
  private bytes: Buffer = Buffer.alloc(0)

  /** Adds what came. */
  add(chunk: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, chunk])
  }

  /**
   * The next answer, when all of it is there.
   *
   * @param method - Of the request it answers: `HEAD` has no body.
   * @param hasEnded - Whether nothing more will come.
   */
  next(method: string, hasEnded: boolean): RawAnswer | undefined {
    const head = this.head()
    if (!head) return undefined
    if (head.status < 200) {
      this.bytes = this.bytes.subarray(head.end)
      return this.next(method, hasEnded)
    }
    const body = this.body(head, method, hasEnded)
    if (!body) return undefined
    this.bytes = this.bytes.subarray(body.end)
    return { status: head.status, headers: head.headers, body: body.text }
  }

  private head(): Head | undefined {
    const end = this.bytes.indexOf('\r\n\r\n')
    if (end === -1) return undefined
    const [statusLine = '', ...lines] = this.bytes.toString('latin1', 0, end).split('\r\n')
    const headers = new Map<string, string>()
    for (const line of lines) {
      const colon = line.indexOf(':')
      const name = line.slice(0, colon).toLowerCase()
      const value = line.slice(colon + 1).trim()
      headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value)
    }
    return { status: Number(statusLine.split(' ')[1]), headers, end: end + 4 }
  }

  private body({ status, headers, end }: Head, method: string, hasEnded: boolean): Body | undefined {
    if (method === 'HEAD' || status === 204 || status === 304) return { text: '', end }
    if (headers.get('transfer-encoding') === 'chunked') return this.chunks(end)
    const length = headers.get('content-length')
    const last = length === undefined ? this.bytes.length : end + Number(length)
    if (this.bytes.length < last || (length === undefined && !hasEnded)) return undefined
    return { text: this.bytes.toString('utf8', end, last), end: last }
  }

  private chunks(start: number): Body | undefined {
    let text = ''
    let at = start
    for (;;) {
      const lineEnd = this.bytes.indexOf('\r\n', at)
      if (lineEnd === -1) return undefined
      const size = Number.parseInt(this.bytes.toString('latin1', at, lineEnd), 16)
      const end = lineEnd + 2 + size + 2
      if (this.bytes.length < end) return undefined
      if (size === 0) return { text, end }
      text += this.bytes.toString('utf8', lineEnd + 2, end - 2)
      at = end
    }
  }
}

interface Body {
  readonly text: string
  readonly end: number
}
