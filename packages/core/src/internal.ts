// For Parley's own packages: no promise of stability.
export { endTurn } from './turn-context.ts'
export { toError } from './turn-errors.ts'
