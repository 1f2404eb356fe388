import type { Nil } from './types.ts'

/** SDK v4's functions over texts. */
export const stringExt: { isNilOrEmpty(val: string | Nil): boolean } = {
  /** Whether there is no text, or an empty one; blanks are text. */
  isNilOrEmpty: (val) => val === null || val === undefined || val === '',
}
