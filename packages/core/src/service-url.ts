import { InboundRefusedError, type Refusal } from './errors.ts'
import { isUrl } from './is-url.ts'
import { isForbiddenAddress, isLoopbackHost } from './network-address.ts'

/** The ways {@link checkServiceUrl} refuses an address. */
export const URL_REFUSALS: Readonly<Record<'URL_SCHEME' | 'URL_FORBIDDEN', Refusal>> = {
  URL_SCHEME: { code: 'URL_SCHEME', status: 400 },
  URL_FORBIDDEN: { code: 'URL_FORBIDDEN', status: 400 },
}

/** What {@link checkServiceUrl} permits. */
export interface ServiceUrlPolicy {
  /**
   * Permits `localhost` and loopback addresses, with `http:` too: for local services and tests. Default `false`, because what
   * listens on a production machine's loopback is not meant for callers.
   */
  readonly allowLoopback?: boolean
}

/**
 * Decides whether a service URL may be called with the bot's token. It must be `https:`, on port 443 or above 1023, with a host
 * that is plainly written: no user info, no trailing dot, no international name (it may look like another), no address that
 * {@link isForbiddenAddress} names, and without query and fragment, because paths are appended to it.
 *
 * A host name may still resolve to a forbidden address: whoever connects must look at the resolved one as well.
 *
 * @returns The parsed URL.
 * @throws {@link InboundRefusedError} `URL_FORBIDDEN` or `URL_SCHEME`: one of {@link URL_REFUSALS}.
 */
export function checkServiceUrl(text: string, { allowLoopback = false }: ServiceUrlPolicy = {}): URL {
  const url = isUrl(text) ? new URL(text) : undefined
  if (!url) throw forbidden('is not a URL')
  const { hostname, protocol } = url
  const isLoopback = isLoopbackHost(hostname)
  if (isLoopback && !allowLoopback) throw forbidden('is on this machine; allow loopback where services are local')
  if (!isLoopback && isAddress(hostname) && isForbiddenAddress(hostname))
    throw forbidden('has an address that is not public')
  if (protocol !== 'https:' && !(isLoopback && protocol === 'http:')) {
    throw new InboundRefusedError(URL_REFUSALS.URL_SCHEME, 'The service URL is not https; only loopback may be http.')
  }
  checkWriting(url)
  return url
}

function checkWriting({ hostname, username, password, port, search, hash }: URL): void {
  if (username || password) throw forbidden('has user info')
  if (hostname.endsWith('.')) throw forbidden('has a host that ends with a dot')
  if (hostname.split('.').some((label) => label.startsWith('xn--'))) throw forbidden('has an international host name')
  if (port !== '' && Number(port) < 1024) throw forbidden(`has the reserved port ${port}`)
  if (search || hash) throw forbidden('has a query or a fragment')
}

function forbidden(reason: string): InboundRefusedError {
  return new InboundRefusedError(URL_REFUSALS.URL_FORBIDDEN, `The service URL ${reason}.`)
}

/** `URL` has brought every way to write an IP address into one of two forms. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(hostname)
}

/**
 * The one form of a service URL in which two can be compared: scheme and host in small letters, no default port, exactly one
 * slash at the end of the path. A text that is no URL is returned as it is.
 */
export function normalizeServiceUrl(text: string): string {
  if (!isUrl(text)) return text
  const url = new URL(text)
  let end = url.pathname.length
  while (url.pathname[end - 1] === '/') end -= 1
  url.pathname = `${url.pathname.slice(0, end)}/`
  return url.href
}
