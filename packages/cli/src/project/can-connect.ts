import { connect } from 'node:net'
import { hostOf, portOf } from './bot-endpoint.ts'

/** What is on the same machine is there at once or not at all. */
const CONNECT_TIMEOUT_MS = 1_000

/** Whether something listens there; nothing is sent. */
export function canConnect(url: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostOf(url), port: portOf(url) })
    const settle = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => settle(false))
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
}
