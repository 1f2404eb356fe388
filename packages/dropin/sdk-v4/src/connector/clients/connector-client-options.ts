import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import type { ServiceClientOptions } from '../../stdlib/index.ts'

/** Settings of a `ConnectorClient`. */
export interface ConnectorClientOptions extends ServiceClientOptions {
  /** Not used: connections are shared by all clients. Give an `httpClient` to use others. */
  agentSettings?: { http: HttpAgent; https: HttpsAgent }
  /** Not used: keys and tokens are renewed as their issuers say. */
  tokenRefreshInterval?: number
}
