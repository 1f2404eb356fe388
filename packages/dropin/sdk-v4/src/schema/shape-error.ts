import { ParleyError } from '@parley/core'

/** One thing that is wrong with a value. */
export interface ShapeIssue {
  code: 'invalid_type'
  /** What should be there, e.g. `string`. */
  expected: string
  /** JavaScript type of what is there; the value itself is not repeated. */
  received: string
  /** Where, from the outermost object: `['from', 'id']`. */
  path: (string | number)[]
  message: string
}

/**
 * A value does not look like what it should be: `assertActivity` and its siblings throw this, where SDK v4 threw an error of
 * the zod library. The list of issues is read in the same way.
 */
export class ShapeError extends ParleyError {
  static readonly code = 'DROPIN_SHAPE_INVALID'
  readonly code: string = ShapeError.code
  readonly issues: ShapeIssue[]

  constructor(issues: ShapeIssue[], options?: ErrorOptions) {
    super(
      `The value has another shape than expected; correct these fields: ${issues.map(describe).join('; ')}.`,
      options,
    )
    this.issues = issues
  }

  /** The same as {@link ShapeError.issues}. */
  get errors(): ShapeIssue[] {
    return this.issues
  }
}

function describe({ path, expected, received }: ShapeIssue): string {
  const place = path.length === 0 ? 'the value itself' : path.join('.')
  return `${place} must be ${expected}, not ${received}`
}
