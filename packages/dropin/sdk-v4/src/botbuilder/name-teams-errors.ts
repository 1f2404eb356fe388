import { InvokeValueError, TeamsArgumentError, TeamsConnectorMissingError, TeamsScopeError } from '@parley/teams'
import { nameAsPlainErrors } from '../core/plain-errors.ts'

/** Parley's names for Teams are v4's, but for the names of their errors. */
export function nameTeamsErrors(): void {
  nameAsPlainErrors(InvokeValueError, TeamsArgumentError, TeamsConnectorMissingError, TeamsScopeError)
}
