/** Names of this machine that never leave it. Others may resolve to 127.0.0.1 for an attacker's page (DNS rebinding). */
const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Addresses the service may listen on. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_NAMES.has(host) || host === '::1'
}

/** Whether a `Host` header names this machine and `port`, and nothing else. Port 80 may be left out. */
export function isLoopbackAuthority(authority: string | undefined, port: number): boolean {
  if (authority === undefined) return false
  const value = authority.toLowerCase()
  const colon = value.lastIndexOf(':')
  const hasPort = colon > value.lastIndexOf(']')
  const name = hasPort ? value.slice(0, colon) : value
  return LOOPBACK_NAMES.has(name) && (hasPort ? value.slice(colon + 1) === String(port) : port === 80)
}

/** Whether an `Origin` header is a page served from this machine, on any port. */
export function isLoopbackOrigin(origin: string): boolean {
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  return (
    url !== undefined && /^https?:$/.test(url.protocol) && url.origin === origin && LOOPBACK_NAMES.has(url.hostname)
  )
}
