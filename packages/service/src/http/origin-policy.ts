import type { IncomingMessage } from 'node:http'
import { isLoopbackOrigin } from './loopback.ts'

/** Origins that clients may name in tokens; a bound, so that a loop of requests cannot fill the memory. */
const MAX_LEARNED_ORIGINS = 256

/**
 * Which web pages may talk to the service: those served from this machine, those the options trust, and those named as
 * `trustedOrigins` when a Direct Line token was made. Programs send no `Origin` and are not concerned.
 */
export class OriginPolicy {
  private readonly trusted: ReadonlySet<string>
  /** The one named longest ago first. */
  private readonly learned: Set<string> = new Set()

  constructor(trustedOrigins: Iterable<string>) {
    this.trusted = new Set(trustedOrigins)
  }

  /** Trusts the pages a token was made for. */
  trust(origins: Iterable<string>): void {
    for (const origin of origins) {
      this.learned.delete(origin)
      this.learned.add(origin)
    }
    for (const origin of this.learned) {
      if (this.learned.size <= MAX_LEARNED_ORIGINS) return
      this.learned.delete(origin)
    }
  }

  /** Whether a request may come from where it says; no `Origin` means no web page. */
  allows(origin: string | undefined): boolean {
    return origin === undefined || isLoopbackOrigin(origin) || this.trusted.has(origin) || this.learned.has(origin)
  }
}

/** Whether a browser sent this request for a page of the service itself, or no browser sent it. */
export function isSameOrigin(request: IncomingMessage, ownOrigin: string): boolean {
  const { origin } = request.headers
  if (origin !== undefined) return origin === ownOrigin
  const site = request.headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}
