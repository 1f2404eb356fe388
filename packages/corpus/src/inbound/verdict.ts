/**
 * What became of a case. `ranWrongly`: the handler ran and must not. `refusedWrongly`: it did not run and must. `serverError`:
 * 5xx for something that is the sender's fault. `noAnswer`: none came. `crashed`: the bot's process ended, or would have.
 * `otherAnswer`: refused, but not as required.
 */
export type Verdict =
  | 'asRequired'
  | 'refusedWrongly'
  | 'ranWrongly'
  | 'serverError'
  | 'noAnswer'
  | 'crashed'
  | 'otherAnswer'

/** The outcome of one case. */
export interface CaseResult {
  readonly id: string
  readonly family: string
  readonly title: string
  readonly verdict: Verdict
  /** What is not as required, one sentence each. Empty when all is. */
  readonly problems: readonly string[]
  /** Longest time a request waited for its answer, in milliseconds. */
  readonly heldMs: number
}

/** Cases in which something is not as required. */
export function failed<R extends CaseResult>(results: readonly R[]): R[] {
  return results.filter(({ verdict }) => verdict !== 'asRequired')
}

/** The result of a case in which something ended the process, or would have. */
export function withCrashes<R extends CaseResult>(result: R, crashes: readonly string[]): R {
  if (crashes.length === 0) return result
  const problems = [...result.problems, `crash: ${crashes.join()}`]
  return { ...result, problems, verdict: 'crashed' }
}
