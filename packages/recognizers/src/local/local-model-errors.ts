import { ParleyError } from '@parley/core'

/** Where a fault of a model is. */
export interface LocalModelFault {
  /** Name of the file, when the model comes from one. */
  readonly file?: string | undefined
  /** Line of the fault, counted from 1, when the model comes from a text. */
  readonly line?: number | undefined
  /** Path of the fault, e.g. `intents.BookFlight[3]`; `''`: the whole. */
  readonly path: string
}

/** The training data of a local recognizer cannot be used. Correct what the message names, and where. */
export class LocalModelInvalidError extends ParleyError implements LocalModelFault {
  static readonly code = 'RECOGNIZERS_MODEL_INVALID'
  readonly code: string = LocalModelInvalidError.code
  readonly file: string | undefined
  readonly line: number | undefined
  readonly path: string

  constructor(problem: string, { file, line, path }: LocalModelFault, options?: ErrorOptions) {
    const place = [file, line === undefined ? undefined : file === undefined ? `line ${line}` : String(line)]
    const where = place.filter((part) => part !== undefined).join(':')
    super(`The training data cannot be used: ${where}${where && ' '}${path || 'it'} ${problem}.`, options)
    this.file = file
    this.line = line
    this.path = path
  }
}

/** The file with the training data cannot be read. Check that it is there, and that the bot's user may read it. */
export class LocalModelUnreadableError extends ParleyError {
  static readonly code = 'RECOGNIZERS_MODEL_UNREADABLE'
  readonly code: string = LocalModelUnreadableError.code
  readonly file: string

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`The training data in ${file} cannot be read: ${problem}.`, options)
    this.file = file
  }
}
