import { inspect } from 'node:util'
import type { LogMethod, Logger } from '@parley/core'

/** One line of a {@link MemoryLog}. */
export interface LogLine {
  readonly level: keyof Logger
  readonly facts: Readonly<Record<string, unknown>>
  readonly message: string
}

/** A logger that keeps what it is told. */
export class MemoryLog implements Logger {
  readonly lines: LogLine[] = []
  readonly debug: LogMethod = this.method('debug')
  readonly info: LogMethod = this.method('info')
  readonly warn: LogMethod = this.method('warn')
  readonly error: LogMethod = this.method('error')

  /** Codes of the lines from the `from`-th on, in order. */
  codes(from = 0): string[] {
    return this.lines.slice(from).flatMap(({ facts }) => (typeof facts['code'] === 'string' ? [facts['code']] : []))
  }

  /** Everything that was logged from the `from`-th line on, as one text. */
  text(from = 0): string {
    return this.lines.slice(from).map(lineText).join('\n')
  }

  private method(level: keyof Logger): LogMethod {
    return (facts, message) => {
      this.lines.push({ level, facts: { ...facts }, message })
    }
  }
}

/** With what errors hide and what caused them: a tool that prints a log may show it. */
function lineText({ facts, message }: LogLine): string {
  return `${message} ${inspect(facts, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null })}`
}
