import type { Command } from './command.ts'

/** What `parley` can do, in the order its help lists it. */
export const COMMANDS: readonly Command[] = []
