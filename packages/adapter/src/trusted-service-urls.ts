import { normalizeServiceUrl, ParleyError } from '@parley/core'

/** A conversation was to be continued at an address no token has vouched for, where the bot's own token must not go. */
export class ServiceUrlUntrustedError extends ParleyError {
  static readonly code = 'ADAPTER_SERVICE_URL_UNTRUSTED'
  readonly code: string = ServiceUrlUntrustedError.code

  constructor(host: string, options?: ErrorOptions) {
    super(
      `The host ${host} is not a known channel and has sent this bot nothing since it started; ` +
        'if you trust it, add its service URL to `trustedServiceUrls`.',
      options,
    )
  }
}

/** Hosts of the channels run by the Bot Framework itself; a name starting with a dot stands for everything below it. */
const CHANNEL_HOSTS: readonly string[] = [
  '.botframework.com',
  '.botframework.azure.us',
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
]

const MAX_PROVEN = 10_000

/**
 * Where the bot's token may go when the bot speaks first: known channels, what the operator lists, and addresses that a
 * channel's token has vouched for. A stored conversation reference alone proves nothing.
 */
export class TrustedServiceUrls {
  private readonly listed: ReadonlySet<string>
  private readonly proven = new Set<string>()

  constructor(listed: readonly string[] = []) {
    this.listed = new Set(listed.map((url) => normalizeServiceUrl(url)))
  }

  /** Remembers an address that a verified token named. */
  prove(serviceUrl: string): void {
    if (this.proven.has(serviceUrl)) return
    if (this.proven.size >= MAX_PROVEN) this.proven.clear()
    this.proven.add(serviceUrl)
  }

  /** @throws {@link ServiceUrlUntrustedError} `ADAPTER_SERVICE_URL_UNTRUSTED`. */
  check(serviceUrl: string): void {
    if (this.proven.has(serviceUrl) || this.listed.has(normalizeServiceUrl(serviceUrl))) return
    const { hostname, host, protocol } = new URL(serviceUrl)
    const isChannel = CHANNEL_HOSTS.some((known) =>
      known.startsWith('.') ? hostname.endsWith(known) : hostname === known,
    )
    if (!isChannel || protocol !== 'https:') throw new ServiceUrlUntrustedError(host)
  }
}
