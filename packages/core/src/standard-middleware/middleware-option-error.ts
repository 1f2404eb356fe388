import { ParleyError } from '../errors.ts'

/** A middleware was made with an option it cannot work with. */
export class MiddlewareOptionError extends ParleyError {
  static readonly code = 'CORE_MIDDLEWARE_OPTION'
  readonly code: string = MiddlewareOptionError.code
}
