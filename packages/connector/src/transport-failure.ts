/**
 * What went wrong below HTTP.
 * - `unresolved`: the host's name has no address.
 * - `forbidden-address`: every address of the host is one that must not be called.
 * - `untrusted`: the host did not prove its identity.
 * - `connection`: refused, reset or closed.
 * - `timeout`: nothing came in time.
 */
export type TransportFailureKind = 'unresolved' | 'forbidden-address' | 'untrusted' | 'connection' | 'timeout'

/**
 * A try that got no status. Made of plain text only, because Node's own errors may carry packets and certificates, and
 * axios' errors carry the bearer.
 */
export class TransportFailure extends Error {
  readonly kind: TransportFailureKind
  /** Code of the system, e.g. `ECONNREFUSED`. */
  readonly code: string
  /**
   * Whether the whole request had been given to the operating system. `false` proves that the service cannot have acted on
   * it: every request states its length, and an incomplete one is not processed.
   */
  readonly sent: boolean

  constructor(kind: TransportFailureKind, code: string, message: string, sent: boolean) {
    super(message)
    this.name = 'TransportFailure'
    this.kind = kind
    this.code = code
    this.sent = sent
  }
}

/** Names the trouble that Node reported. */
export function toTransportFailure(error: unknown, sent: boolean): TransportFailure {
  // Not `instanceof Error`: under jest Node's own errors come from another realm.
  const { code, message } = Object(error) as { code?: unknown; message?: unknown }
  const name = typeof code === 'string' ? code : 'ERR_UNKNOWN'
  return new TransportFailure(
    kindOf(name),
    name,
    (typeof message === 'string' ? message : 'unknown').slice(0, 200),
    sent,
  )
}

/** Code of the address guard, see `address-guard.ts`. */
export const FORBIDDEN_ADDRESS = 'ERR_PARLEY_FORBIDDEN_ADDRESS'

const CERTIFICATE_TROUBLE =
  /^(?:CERT_|CRL_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_|HOSTNAME_MISMATCH|PATH_LENGTH_|EPROTO)/

const NAME_TROUBLE = /^(?:ENOTFOUND|ENODATA|EAI_)/

function kindOf(code: string): TransportFailureKind {
  if (code === FORBIDDEN_ADDRESS) return 'forbidden-address'
  if (CERTIFICATE_TROUBLE.test(code)) return 'untrusted'
  return NAME_TROUBLE.test(code) ? 'unresolved' : 'connection'
}
