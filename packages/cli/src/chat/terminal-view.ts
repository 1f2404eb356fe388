import type { Interface } from 'node:readline'
import type { CommandIo } from '../command.ts'
import type { Output } from '../output.ts'
import type { ChatView } from './chat-view.ts'
import { terminalOf } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { widthOf, wrapLine } from './text-width.ts'

/** Rows that may change; what is above them has left the reach of the cursor on small terminals. */
const MAX_LIVE_ROWS = 12
const CLEAR_DOWN = '\u001b[J'

/** A chat on a terminal: what is said goes above the line that is being typed, and what is only there for now between them. */
export class TerminalView implements ChatView {
  private readonly io: CommandIo
  private readonly output: Output
  private readonly botName: string
  private lines: Interface | undefined
  private liveLines: readonly string[] = []
  /** Rows of them that are on the screen. */
  private shownRows = 0

  constructor(io: CommandIo, output: Output, botName: string) {
    this.io = io
    this.output = output
    this.botName = botName
  }

  /** A line was typed and stays where it is; what was only there for now was above it and goes below it. */
  typed(line: string): void {
    if (this.shownRows === 0) return
    const text = `${this.lines?.getPrompt() ?? ''}${line}`
    const rows = Math.max(1, Math.ceil(widthOf(text) / (this.io.stdout.columns ?? Number.MAX_SAFE_INTEGER)))
    this.io.stdout.write(`\u001b[${rows + this.shownRows}A${CLEAR_DOWN}`)
    this.shownRows = 0
    this.print([text])
  }

  /** The line that is being typed; without one, nothing has to be drawn again. */
  attach(lines: Interface | undefined): void {
    this.lines = lines
  }

  get terminal(): Terminal {
    const width = this.io.stdout.columns ?? this.output.width
    return terminalOf(
      this.io,
      (style, text) => this.output.paint(style, text),
      Math.max(width - 1 - this.indent.length, 20),
    )
  }

  activity(): void {
    // Everything to see is shown as text.
  }

  bot(lines: readonly string[], mark?: string): void {
    const { output } = this
    const [first = '', ...rest] = lines
    const name = output.paint('green', `${this.botName}:`)
    const marked = mark === undefined ? first : `${output.paint('dim', mark)} ${first}`
    this.print([`${name} ${marked}`, ...rest.map((line) => `${this.indent}${line}`)])
  }

  live(lines: readonly string[]): void {
    this.liveLines = lines.slice(-MAX_LIVE_ROWS)
    this.print([])
  }

  user(text: string): void {
    this.print(wrapLine(text, this.terminal.width).map((line) => `${this.output.paint('cyan', '›')} ${line}`))
  }

  note(text: string): void {
    this.print(text.split('\n').map((line) => this.output.paint('dim', line)))
  }

  problem(text: string): void {
    this.print([`${this.output.paint('red', '!')} ${text}`])
  }

  private get indent(): string {
    return ' '.repeat(Math.min(widthOf(this.botName) + 2, 12))
  }

  private print(lines: readonly string[]): void {
    const live = this.liveLines.map((line) => `${this.indent}${line}`)
    const text = [...lines, ...live].map((line) => `${line}\n`).join('')
    this.io.stdout.write(`${this.toTop()}${text}`)
    this.shownRows = live.length
    // Draws the line that is being typed again, with the cursor where it was.
    this.lines?.prompt(true)
  }

  /** To the first row that changes, which is empty then, like everything below it. */
  private toTop(): string {
    const rows = this.shownRows + (this.lines?.getCursorPos().rows ?? 0)
    return `\r${rows > 0 ? `\u001b[${rows}A` : ''}${CLEAR_DOWN}`
  }
}
