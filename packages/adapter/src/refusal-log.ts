import type { InboundRefusedError, Logger } from '@parley/core'

/** Facts about the request that was refused. */
export interface RefusalFacts {
  readonly id: string
  readonly ip?: string | undefined
  readonly ms: number
}

const LINES_PER_SECOND = 10

/**
 * Logs refused requests: one line each, at most ten a second per code, then one line that says how many were left out.
 * Otherwise a flood of bad requests would also flood the log.
 */
export class RefusalLog {
  private readonly windows = new Map<string, { startedAt: number; lines: number; dropped: number }>()
  private readonly logger: Logger
  private readonly now: () => number

  constructor(logger: Logger, now: () => number = Date.now) {
    this.logger = logger
    this.now = now
  }

  /** Logs that `error` refused a request. */
  record(error: InboundRefusedError, facts: RefusalFacts): void {
    const window = this.window(error.code)
    if (window.lines >= LINES_PER_SECOND) {
      window.dropped += 1
      return
    }
    window.lines += 1
    const { code, status } = error
    this.logger.warn(
      { ev: 'inbound.refused', code, status, ...facts, reason: printable(error.message) },
      'Refused a request.',
    )
  }

  private window(code: string): { startedAt: number; lines: number; dropped: number } {
    const now = this.now()
    let window = this.windows.get(code)
    if (!window) this.windows.set(code, (window = { startedAt: now, lines: 0, dropped: 0 }))
    if (now - window.startedAt < 1000) return window
    const { dropped } = window
    Object.assign(window, { startedAt: now, lines: 0, dropped: 0 })
    if (dropped > 0) this.logger.warn({ ev: 'inbound.refused', code, dropped }, 'Refused more requests than it logged.')
    return window
  }
}

/** No control characters or line separators, which could forge log lines; at most 256 characters. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it removes
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').slice(0, 256)
}
