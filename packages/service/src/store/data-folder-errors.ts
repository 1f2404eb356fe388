import { ParleyError } from '@parley/core'

/** `SERVICE_DATA_ENGINE`: a data folder was asked for, and there is no SQLite to keep it with. */
export class DataEngineMissingError extends ParleyError {
  static readonly code = 'SERVICE_DATA_ENGINE'
  readonly code: string = DataEngineMissingError.code

  constructor(options?: ErrorOptions) {
    super(
      'A data folder needs SQLite, which this Node does not have: use Node 22.13 or newer, or run ' +
        'npm install @photostructure/sqlite, or start without a data folder.',
      options,
    )
  }
}

/** `SERVICE_DATA_IN_USE`: another service keeps its conversations in the same folder. */
export class DataFolderInUseError extends ParleyError {
  static readonly code = 'SERVICE_DATA_IN_USE'
  readonly code: string = DataFolderInUseError.code
  readonly file: string

  constructor(file: string, options?: ErrorOptions) {
    super(
      `${file} is in use by another process: stop the service that runs on it, or choose another folder with --data or ` +
        'SERVICE_DATA.',
      options,
    )
    this.file = file
  }
}

/** `SERVICE_DATA_FOREIGN`: the file of that name holds something else; it was not touched. */
export class DataFileForeignError extends ParleyError {
  static readonly code = 'SERVICE_DATA_FOREIGN'
  readonly code: string = DataFileForeignError.code
  readonly file: string

  constructor(file: string, options?: ErrorOptions) {
    super(
      `${file} was not written by this service, or its beginning is damaged. It was left as it is: move it away, or choose ` +
        'another folder with --data or SERVICE_DATA.',
      options,
    )
    this.file = file
  }
}

/** `SERVICE_DATA_DAMAGED`: the file cannot be trusted any more. Nothing was repaired, so that nothing more is lost. */
export class DataFileDamagedError extends ParleyError {
  static readonly code = 'SERVICE_DATA_DAMAGED'
  readonly code: string = DataFileDamagedError.code
  readonly file: string

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(
      `${file} is damaged (${problem}). It was not repaired: put a copy of it back, or move it away to start without the ` +
        'conversations in it.',
      options,
    )
    this.file = file
  }
}

/** `SERVICE_DATA_NEWER`: a newer version of this package has written the file. */
export class DataFileNewerError extends ParleyError {
  static readonly code = 'SERVICE_DATA_NEWER'
  readonly code: string = DataFileNewerError.code
  readonly file: string

  constructor(file: string, version: number, options?: ErrorOptions) {
    super(
      `${file} has version ${version} of the schema, which this version of @parley/service does not know: use the newer one, ` +
        'or choose another folder with --data or SERVICE_DATA.',
      options,
    )
    this.file = file
  }
}

/** `SERVICE_DATA_FAILED`: the disk or its permissions did not let the service read or write. What was to be written is not kept. */
export class DataFolderFailedError extends ParleyError {
  static readonly code = 'SERVICE_DATA_FAILED'
  readonly code: string = DataFolderFailedError.code
  readonly file: string

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`${file} cannot be read or written (${problem}): check free space and permissions.`, options)
    this.file = file
  }
}
