/** What the address of the sign-in page says. */
export interface SignInLink {
  readonly id: string
  /** The browser session the link was opened from. */
  readonly challenge: string | undefined
  /** Whether the browser was sent here under another name of this machine already. */
  readonly isRedirected: boolean
}

/**
 * Reads the parameters of the page. Web Chat writes the session behind the link percent-encoded, so that it arrives as a part
 * of `signin`.
 */
export function parseSignInLink(parameters: URLSearchParams): SignInLink {
  const [id = '', ...rest] = (parameters.get('signin') ?? '').split('&')
  const challenge = new URLSearchParams(rest.join('&')).get('code_challenge') ?? parameters.get('code_challenge')
  return { id, challenge: challenge || undefined, isRedirected: parameters.has('redirected') }
}

/** The service under the other name browsers know it by: `localhost`, or the one it listens on. */
export function otherLoopbackOrigin(origin: string, url: string): string {
  const local = new URL(url)
  local.hostname = 'localhost'
  return origin === local.origin ? url : local.origin
}
