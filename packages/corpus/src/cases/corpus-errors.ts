import { ParleyError } from '@parley/core'

/** A file of the corpus, or a case in it, cannot be played as it is written. */
export class CorpusInvalidError extends ParleyError {
  static readonly code = 'TESTING_CORPUS_INVALID'
  readonly code: string = CorpusInvalidError.code
}

/** The command line cannot be carried out as it is. */
export class CorpusUsageError extends ParleyError {
  static readonly code = 'TESTING_CORPUS_USAGE'
  readonly code: string = CorpusUsageError.code
}
