import { createInterface } from 'node:readline'
import type { Interface, Key } from 'node:readline'
import { ParleyError } from '@parley/core'
import { EXIT } from '../command.ts'
import type { CommandIo } from '../command.ts'
import { completeCommand, isCommand, runChatCommand } from './chat-commands.ts'
import type { CommandPlace } from './chat-commands.ts'
import type { ChatSession } from './chat-session.ts'
import { MAX_HISTORY } from './input-history.ts'
import type { InputHistory } from './input-history.ts'
import type { TerminalView } from './terminal-view.ts'

export interface InteractiveChatOptions {
  readonly session: ChatSession
  readonly view: TerminalView
  readonly io: CommandIo
  /** Absent to keep nothing of what is typed. */
  readonly history: InputHistory | undefined
}

/** Between these a terminal sends what was pasted. */
const PASTE = { on: '\u001b[?2004h', off: '\u001b[?2004l' } as const

/** Chats on a terminal until the user or a signal ends it. @returns the exit code. */
export async function interactiveChat(options: InteractiveChatOptions): Promise<number> {
  const { session, view, io } = options
  const lines = openLines(options)
  view.attach(lines)
  io.stdout.write(PASTE.on)
  try {
    return await new Promise<number>((resolve) => {
      const quit = (code: number): void => {
        resolve(code)
        lines.close()
      }
      io.signal.addEventListener('abort', () => quit(EXIT.interrupted), { once: true })
      lines.on('close', () => quit(EXIT.ok))
      listenToInterrupts(lines, io, session, view, () => quit(EXIT.interrupted))
      const place = { session, view, cwd: io.cwd }
      readTexts(lines, io, view, (text) => {
        handle(text, place).then(
          (result) => (result === 'quit' ? quit(EXIT.ok) : lines.prompt(true)),
          (error: unknown) => view.problem(describe(error)),
        )
      })
      lines.prompt()
    })
  } finally {
    view.attach(undefined)
    io.stdout.write(PASTE.off)
  }
}

async function handle(text: string, place: CommandPlace): Promise<'quit' | void> {
  if (isCommand(text) && !text.includes('\n')) return runChatCommand(text, place)
  await place.session.input(text.startsWith('//') ? text.slice(1) : text)
}

function openLines({ session, view, io, history }: InteractiveChatOptions): Interface {
  const lines = createInterface({
    input: io.stdin,
    output: io.stdout,
    terminal: true,
    prompt: '› ',
    completer: completeCommand,
    history: history?.read() ?? [],
    historySize: history ? MAX_HISTORY : 0,
    removeHistoryDuplicates: true,
  })
  let isReported = false
  lines.on('history', (typed: string[]) => {
    // Answers to the questions of a card can be anything, a password too.
    if (session.isAsking) typed.shift()
    const problem = history?.write(typed)
    if (problem !== undefined && !isReported) view.problem(`What you type is not remembered: ${problem}.`)
    isReported ||= problem !== undefined
  })
  return lines
}

/** A text is a line, or several that were pasted and what was typed behind them. */
function readTexts(lines: Interface, { stdin }: CommandIo, view: TerminalView, take: (text: string) => void): void {
  let pasted: string[] = []
  let isPasting = false
  stdin.on('keypress', (_text: string | undefined, { name }: Key) => {
    if (name === 'paste-start') isPasting = true
    if (name === 'paste-end') isPasting = false
  })
  lines.on('line', (line) => {
    if (isPasting) {
      pasted.push(line)
      return
    }
    const text = [...pasted, line].join('\n')
    pasted = []
    view.typed(line)
    take(text)
  })
}

/** The first Ctrl+C takes back what is being typed or answered, the second in a row ends the chat. */
function listenToInterrupts(
  lines: Interface,
  { stdin }: CommandIo,
  session: ChatSession,
  view: TerminalView,
  quit: () => void,
): void {
  let isSecond = false
  stdin.on('keypress', (_text: string | undefined, { ctrl, name }: Key) => {
    if (!(ctrl === true && name === 'c')) isSecond = false
  })
  lines.on('SIGINT', () => {
    if (isSecond) return quit()
    isSecond = true
    // Deletes the line, on both sides of the cursor.
    lines.write(null, { ctrl: true, name: 'e' })
    lines.write(null, { ctrl: true, name: 'u' })
    isSecond = true
    if (!session.cancel()) view.note('Ctrl+C again ends the chat.')
  })
}

/** What the user can put right is said; anything else is our fault and shows where. */
function describe(error: unknown): string {
  return ParleyError.isParleyError(error) ? error.message : String((error as Error).stack ?? error)
}
