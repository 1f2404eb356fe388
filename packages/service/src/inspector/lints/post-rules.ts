import { when } from './lint-rule.ts'
import type { LintRule } from './lint-rule.ts'

/** How a bot took an activity. */
export interface BotAnswer {
  readonly type: string
  readonly ms: number
  /** Absent when there was no answer. */
  readonly status: number | undefined
  readonly bodyBytes: number
}

/** As long as channels wait. */
const MAX_TURN_MS = 15_000

/** What is odd in how a bot answers. */
export const POST_RULES: readonly LintRule<BotAnswer>[] = [
  {
    rule: 'P2001',
    severity: 'error',
    find: ({ ms }) => when(ms > MAX_TURN_MS, 'The turn took more than 15 s, after which channels give up on it.'),
  },
  {
    rule: 'P2002',
    severity: 'info',
    find: ({ type, status, bodyBytes }) =>
      when(
        type === 'invoke' && status === 200 && bodyBytes === 0,
        'An invoke was answered 200 with nothing; a bot that does not know the invoke answers 501.',
      ),
  },
]
