import { PendingList } from '../connector/faults/pending-list.ts'
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

const MAX_TIMES = 1_000_000

/** The bad tokens that are to be sent with the next posts to bots, in the order they were asked for. */
export class TokenFaults {
  private readonly faults: PendingList<TokenFaultKind> = new PendingList('tokenFault')

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
    return this.faults.add(kind, times)
  }

  /** The faults that are still to happen, in the order they were injected. */
  get pending(): readonly PendingTokenFault[] {
    return this.faults.list().map(({ id, what: kind, left }) => ({ id, kind, left }))
  }

  /** Takes a fault back. @returns whether it was still to happen. */
  remove(id: string): boolean {
    return this.faults.remove(id)
  }

  /** Takes all faults back. */
  clear(): void {
    this.faults.clear()
  }

  /** What is wrong with the next token; it then happens with one post less. */
  take(): TokenFaultKind | undefined {
    return this.faults.take()
  }
}
