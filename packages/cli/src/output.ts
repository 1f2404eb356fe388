import { styleText } from 'node:util'
import type { CommandIo } from './command.ts'

/** How a text may look. */
export type Style = 'bold' | 'dim' | 'italic' | 'underline' | 'strikethrough' | 'red' | 'green' | 'yellow' | 'cyan'

/** Where a command writes. */
export interface Output {
  /** Whether the output is for a program: results are JSON on stdout, everything else goes to stderr. */
  readonly isJson: boolean
  /** Columns there are, 80 when nobody knows. */
  readonly width: number
  /** A line for people: on stdout, or with `--json` on stderr. */
  line(text?: string): void
  /** A line beside the results, always on stderr: a warning, a hint, what goes on. */
  note(text: string): void
  /** A result for programs: one object on one line of stdout. Nothing without `--json`. */
  json(value: object): void
  /** The text in that style, where people see colours: on a terminal, and never with `NO_COLOR`. */
  paint(style: Style, text: string): string
}

const DEFAULT_WIDTH = 80

/** The output of a command. `json` is what was asked for with `--json`. */
export function createOutput(
  { stdout, stderr, env }: CommandIo,
  { json = false }: { readonly json?: boolean } = {},
): Output {
  const lines = json ? stderr : stdout
  const isColoured = lines.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
  return {
    isJson: json,
    width: stdout.columns ?? DEFAULT_WIDTH,
    line: (text = '') => void lines.write(`${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    json: (value) => void (json && stdout.write(`${JSON.stringify(value)}\n`)),
    // Whether the stream takes colours was decided above, for the stream of this command.
    paint: (style, text) => (isColoured ? styleText(style, text, { validateStream: false }) : text),
  }
}

/**
 * Breaks a text between words so that no line is longer than `width`; words that are, stay whole.
 *
 * @param indent - Put before every line, and part of its width.
 */
export function wrapText(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line].map((each) => `${indent}${each}`).join('\n')
}
