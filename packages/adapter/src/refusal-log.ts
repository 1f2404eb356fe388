import { describeToken } from '@parley/auth'
import type { InboundRefusedError, Logger } from '@parley/core'
import type { InboundRequest } from './http/inbound-request.ts'

/** A request that was refused. */
export interface RefusedRequest {
  readonly request: InboundRequest
  /** The id that the sender was given. */
  readonly id: string
  /** The activity's channel, once the body has been read. */
  readonly channelId?: string | undefined
  /** How long it took to refuse it, in milliseconds. */
  readonly ms: number
}

const LINES_PER_SECOND = 10
const MAX_VALUE_LENGTH = 128
const MAX_REASON_LENGTH = 256

/**
 * Logs refused requests: one line each, at most ten a second per code, then one line that says how many were left out.
 * Otherwise a flood of bad requests would also flood the log; what a line says is found out only when it is written.
 *
 * A line has the `code` and `status` of the refusal, the `id` that the sender got, the sender's `ip`, the `kid` and `iss` that
 * its token claims, the activity's `channelId`, the `bytes` of the body as announced, the time it took (`ms`) and the `reason`;
 * what is not known is left out.
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
  record(error: InboundRefusedError, refused: RefusedRequest): void {
    const window = this.window(error.code)
    if (window.lines >= LINES_PER_SECOND) {
      window.dropped += 1
      return
    }
    window.lines += 1
    this.logger.warn({ ev: 'inbound.refused', ...factsOf(error, refused) }, 'Refused a request.')
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

function factsOf(
  { code, status, message }: InboundRefusedError,
  { request, id, channelId, ms }: RefusedRequest,
): object {
  const { kid, iss } = describeToken(request.header('authorization'))
  const said = Object.entries({ ip: request.remoteAddress, kid, iss, channelId }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, printable(value, MAX_VALUE_LENGTH)]],
  )
  const bytes = announcedBytes(request)
  return {
    code,
    status,
    id,
    ...(Object.fromEntries(said) as object),
    ...(bytes === undefined ? {} : { bytes }),
    ms,
    reason: printable(message, MAX_REASON_LENGTH),
  }
}

/** Absent for a body in chunks, whose end nobody waits for. */
function announcedBytes(request: InboundRequest): number | undefined {
  const length = request.header('content-length')
  return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined
}

/** No control characters or line separators, which could forge log lines. */
function printable(text: string, maxLength: number): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it removes
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '').slice(0, maxLength)
}
