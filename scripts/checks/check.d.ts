/** One fault a check found. */
export interface Finding {
  /** What is wrong, beginning with the place: `packages/auth/src/x.ts:3 imports …`. */
  readonly what: string
  /** Which rule it breaks and what the rule protects. */
  readonly why: string
  /** What to do about it. */
  readonly fix: string
}

/** One structure check of `npm run check`. */
export interface Check {
  /** As typed in `npm run check -- <name>`. */
  readonly name: string
  /** What is true when the check passes. */
  readonly summary: string
  /** Whether `dist/` of the packages is looked at. */
  readonly needsBuild?: boolean
  /** @param root - Absolute path of the repository, or of a fixture. */
  run(root: string): Finding[] | Promise<Finding[]>
}
