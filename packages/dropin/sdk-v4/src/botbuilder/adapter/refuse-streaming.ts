import type { INodeSocket } from '../../streaming/index.ts'
import { unsupportedStreaming } from '../../streaming/unsupported-streaming.ts'

/**
 * Refuses a socket: streaming connections would need another protocol. Who dials is told at once, and so is the bot.
 *
 * @throws UnsupportedError `DROPIN_UNSUPPORTED`: always.
 */
export function refuseStreaming(what: string, socket: Pick<INodeSocket, 'end'>): never {
  socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  throw unsupportedStreaming(what)
}
