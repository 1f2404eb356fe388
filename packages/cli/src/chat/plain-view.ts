import type { CommandIo } from '../command.ts'
import type { WireActivity } from '../direct-line/wire-activity.ts'
import type { Output } from '../output.ts'
import type { ChatView } from './chat-view.ts'
import { terminalOf } from './terminal.ts'
import type { Terminal } from './terminal.ts'

/** A chat in a pipe or a file: what the bot says and nothing else, or with `--json` every activity on a line. */
export class PlainView implements ChatView {
  readonly terminal: Terminal
  private readonly output: Output

  constructor(io: CommandIo, output: Output) {
    this.output = output
    // Whoever reads it breaks the lines.
    this.terminal = terminalOf(io, (_style, text) => text, Number.MAX_SAFE_INTEGER)
  }

  activity(activity: WireActivity): void {
    this.output.json(activity)
  }

  bot(lines: readonly string[], mark?: string): void {
    if (this.output.isJson) return
    const [first = '', ...rest] = lines
    this.output.line([mark === undefined ? first : `${mark} ${first}`, ...rest].join('\n'))
  }

  live(): void {
    // What is only there for now is not for files.
  }

  user(): void {
    // What was chosen is what was typed.
  }

  note(text: string): void {
    this.output.note(text)
  }

  problem(text: string): void {
    this.output.note(`! ${text}`)
  }
}
