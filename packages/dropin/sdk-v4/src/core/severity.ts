import { Severity as ParleySeverity } from '@parley/core'
import { withNames } from '../schema/with-names.ts'
import type { NamedNumbers } from '../schema/with-names.ts'

/** How bad it is; `Severity[3]` is `Error`. */
export const Severity: NamedNumbers<typeof ParleySeverity> = withNames(ParleySeverity)
export type Severity = ParleySeverity
