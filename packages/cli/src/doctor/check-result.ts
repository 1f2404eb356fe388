/** How a check came out. */
export type CheckStatus = 'ok' | 'warning' | 'failed'

/** What one check of the doctor found. The shape is stable: programs read it. */
export interface CheckResult {
  /** Stable name, e.g. `app-password`. */
  readonly id: string
  readonly status: CheckStatus
  /** What was checked, in a few words. */
  readonly title: string
  /** What was seen. Never a secret or a token. */
  readonly detail: string
  /** What to do; empty when there is nothing. */
  readonly advice: string
}

/** A check, before it has come to a result. */
export interface CheckName {
  readonly id: string
  readonly title: string
}

/** All is as it should be. */
export function ok({ id, title }: CheckName, detail: string): CheckResult {
  return { id, status: 'ok', title, detail, advice: '' }
}

/** It works, or may work, and somebody should look at it. */
export function warning({ id, title }: CheckName, detail: string, advice: string): CheckResult {
  return { id, status: 'warning', title, detail, advice }
}

/** It does not work, or must not be left so. */
export function failed({ id, title }: CheckName, detail: string, advice: string): CheckResult {
  return { id, status: 'failed', title, detail, advice }
}
