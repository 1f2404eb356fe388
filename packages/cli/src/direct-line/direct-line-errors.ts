import { ParleyError } from '@parley/core'
import { CliUnreachableError } from '../errors.ts'

/** `CLI_BOT_FAILED`: the bot did not take an activity. The service says why, and what to do. */
export class BotFailedError extends ParleyError {
  static readonly code = 'CLI_BOT_FAILED'
  readonly code: string = BotFailedError.code
}

/** `CLI_CONVERSATION_OVER`: nothing more can be said in the conversation; begin another. */
export class ConversationOverError extends ParleyError {
  static readonly code = 'CLI_CONVERSATION_OVER'
  readonly code: string = ConversationOverError.code
}

/** `CLI_UNREACHABLE`, too: the service is there, and waiting does not change that it refuses the secret or token. */
export class CredentialRefusedError extends CliUnreachableError {}

/** `CLI_DIRECT_LINE`: the service refused a call of Direct Line. */
export class DirectLineError extends ParleyError {
  static readonly code = 'CLI_DIRECT_LINE'
  readonly code: string = DirectLineError.code
  /** HTTP status of the answer. */
  readonly status: number

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.status = status
  }
}
