import type { Agent } from 'node:http'

/** How a container is spoken to. */
export interface BlobsOptions {
  /** How often one request is tried when the service is busy, fails or does not answer, 1 or more. Default 4. */
  readonly maxTries?: number | undefined
  /** How long one try may take, in milliseconds. Default 10 000. */
  readonly tryTimeoutMs?: number | undefined
  /** How long to wait before the second try, in milliseconds; doubled each time. Default 250. */
  readonly retryDelayMs?: number | undefined
  /** The longest to wait between two tries, in milliseconds, also when the service asks for more. Default 5 000. */
  readonly maxRetryDelayMs?: number | undefined
  /** Makes the connections, say through a proxy; it must fit the scheme of the endpoint. Default: one that keeps them. */
  readonly agent?: Agent | undefined
  /** Added to the front of the `User-Agent` header. */
  readonly userAgentPrefix?: string | undefined
  /** For which tokens are asked for. Default `https://storage.azure.com/.default`. */
  readonly tokenScope?: string | undefined
}
