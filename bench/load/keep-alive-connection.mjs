import { connect } from 'node:net'

/**
 * One HTTP/1.1 connection that carries one exchange after the other. It understands as much of an answer as is needed to know
 * where it ends, because the load must cost less than what it measures.
 */
export class KeepAliveConnection {
  /** @param {number} port */
  constructor(port) {
    this.pending = ''
    /** @type {((status: number) => void) | undefined} */
    this.onAnswer = undefined
    this.socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1')
    this.socket.on('data', (/** @type {string} */ text) => this.read(text))
    this.socket.on('error', () => this.finish(0))
    this.socket.on('close', () => this.finish(0))
  }

  /** Whether another exchange can go over it. */
  get isOpen() {
    return !this.socket.destroyed
  }

  /**
   * @param {string} request
   * @param {(status: number) => void} onAnswer - With status 0 when the connection broke instead.
   */
  exchange(request, onAnswer) {
    this.onAnswer = onAnswer
    if (this.socket.destroyed) this.finish(0)
    else this.socket.write(request, 'latin1')
  }

  close() {
    this.socket.destroy()
  }

  /** @param {string} text */
  read(text) {
    this.pending += text
    const headEnd = this.pending.indexOf('\r\n\r\n')
    const head = this.pending.slice(0, headEnd)
    if (headEnd === -1 || !isComplete(head, this.pending.slice(headEnd + 4))) return
    const status = Number(this.pending.slice(9, 12))
    this.pending = ''
    if (/\r\nconnection: *close/i.test(head)) this.socket.destroy()
    this.finish(status)
  }

  /** @param {number} status */
  finish(status) {
    const { onAnswer } = this
    this.onAnswer = undefined
    onAnswer?.(status)
  }
}

/**
 * @param {string} head
 * @param {string} body
 */
function isComplete(head, body) {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) return body.length >= Number(length)
  if (/\r\ntransfer-encoding: *chunked/i.test(head))
    return body.startsWith('0\r\n\r\n') || body.endsWith('\r\n0\r\n\r\n')
  return true
}
