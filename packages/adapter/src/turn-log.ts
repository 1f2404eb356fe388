import { ParleyError, TurnErrorHandlerError } from '@parley/core'
import type { Activity, Logger } from '@parley/core'
import type { MaybeSentPolicy } from './stages/send-journal.ts'

/** What is logged of the activity whose turn it was. */
type Turn = Pick<Activity, 'channelId' | 'type'> | undefined

/**
 * Logs turns that fail. Each error is told in full once, however far it is thrown; trouble of a dependency is told without a
 * stack, as it is not the bot's code that is to be looked at.
 */
export class TurnLog {
  private readonly told = new WeakSet<Error>()
  private readonly logger: Logger
  private hasToldLateSend = false

  constructor(logger: Logger) {
    this.logger = logger
  }

  /** Something the bot said did not leave. The bot may not be waiting to hear of it. */
  notSent(turn: Turn, error: Error): void {
    const facts = { ev: 'send.failed', ...where(turn), ...this.tell(error) }
    this.logger.error(facts, 'Something the bot said could not be sent.')
  }

  /** A turn threw, and `onTurnError` is about to hear of it. */
  threw(turn: Turn, error: Error): void {
    if (this.told.has(error)) return
    this.logger.error({ ev: 'turn.error', ...where(turn), ...this.tell(error) }, 'A turn failed; onTurnError is told.')
  }

  /** A turn was answered with an error status. */
  failed(turn: Turn, error: Error, answered: { readonly id: string; readonly status: number }): void {
    const facts = { ev: 'turn.failed', ...answered, ...where(turn), ...this.tell(error) }
    this.logger.error(facts, 'A turn failed; the channel is answered with an error and may deliver again.')
  }

  /** Something was sent after its turn. Told once: it is a habit of the bot, not an event. */
  sentLate(): void {
    if (this.hasToldLateSend) return
    this.hasToldLateSend = true
    const sentence =
      'Something was sent after its turn had ended. It was delivered; to keep its order, await every sendActivity().'
    this.logger.warn({ ev: 'send.late', code: 'ADAPTER_LATE_SEND' }, sentence)
  }

  /** A run of a turn came to a reply that the run before it may have sent. */
  maybeSent(policy: MaybeSentPolicy): void {
    const sentence = 'A reply may have been sent before its turn was cut off; `maybeSent` says what becomes of it.'
    this.logger.warn({ ev: 'send.maybe_sent', policy }, sentence)
  }

  /** The host that ran a turn is gone. */
  takenOver(): void {
    this.logger.warn(
      { ev: 'turn.taken_over' },
      'A host ended, or fell silent, while it ran a turn; the turn runs again here.',
    )
  }

  /** The storage of turns failed, and the turn goes on. */
  notRecorded(error: Error): void {
    const reason = (error.cause instanceof Error ? error.cause : error).message
    this.logger.error({ ev: 'turn.not_recorded', code: codeOf(error), reason }, 'A turn could not be recorded.')
  }

  /** The answer to a turn cannot be given by other hosts. */
  answerTooLarge(): void {
    const sentence =
      'An answer has more than 256 KiB and is kept by this host only; another host that gets the activity again runs its turn.'
    this.logger.warn({ ev: 'turn.answer_too_large' }, sentence)
  }

  private tell(error: Error): object {
    const code = codeOf(error)
    if (this.told.has(error)) return { code }
    this.told.add(error)
    // Who obtains tokens has logged what to do about it.
    if (code.startsWith('AUTH_')) return { code }
    if (/^(?:SEND|STATE|ADAPTER_TURN)_/.test(code)) return { code, reason: error.message }
    return isSameTrouble(error) ? { code, reason: codeOf(error.failure) } : { code, err: error }
  }
}

/** The code of an error of Parley, or `TURN_FAILED` for all others. */
export function codeOf(error: Error): string {
  return ParleyError.isParleyError(error) ? error.code : 'TURN_FAILED'
}

/** `onTurnError` met what it was to tell of, as when it cannot send either. */
function isSameTrouble(error: Error): error is TurnErrorHandlerError {
  if (!(error instanceof TurnErrorHandlerError)) return false
  return ParleyError.isParleyError(error.failure) && error.failure.code === codeOf(error.cause as Error)
}

function where(turn: Turn): object {
  return { channelId: turn?.channelId, type: turn?.type }
}
