import type { OpenValue } from '@parley/core'
import type { StatusCodes } from './number-enums.ts'

/** Asks for a token of a provider; no service reads it any more. */
export interface TokenRequest {
  provider: string
  settings: { [propertyName: string]: OpenValue }
}

/** An error that says with which status the request is answered. */
export interface IStatusCodeError {
  statusCode: StatusCodes
  message?: string
}
