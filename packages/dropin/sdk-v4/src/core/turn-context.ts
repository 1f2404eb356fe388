import { NotImplementedError, RespondedResetError, TurnInvalidError } from '@parley/core'
import { nameAsPlainErrors } from './plain-errors.ts'

// Parley's turn is v4's, but for the names of its errors.
export { TurnContext, TurnContextStateCollection } from '@parley/core'

nameAsPlainErrors(NotImplementedError, RespondedResetError, TurnInvalidError)
