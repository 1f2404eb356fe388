// For Parley's own packages: no promise of stability.
export { BoundedMap } from './bounded-map.ts'
export { endTurn } from './turn-context.ts'
export { toError } from './turn-errors.ts'
