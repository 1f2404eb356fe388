import { ParleyError } from '@parley/core'

/** `CLI_USAGE`: the command line cannot be understood; nothing was done. The program ends with `EXIT.usage`. */
export class CliUsageError extends ParleyError {
  static readonly code = 'CLI_USAGE'
  readonly code: string = CliUsageError.code
}

/** `CLI_UNREACHABLE`: the bot or the service cannot be reached or started. The program ends with `EXIT.unreachable`. */
export class CliUnreachableError extends ParleyError {
  static readonly code = 'CLI_UNREACHABLE'
  readonly code: string = CliUnreachableError.code
}
