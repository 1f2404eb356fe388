import { ParleyError } from '@parley/core'

/** A storage was constructed with something it cannot work with. */
export class BlobsOptionError extends ParleyError {
  static readonly code = 'BLOBS_OPTION'
  readonly code: string = BlobsOptionError.code
}

/** The Blob service answered with an error, or, after all tries, still could not do its work. */
export class BlobsFailedError extends ParleyError {
  static readonly code = 'BLOBS_FAILED'
  readonly code: string = BlobsFailedError.code
  /** HTTP status of the last answer. */
  readonly statusCode: number
  /** What the service calls it: `ServerBusy`. */
  readonly serviceCode: string

  constructor(work: string, { statusCode, serviceCode }: BlobsFailure, options?: ErrorOptions) {
    super(
      `The Blob service answered ${statusCode} (${serviceCode || 'no code'}) to ${work}; see ${serviceCode || 'the status'} in its documentation, and try later when it is busy.`,
      options,
    )
    this.statusCode = statusCode
    this.serviceCode = serviceCode
  }
}

/** The Blob service does not let this bot do that. */
export class BlobsRefusedError extends ParleyError {
  static readonly code = 'BLOBS_REFUSED'
  readonly code: string = BlobsRefusedError.code
  /** 401 or 403. */
  readonly statusCode: number
  /** What the service calls it: `AuthenticationFailed`. */
  readonly serviceCode: string

  constructor(work: string, { statusCode, serviceCode }: BlobsFailure, options?: ErrorOptions) {
    super(
      `The Blob service refused ${work} (${statusCode} ${serviceCode}); check the account key, the permissions and expiry of the signature, or the role of the identity ("Storage Blob Data Contributor"), and this host's clock.`,
      options,
    )
    this.statusCode = statusCode
    this.serviceCode = serviceCode
  }
}

/** No answer came from the Blob service, however often it was asked. */
export class BlobsUnreachableError extends ParleyError {
  static readonly code = 'BLOBS_UNREACHABLE'
  readonly code: string = BlobsUnreachableError.code

  constructor(work: string, host: string, options: ErrorOptions) {
    super(`No answer from ${host} to ${work}; check the endpoint and the way out to it.`, options)
  }
}

/** An answer that is an error. */
export interface BlobsFailure {
  readonly statusCode: number
  readonly serviceCode: string
}
