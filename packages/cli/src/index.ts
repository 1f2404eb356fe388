export { EXIT } from './command.ts'
export type { Command, CommandIo } from './command.ts'
