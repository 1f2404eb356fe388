import { ServiceOptionError } from '../../errors.ts'
import type { ConnectorFault, FaultTarget } from './connector-fault.ts'
import { faultProblem } from './connector-fault.ts'

/** A fault that is still to happen. */
export interface PendingFault {
  readonly id: string
  readonly fault: ConnectorFault
  /** How many calls it still happens to. */
  readonly left: number
}

const MAX_PENDING = 1_000

/** The faults that are to happen. Of several that fit a call, the one injected first happens to it. */
export class ConnectorFaults {
  private faults: readonly PendingFault[] = []
  private injected = 0

  /**
   * Lets something go wrong from the next call on.
   *
   * @returns the fault's id.
   * @throws ServiceOptionError `SERVICE_OPTION` naming the field that cannot be used.
   */
  inject(fault: ConnectorFault): string {
    const wrong = faultProblem(fault)
    if (wrong) throw new ServiceOptionError(`fault.${wrong.field}`, wrong.problem)
    if (this.faults.length >= MAX_PENDING) throw new ServiceOptionError('fault', `is one of more than ${MAX_PENDING}`)
    this.injected += 1
    const id = String(this.injected)
    this.faults = [...this.faults, { id, fault: { ...fault }, left: fault.times ?? 1 }]
    return id
  }

  /** The faults that are still to happen, in the order they were injected. */
  get pending(): readonly PendingFault[] {
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

  /** The fault that happens to a call; it then happens to one call less. */
  take(target: FaultTarget, method: string, conversationId: string | undefined): ConnectorFault | undefined {
    const taken = this.faults.find(({ fault }) => {
      if ((fault.target ?? 'connector') !== target) return false
      const isThere = fault.conversationId === undefined || fault.conversationId === conversationId
      return isThere && (fault.method === undefined || fault.method === method)
    })
    if (!taken) return undefined
    const rest = { ...taken, left: taken.left - 1 }
    this.faults = this.faults.flatMap((pending) => (pending !== taken ? [pending] : rest.left > 0 ? [rest] : []))
    return taken.fault
  }
}
