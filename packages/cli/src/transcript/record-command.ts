import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { isUnreachable } from '../chat/chat-command.ts'
import { ChatSession } from '../chat/chat-session.ts'
import type { ChatView } from '../chat/chat-view.ts'
import { interactiveChat } from '../chat/interactive-chat.ts'
import { PlainView } from '../chat/plain-view.ts'
import { exitCodeOf, scriptedChat } from '../chat/scripted-chat.ts'
import { stripToLine } from '../chat/strip-controls.ts'
import { TerminalView } from '../chat/terminal-view.ts'
import { EXIT } from '../command.ts'
import type { CommandIo } from '../command.ts'
import { reachBot } from '../direct-line/reach-bot.ts'
import type { ReachedBot } from '../direct-line/reach-bot.ts'
import { CliUsageError } from '../errors.ts'
import { createOutput } from '../output.ts'
import type { Output } from '../output.ts'
import { canonicalTranscript } from './canonical-transcript.ts'
import { replayInto } from './replay-command.ts'
import { writeTranscriptFile } from './transcript-file.ts'
import { readTranscriptOptions } from './transcript-options.ts'
import type { TranscriptOptions } from './transcript-options.ts'

/** `parley transcript record` */
export async function recordTranscript(args: readonly string[], io: CommandIo): Promise<number> {
  const options = readTranscriptOptions(args, { own: ['out', 'force'], maxNames: 1 })
  if (options.out === undefined) throw new CliUsageError('Say where to keep it: --out <file.transcript>.')
  const out = resolve(io.cwd, options.out)
  if (existsSync(out) && !options.force) {
    throw new CliUsageError(`${options.out} exists: choose another name, or write over it with --force.`)
  }
  const output = createOutput(io, options)
  const bot = await reachBot(options.flags, io, options.deterministic)
  try {
    const [file] = options.names
    if (file !== undefined) return await replayInto(bot, resolve(io.cwd, file), out, { io, output, options })
    return await recordChat(bot, out, io, output, options)
  } finally {
    await bot.close()
  }
}

async function recordChat(
  bot: ReachedBot,
  out: string,
  io: CommandIo,
  output: Output,
  options: TranscriptOptions,
): Promise<number> {
  const isTerminal = io.stdin.isTTY === true && io.stdout.isTTY === true && !options.json
  const terminalView = isTerminal ? new TerminalView(io, output, stripToLine(bot.name) || 'Bot') : undefined
  const view: ChatView = terminalView ?? new PlainView(io, output)
  const session = new ChatSession({ bot, view, user: options.newUser(), isLive: isTerminal })
  try {
    await session.begin()
    if (terminalView) {
      view.note('This conversation is recorded. /quit ends it.')
      await interactiveChat({ session, view: terminalView, io, history: undefined })
    } else {
      const isDone = await scriptedChat({ session, view, io, waitMs: options.waitMs })
      if (!isDone) return EXIT.interrupted
    }
    const { conversation, says } = session
    const activities = canonicalTranscript(says.log.activities, conversation.facts)
    await writeTranscriptFile(out, activities)
    output.note(`Recorded ${activities.length} activities in ${out}.`)
    return exitCodeOf(session, isUnreachable(bot))
  } finally {
    session.end()
  }
}
