import { ServiceOptionError } from '../../errors.ts'
import type { ConnectorFault, FaultTarget } from './connector-fault.ts'
import { faultProblem } from './connector-fault.ts'
import { PendingList } from './pending-list.ts'

/** A fault that is still to happen. */
export interface PendingFault {
  readonly id: string
  readonly fault: ConnectorFault
  /** How many calls it still happens to. */
  readonly left: number
}

/** The faults that are to happen. Of several that fit a call, the one injected first happens to it. */
export class ConnectorFaults {
  private readonly faults: PendingList<ConnectorFault> = new PendingList('fault')

  /**
   * Lets something go wrong from the next call on.
   *
   * @returns the fault's id.
   * @throws ServiceOptionError `SERVICE_OPTION` naming the field that cannot be used.
   */
  inject(fault: ConnectorFault): string {
    const wrong = faultProblem(fault)
    if (wrong) throw new ServiceOptionError(`fault.${wrong.field}`, wrong.problem)
    return this.faults.add({ ...fault }, fault.times ?? 1)
  }

  /** The faults that are still to happen, in the order they were injected. */
  get pending(): readonly PendingFault[] {
    return this.faults.list().map(({ id, what: fault, left }) => ({ id, fault, left }))
  }

  /** Takes a fault back. @returns whether it was still to happen. */
  remove(id: string): boolean {
    return this.faults.remove(id)
  }

  /** Takes all faults back. */
  clear(): void {
    this.faults.clear()
  }

  /** The fault that happens to a call; it then happens to one call less. */
  take(target: FaultTarget, method: string, conversationId: string | undefined): ConnectorFault | undefined {
    return this.faults.take((fault) => {
      if ((fault.target ?? 'connector') !== target) return false
      const isThere = fault.conversationId === undefined || fault.conversationId === conversationId
      return isThere && (fault.method === undefined || fault.method === method)
    })
  }
}
