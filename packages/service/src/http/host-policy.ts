import type { IncomingMessage } from 'node:http'
import { ApiError, badSyntax } from './api-error.ts'
import { isLoopbackAuthority } from './loopback.ts'

/**
 * Which names the service answers to. Those of this machine, because a page of an attacker can have any other name lead here
 * (DNS rebinding); and those under which a reverse proxy that its user has set up makes it reachable.
 */
export class HostPolicy {
  private readonly publicOrigins: ReadonlySet<string>

  /** @param publicOrigins - Origins of reverse proxies, e.g. `https://bot.example`. */
  constructor(publicOrigins: Iterable<string> = []) {
    this.publicOrigins = new Set(publicOrigins)
  }

  /**
   * How the caller addresses the service, for addresses sent back. What a proxy says in `X-Forwarded-Host` and
   * `X-Forwarded-Proto` counts only when it names one of the public origins: anybody can write such headers.
   *
   * @param port - The port listened on.
   * @throws ApiError 400 unless there is exactly one `Host`, 403 for one that is not ours.
   */
  originOf(request: IncomingMessage, port: number): string {
    const host = onlyHostOf(request).toLowerCase()
    const protocol = firstOf(request, 'x-forwarded-proto')?.toLowerCase()
    if (isLoopbackAuthority(host, port)) {
      const forwardedHost = firstOf(request, 'x-forwarded-host')?.toLowerCase()
      return (forwardedHost === undefined ? undefined : this.publicOrigin(forwardedHost, protocol)) ?? `http://${host}`
    }
    const origin = this.publicOrigin(host, protocol)
    if (origin !== undefined) return origin
    throw new ApiError(403, 'HostNotAllowed', `Address the service as localhost:${port} or 127.0.0.1:${port}.`)
  }

  /** Without a word about the protocol: the first public origin of that host. */
  private publicOrigin(host: string, protocol: string | undefined): string | undefined {
    return [...this.publicOrigins].find((origin) => {
      const url = new URL(origin)
      return url.host === host && (protocol === undefined || url.protocol === `${protocol}:`)
    })
  }
}

/** Two of them would let a proxy and the service believe different ones. */
function onlyHostOf({ headersDistinct, headers }: IncomingMessage): string {
  const { host } = headers
  if (host === undefined || headersDistinct['host']?.length !== 1) throw badSyntax('A request must have one Host.')
  return host
}

/** Of several proxies the first, which is the one the client talks to. */
function firstOf({ headersDistinct }: IncomingMessage, name: string): string | undefined {
  return headersDistinct[name]?.[0]?.split(',', 1)[0]?.trim()
}
