/** Writes one structured line: facts first, then a constant sentence. The facts never hold tokens, secrets or bodies. */
export type LogMethod = (facts: object, message: string) => void

/** What Parley needs of a logger. A pino logger fits as it is. */
export interface Logger {
  readonly debug: LogMethod
  readonly info: LogMethod
  readonly warn: LogMethod
  readonly error: LogMethod
}

const nothing: LogMethod = () => {}

/** Discards everything. */
export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing }
