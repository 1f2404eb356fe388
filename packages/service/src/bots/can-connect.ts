import { connect } from 'node:net'

/** A bot on the same machine is there at once or not at all. */
const CONNECT_TIMEOUT_MS = 1_000

/** Whether something listens at the endpoint; nothing is sent. */
export function canConnect(endpoint: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const port = Number(endpoint.port) || (endpoint.protocol === 'https:' ? 443 : 80)
    const socket = connect({ host: endpoint.hostname.replace(/^\[|\]$/g, ''), port })
    const settle = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => settle(false))
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
}
