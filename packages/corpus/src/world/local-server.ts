import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** A server that listens on loopback. */
export interface Listening {
  readonly port: number
  /** Ends all connections, also those that were upgraded, and stops listening. */
  close(): Promise<void>
}

/** Lets a server listen on loopback. @param port - Default any free one. */
export async function listen(server: Server, port = 0): Promise<Listening> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  }
  server.on('connection', keep)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.off('connection', keep)
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { port: (server.address() as AddressInfo).port, close }
}
