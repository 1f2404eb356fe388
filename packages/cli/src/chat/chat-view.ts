import type { WireActivity } from '../direct-line/wire-activity.ts'
import type { Terminal } from './terminal.ts'

/** Where a chat is shown: a terminal, a pipe, or JSON lines. */
export interface ChatView {
  /** How wide texts may be, and how they look; asked for every time, because windows change. */
  readonly terminal: Terminal
  /** Everything that is said, as it came. */
  activity(activity: WireActivity): void
  /** What the bot says, ready to be shown. `mark` says what is special about it. */
  bot(lines: readonly string[], mark?: string): void
  /** What is only there for now: what the bot is typing. Nothing to end it. */
  live(lines: readonly string[]): void
  /** What the user is seen to say without having typed it. */
  user(text: string): void
  /** What the program has to say. */
  note(text: string): void
  /** What went wrong, and what to do. */
  problem(text: string): void
}
