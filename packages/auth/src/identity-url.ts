import { ParleyError } from '@parley/core'

/** An identity address over plain http on another machine: whoever sits on the way could hand out keys or read secrets. */
export class InsecureIdentityUrlError extends ParleyError {
  static readonly code = 'AUTH_URL_INSECURE'
  readonly code: string = InsecureIdentityUrlError.code

  /** @param purpose - What the address is for, e.g. `loginUrl`. */
  constructor(purpose: string) {
    super(`The address for ${purpose} must be an https URL; http is accepted on loopback hosts only.`)
  }
}

/**
 * Parses an address that tokens, secrets or keys travel to or from.
 *
 * @throws {@link InsecureIdentityUrlError} `AUTH_URL_INSECURE`: not a URL, or neither https nor on a loopback host.
 */
export function checkIdentityUrl(address: string, purpose: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname))
  if (!url || !secure) throw new InsecureIdentityUrlError(purpose)
  return url
}

/** Whether a host name, as `URL` spells it, is this machine without asking a name server. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
