import { ParleyError } from '@parley/core'

/** There is no space left for what was to be written. What was stored is kept. */
export class StorageFullError extends ParleyError {
  static readonly code = 'STATE_FULL'
  readonly code: string = StorageFullError.code
  /** Of the storage. */
  readonly folder: string

  constructor(folder: string, options?: ErrorOptions) {
    super(`Storage: no space is left for "${folder}"${because(options)}; free some, or raise the quota.`, options)
    this.folder = folder
  }
}

/** The process may not read or write in the folder of the storage. What was stored is kept. */
export class StorageAccessError extends ParleyError {
  static readonly code = 'STATE_ACCESS'
  readonly code: string = StorageAccessError.code
  /** Of the storage. */
  readonly folder: string

  constructor(folder: string, options?: ErrorOptions) {
    super(
      `Storage: this process may not work in "${folder}"${because(options)}; give its user the folder and all in it.`,
      options,
    )
    this.folder = folder
  }
}

/** The file system failed. What was stored is kept, as far as that is in the hands of the storage. */
export class StorageIoError extends ParleyError {
  static readonly code = 'STATE_IO'
  readonly code: string = StorageIoError.code
  /** Of the storage. */
  readonly folder: string

  constructor(folder: string, options?: ErrorOptions) {
    super(`Storage: the file system failed in "${folder}"${because(options)}; check the disk and its mount.`, options)
    this.folder = folder
  }
}

/** In the place of a file of the storage is something it did not write. It is neither followed nor overwritten. */
export class StorageDamagedError extends ParleyError {
  static readonly code = 'STATE_DAMAGED'
  readonly code: string = StorageDamagedError.code
  /** Of what is there. */
  readonly path: string

  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`Storage: "${path}" ${reason}; restore it from a backup, or move it away.`, options)
    this.path = path
  }
}

/** Other processes kept the folder of the storage to themselves for too long, so nothing was read or written. */
export class StorageBusyError extends ParleyError {
  static readonly code = 'STATE_BUSY'
  readonly code: string = StorageBusyError.code
  /** Of the storage. */
  readonly folder: string
  /** The process that has it now, if that is known. */
  readonly pid: number | undefined

  constructor(folder: string, waitedMs: number, pid?: number, options?: ErrorOptions) {
    const holder = pid === undefined ? 'others have' : `process ${pid} has`
    super(
      `Storage: ${holder} kept "${folder}" busy for ${Math.round(waitedMs)} ms; end or resume what is stopped there, ` +
        'or let fewer processes share the folder.',
      options,
    )
    this.folder = folder
    this.pid = pid
  }
}

const classes = {
  ENOSPC: StorageFullError,
  EDQUOT: StorageFullError,
  EFBIG: StorageFullError,
  EACCES: StorageAccessError,
  EPERM: StorageAccessError,
  EROFS: StorageAccessError,
}

/** The error to throw for one of the file system; any other error as it is. */
export function codedError(folder: string, cause: unknown): unknown {
  const code = errnoOf(cause)
  if (cause instanceof ParleyError || code === undefined) return cause
  const Class = Object.hasOwn(classes, code) ? classes[code as keyof typeof classes] : StorageIoError
  return new Class(folder, { cause })
}

/** Whether the file system failed with one of these codes. */
export function hasErrno(error: unknown, ...codes: string[]): boolean {
  const code = errnoOf(error)
  return code !== undefined && codes.includes(code)
}

function errnoOf(error: unknown): string | undefined {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException
  return typeof code === 'string' && typeof syscall === 'string' ? code : undefined
}

function because(options: ErrorOptions | undefined): string {
  const code = errnoOf(options?.cause)
  return code === undefined ? '' : ` (${code})`
}
