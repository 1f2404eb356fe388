import { ServiceOptionError } from '../errors.ts'

/** What is wrong with a token that is sent to a bot on purpose. */
export const TOKEN_FAULT_KINDS = [
  'expired',
  'not-yet-valid',
  'wrong-audience',
  'wrong-issuer',
  'unknown-key',
  'wrong-service-url',
  'missing',
] as const

export type TokenFaultKind = (typeof TOKEN_FAULT_KINDS)[number]

/** Bad tokens to send, so that a developer sees how a bot takes them. */
export interface TokenFault {
  readonly kind: TokenFaultKind
  /** With how many posts, 1 to 1 000 000. Default 1. */
  readonly times?: number
}

/** A fault that is still to happen. */
export interface PendingTokenFault {
  readonly id: string
  readonly kind: TokenFaultKind
  /** With how many posts it is still to happen. */
  readonly left: number
}

const MAX_PENDING = 1_000
const MAX_TIMES = 1_000_000

/** The bad tokens that are to be sent with the next posts to bots, in the order they were asked for. */
export class TokenFaults {
  private faults: readonly PendingTokenFault[] = []
  private injected = 0

  /**
   * Has the next posts to bots carry a bad token.
   *
   * @returns the fault's id.
   * @throws ServiceOptionError `SERVICE_OPTION` naming the field that cannot be used.
   */
  inject({ kind, times = 1 }: TokenFault): string {
    const isKnown = TOKEN_FAULT_KINDS.includes(kind)
    if (!isKnown) throw new ServiceOptionError('tokenFault.kind', `must be one of ${TOKEN_FAULT_KINDS.join(', ')}`)
    if (!Number.isInteger(times) || times < 1 || times > MAX_TIMES) {
      throw new ServiceOptionError('tokenFault.times', `must be a whole number from 1 to ${MAX_TIMES}`)
    }
    if (this.faults.length >= MAX_PENDING) {
      throw new ServiceOptionError('tokenFault', `is one of more than ${MAX_PENDING}`)
    }
    this.injected += 1
    const id = String(this.injected)
    this.faults = [...this.faults, { id, kind, left: times }]
    return id
  }

  /** The faults that are still to happen, in the order they were injected. */
  get pending(): readonly PendingTokenFault[] {
    return this.faults
  }

  /** Takes a fault back. @returns whether it was still to happen. */
  remove(id: string): boolean {
    const before = this.faults.length
    this.faults = this.faults.filter((pending) => pending.id !== id)
    return this.faults.length < before
  }

  /** Takes all faults back. */
  clear(): void {
    this.faults = []
  }

  /** What is wrong with the next token; it then happens with one post less. */
  take(): TokenFaultKind | undefined {
    const [first, ...rest] = this.faults
    if (!first) return undefined
    this.faults = first.left > 1 ? [{ ...first, left: first.left - 1 }, ...rest] : rest
    return first.kind
  }
}
