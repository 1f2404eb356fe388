import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { once } from 'node:events'
import type { TransportSpec } from '../cases/inbound-case.ts'
import { RawConnection } from './raw-connection.ts'
import type { RawRequest } from './raw-request.ts'

/** For exchanges that end by themselves, also on a machine that has much to do. */
const PATIENCE_MS = 5000
const TIMEOUT_MS = 50

let server: Server
let accepted: Socket[]

async function open(onConnection: (socket: Socket) => void, timeoutMs = TIMEOUT_MS): Promise<RawConnection> {
  accepted = []
  server = createServer({ pauseOnConnect: true }, (socket) => {
    accepted.push(socket.on('error', () => {}))
    onConnection(socket)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return RawConnection.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, timeoutMs)
}

afterEach(() => {
  for (const socket of accepted) socket.destroy()
  server.close()
})

const request = (transport: TransportSpec, bytes = 1): RawRequest => ({
  method: 'POST',
  head: Buffer.from('POST / HTTP/1.1\r\n\r\n'),
  body: Buffer.alloc(bytes),
  transport,
  token: '',
})

/** More than a connection holds while nobody reads. */
const LARGE = 32 * 1024 * 1024

test.each<[string, string, TransportSpec, (socket: Socket) => void]>([
  ['silent to a server that says nothing', 'silent', {}, () => {}],
  ['closed by a server that hangs up', 'closed', {}, (socket) => socket.end()],
  ['left by a client that leaves', 'left', { leave: 'afterHead' }, () => {}],
  ['left by a client that leaves while the server does not read', 'left', { leave: 'afterRequest' }, () => {}],
])('an exchange is %s', async (_, kind, transport, onConnection) => {
  const connection = await open(onConnection, kind === 'silent' ? TIMEOUT_MS : PATIENCE_MS)
  expect(await connection.exchange(request(transport, LARGE))).toMatchObject({ kind })
  connection.close()
})
