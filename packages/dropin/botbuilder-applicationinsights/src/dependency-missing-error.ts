import { ParleyError } from '@parley/core'

/** Something was used that needs a package which is not installed. The message says how to install it. */
export class DependencyMissingError extends ParleyError {
  static readonly code = 'DROPIN_DEPENDENCY_MISSING'
  readonly code: string = DependencyMissingError.code
  /** The package. */
  readonly dependency: string

  constructor(what: string, dependency: string, command: string, options?: ErrorOptions) {
    super(`${what} needs the package ${dependency}, which is not installed; run "${command}".`, options)
    this.dependency = dependency
  }
}
