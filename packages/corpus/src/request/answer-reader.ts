/** An answer as it came. */
export interface RawAnswer {
  readonly status: number
  /** Values by lower-case name; several joined with a comma. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** More than any bot has to say. */
const MAX_BYTES = 8 * 1024 * 1024

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
  private garbled = false

  /** Whether what came is no answer, and never becomes one: it cannot be understood, or does not end. */
  get isGarbled(): boolean {
    return this.garbled
  }

  /** Adds what came. */
  add(chunk: Buffer): void {
    if (this.garbled) return
    this.bytes = Buffer.concat([this.bytes, chunk])
    this.garbled = this.bytes.length > MAX_BYTES
  }

  /**
   * The next answer, when all of it is there.
   *
   * @param method - Of the request it answers: `HEAD` has no body.
   * @param hasEnded - Whether nothing more will come.
   */
  next(method: string, hasEnded: boolean): RawAnswer | undefined {
    const head = this.head()
    if (!head || this.garbled) return undefined
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
    const [, status] = /^HTTP\/1\.[01] (\d{3})( |$)/.exec(statusLine) ?? []
    return status === undefined ? this.garble() : { status: Number(status), headers, end: end + 4 }
  }

  private body({ status, headers, end }: Head, method: string, hasEnded: boolean): Body | undefined {
    if (method === 'HEAD' || status === 204 || status === 304) return { text: '', end }
    if (headers.get('transfer-encoding')?.toLowerCase() === 'chunked') return this.chunks(end)
    const length = headers.get('content-length')
    if (length === undefined)
      return hasEnded ? { text: this.bytes.toString('utf8', end), end: this.bytes.length } : undefined
    if (!/^\d+$/.test(length)) return this.garble()
    const last = end + Number(length)
    return this.bytes.length < last ? undefined : { text: this.bytes.toString('utf8', end, last), end: last }
  }

  private chunks(start: number): Body | undefined {
    const chunks: Buffer[] = []
    for (let at = start; ;) {
      const lineEnd = this.bytes.indexOf('\r\n', at)
      if (lineEnd === -1) return undefined
      const [, digits] = /^([\da-f]{1,8})\s*(;|$)/i.exec(this.bytes.toString('latin1', at, lineEnd)) ?? []
      if (digits === undefined) return this.garble()
      const size = Number.parseInt(digits, 16)
      if (size === 0) return this.lastChunk(chunks, lineEnd)
      at = lineEnd + 2 + size + 2
      if (this.bytes.length < at) return undefined
      chunks.push(this.bytes.subarray(lineEnd + 2, at - 2))
    }
  }

  /** The last chunk may have header lines behind it. */
  private lastChunk(chunks: readonly Buffer[], lineEnd: number): Body | undefined {
    const end = this.bytes.indexOf('\r\n\r\n', lineEnd)
    return end === -1 ? undefined : { text: Buffer.concat(chunks).toString('utf8'), end: end + 4 }
  }

  private garble(): undefined {
    this.garbled = true
  }
}

interface Body {
  readonly text: string
  readonly end: number
}
