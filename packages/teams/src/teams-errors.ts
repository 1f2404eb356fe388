import { ParleyError } from '@parley/core'

/** A Teams operation was called without something it needs; the message says what. */
export class TeamsArgumentError extends ParleyError {
  static readonly code = 'TEAMS_ARGUMENT'
  readonly code: string = TeamsArgumentError.code
}

/** An operation on a team was called in a turn that does not come from a team; pass the id of the team. */
export class TeamsScopeError extends ParleyError {
  static readonly code = 'TEAMS_SCOPE'
  readonly code: string = TeamsScopeError.code

  constructor(options?: ErrorOptions) {
    super('This method is only valid within the scope of a MS Teams Team.', options)
  }
}

/** The adapter of the turn has no connector client that speaks with Teams; use a `CloudAdapter`. */
export class TeamsConnectorMissingError extends ParleyError {
  static readonly code = 'TEAMS_CONNECTOR_MISSING'
  readonly code: string = TeamsConnectorMissingError.code

  constructor(options?: ErrorOptions) {
    super('This method requires a connector client.', options)
  }
}

/** The value of an invoke is not one the channel may send; thrown by a handler, it answers the invoke with 400. */
export class InvokeValueError extends ParleyError {
  static readonly code = 'TEAMS_INVOKE_VALUE'
  readonly code: string = InvokeValueError.code

  constructor(options?: ErrorOptions) {
    super('BadRequest', options)
  }
}

/**
 * Runs `answer`, and answers with 400 when it throws an error with the message `BadRequest`.
 *
 * @param refused - Makes that answer.
 */
export async function answerBadRequest<T>(answer: () => Promise<T>, refused: () => T): Promise<T> {
  try {
    return await answer()
  } catch (error) {
    if (error instanceof Error && error.message === 'BadRequest') return refused()
    throw error
  }
}
