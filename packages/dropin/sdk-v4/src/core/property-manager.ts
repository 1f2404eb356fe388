import type { OpenValue } from '@parley/core'
import type { StatePropertyAccessor } from '@parley/state'

/** What hands out accessors for named properties. */
export interface PropertyManager {
  createProperty<T = OpenValue>(name: string): StatePropertyAccessor<T>
}
