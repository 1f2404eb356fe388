import { createInterface } from 'node:readline'
import { EXIT } from '../command.ts'
import type { CommandIo } from '../command.ts'
import { isCommand, runChatCommand } from './chat-commands.ts'
import type { CommandPlace } from './chat-commands.ts'
import type { ChatSession } from './chat-session.ts'
import type { ChatView } from './chat-view.ts'

export interface ScriptedChatOptions {
  readonly session: ChatSession
  readonly view: ChatView
  readonly io: CommandIo
  /** How long to wait for a bot that has taken what was said and has not said anything, in milliseconds. */
  readonly waitMs: number
}

const POLL_MS = 100

/** Says the lines of stdin one after the other, each when the one before was answered. @returns whether it got to the end. */
export async function scriptedChat({ session, view, io, waitMs }: ScriptedChatOptions): Promise<boolean> {
  const lines = createInterface({ input: io.stdin, terminal: false, crlfDelay: Number.POSITIVE_INFINITY })
  const stop = (): void => lines.close()
  io.signal.addEventListener('abort', stop, { once: true })
  const place = { session, view, cwd: io.cwd }
  let count = 0
  try {
    for await (const line of lines) {
      const { sent, failures } = session
      if (io.signal.aborted || (await handle(line, place)) === 'quit') break
      count++
      const isAnswerable = session.sent > sent && session.failures === failures
      await hear(session, isAnswerable ? waitMs : 0, io.signal)
    }
    if (count === 0) await hear(session, waitMs, io.signal)
  } finally {
    io.signal.removeEventListener('abort', stop)
    lines.close()
  }
  return !io.signal.aborted
}

/** The exit code: whether the bot took everything. */
export function exitCodeOf(session: ChatSession, isUnreachable: boolean): number {
  if (session.failures === 0) return EXIT.ok
  return isUnreachable ? EXIT.unreachable : EXIT.failed
}

async function handle(line: string, place: CommandPlace): Promise<'quit' | void> {
  if (isCommand(line)) return runChatCommand(line, place)
  await place.session.input(line.startsWith('//') ? line.slice(1) : line)
}

/** The service has answered when the bot has; what the bot says later still comes, if it comes soon. */
async function hear(session: ChatSession, waitMs: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + waitMs
  for (;;) {
    const heard = await session.catchUp()
    if (heard > 0 || signal.aborted || performance.now() >= deadline) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
