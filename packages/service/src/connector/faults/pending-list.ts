import { ServiceOptionError } from '../../errors.ts'

/** Something a developer has asked for that is still to happen. */
export interface Pending<T> {
  readonly id: string
  readonly what: T
  /** How often it still happens. */
  readonly left: number
}

const MAX_PENDING = 1_000

/** What is still to happen, in the order it was asked for. */
export class PendingList<T> {
  private readonly option: string
  private pending: readonly Pending<T>[] = []
  private added = 0

  /** @param option - What is asked for, in errors. */
  constructor(option: string) {
    this.option = option
  }

  /** @returns its id. @throws ServiceOptionError `SERVICE_OPTION` when too much is still to happen. */
  add(what: T, times: number): string {
    if (this.pending.length >= MAX_PENDING) {
      throw new ServiceOptionError(this.option, `is one of more than ${MAX_PENDING}`)
    }
    this.added += 1
    const id = String(this.added)
    this.pending = [...this.pending, { id, what, left: times }]
    return id
  }

  list(): readonly Pending<T>[] {
    return this.pending
  }

  /** Takes something back. @returns whether it was still to happen. */
  remove(id: string): boolean {
    const before = this.pending.length
    this.pending = this.pending.filter((each) => each.id !== id)
    return this.pending.length < before
  }

  /** Takes everything back. */
  clear(): void {
    this.pending = []
  }

  /** The first that fits; it then happens once less. */
  take(fits: (what: T) => boolean = () => true): T | undefined {
    const taken = this.pending.find(({ what }) => fits(what))
    if (!taken) return undefined
    const rest = { ...taken, left: taken.left - 1 }
    this.pending = this.pending.flatMap((each) => (each !== taken ? [each] : rest.left > 0 ? [rest] : []))
    return taken.what
  }
}
