import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { LookupFunction } from 'node:net'

/** The connections of one factory, kept alive between calls. */
export interface Agents {
  readonly httpAgent: HttpAgent
  readonly httpsAgent: HttpsAgent
  /** Closes all connections, idle and busy. */
  destroy(): void
}

/**
 * Below the 5 s after which Node services, the most impatient kind, close an idle connection: one that is closed by the far end
 * at the moment of its reuse leaves open whether the request was read.
 */
const IDLE_MS = 4_000

/** Against a service that hangs: further calls to that host wait for a connection, within their own time. */
const MAX_SOCKETS_PER_HOST = 256

/** Makes the agents. Certificates are verified whatever `NODE_TLS_REJECT_UNAUTHORIZED` says. */
export function createAgents(lookup: LookupFunction): Agents {
  const options = { keepAlive: true, timeout: IDLE_MS, maxSockets: MAX_SOCKETS_PER_HOST, lookup }
  const httpAgent = new HttpAgent(options)
  const httpsAgent = new HttpsAgent({ ...options, rejectUnauthorized: true })
  return {
    httpAgent,
    httpsAgent,
    destroy: () => {
      httpAgent.destroy()
      httpsAgent.destroy()
    },
  }
}
