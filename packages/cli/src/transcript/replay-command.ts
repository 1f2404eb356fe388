import { resolve } from 'node:path'
import { activityText } from '../chat/activity-text.ts'
import { stripControls } from '../chat/strip-controls.ts'
import { terminalOf } from '../chat/terminal.ts'
import { EXIT } from '../command.ts'
import type { CommandIo } from '../command.ts'
import { reachBot } from '../direct-line/reach-bot.ts'
import type { ReachedBot } from '../direct-line/reach-bot.ts'
import { fieldsOf, textOf } from '../direct-line/wire-activity.ts'
import type { WireActivity } from '../direct-line/wire-activity.ts'
import { CliUsageError } from '../errors.ts'
import { createOutput } from '../output.ts'
import type { Output } from '../output.ts'
import { canonicalOf, readPlaced } from './check-transcript.ts'
import { playTranscript, playableTurns } from './play-transcript.ts'
import { writeTranscriptFile } from './transcript-file.ts'
import { readTranscriptOptions } from './transcript-options.ts'
import type { TranscriptOptions } from './transcript-options.ts'

/** What a command works with. */
interface Place {
  readonly io: CommandIo
  readonly output: Output
  readonly options: TranscriptOptions
}

/** `parley transcript replay` */
export async function replayTranscript(args: readonly string[], io: CommandIo): Promise<number> {
  const options = readTranscriptOptions(args, { own: ['out'], maxNames: 1 })
  const [file] = options.names
  if (file === undefined) throw new CliUsageError('Say which transcript to replay.')
  const output = createOutput(io, options)
  const bot = await reachBot(options.flags, io, options.deterministic)
  try {
    const out = options.out === undefined ? undefined : resolve(io.cwd, options.out)
    return await replayInto(bot, resolve(io.cwd, file), out, { io, output, options })
  } finally {
    await bot.close()
  }
}

/** Plays a file, prints both sides, and keeps what was said when `out` names a file. @returns the exit code. */
export async function replayInto(
  bot: ReachedBot,
  file: string,
  out: string | undefined,
  { io, output, options }: Place,
): Promise<number> {
  const played = await playTranscript(bot, playableTurns(await readPlaced(file)), {
    user: options.newUser(),
    timeoutMs: options.timeoutMs,
    waitMs: options.waitMs,
    signal: io.signal,
    onActivity: (activity) => printActivity(activity, io, output),
  })
  if (io.signal.aborted) return EXIT.interrupted
  const failed = played.turns.filter(({ problem }) => problem !== undefined)
  for (const { recorded, problem } of failed) {
    output.note(`! ${recorded.said?.place ?? file}: ${stripControls(problem ?? '')}`)
  }
  if (out !== undefined) {
    await writeTranscriptFile(out, canonicalOf(played))
    output.note(`Wrote ${played.activities.length} activities to ${out}.`)
  }
  return failed.length > 0 ? EXIT.failed : EXIT.ok
}

/** A line of a conversation, with who says it. */
function printActivity(activity: WireActivity, io: CommandIo, output: Output): void {
  output.json(activity)
  if (output.isJson) return
  const isUser = fieldsOf(activity['from'])['role'] === 'user'
  const terminal = terminalOf(io, (style, text) => output.paint(style, text), output.width - INDENT.length)
  const isMessage = activity.type === 'message' || activity.type === 'messageUpdate'
  const { lines } = activityText(isMessage ? { ...activity, type: 'message' } : activity, terminal)
  const mark = activity.type === 'messageUpdate' ? '(edited) ' : ''
  const shown = lines.length > 0 ? lines : [`[${stripControls(textOf(activity.type))}]`]
  const name = isUser ? output.paint('cyan', 'user: ') : output.paint('green', 'bot:  ')
  output.line([`${name}${mark}${shown[0]}`, ...shown.slice(1).map((line) => `${INDENT}${line}`)].join('\n'))
}

const INDENT = '      '
