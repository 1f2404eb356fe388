import { chatCommand } from './chat/chat-command.ts'
import type { Command } from './command.ts'
import { devCommand } from './dev/dev-command.ts'
import { doctorCommand } from './doctor/doctor-command.ts'
import { transcriptCommand } from './transcript/transcript-command.ts'

/** What `parley` can do, in the order its help lists it. */
export const COMMANDS: readonly Command[] = [devCommand, chatCommand, transcriptCommand, doctorCommand]
