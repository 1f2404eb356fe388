import { AssertionError } from 'node:assert'
import { randomBytes } from 'node:crypto'
import type { Service } from '@parley/service'
import { reachedBotOf } from '../direct-line/reach-bot.ts'
import { checkTranscript } from './check-transcript.ts'
import { ignoring } from './compare-activities.ts'
import { differenceLines } from './transcript-report.ts'

/** Settings of {@link assertTranscript}. */
export interface AssertTranscriptOptions {
  /** What else is not compared: patterns of JSON pointers, such as `/text`. Default nothing. */
  readonly ignore?: readonly string[]
  /** How long the bot may take to take something, in milliseconds. Default 15 000. */
  readonly timeoutMs?: number
  /** How long to wait for replies that do not come at once, in milliseconds. Default 2000. */
  readonly waitMs?: number
}

/**
 * What `parley transcript assert` does, in a test: says what the user said in a recorded conversation, to the first bot of a
 * running service, and compares what the bot says with what it said. Every call is a conversation of its own, with a new user.
 *
 * @param file - A `.transcript` or `.chat` file.
 * @throws AssertionError: the bot says something else, more or less; the message has the lines and what is there instead.
 * @throws TranscriptInvalidError `CORE_TRANSCRIPT_INVALID`: the file cannot be understood.
 * @throws CliFileError `CLI_FILE`: it cannot be read.
 * @throws CliUnreachableError `CLI_UNREACHABLE`: the bot is not there.
 */
export async function assertTranscript(
  file: string,
  service: Service,
  { ignore = [], timeoutMs = 15_000, waitMs = 2_000 }: AssertTranscriptOptions = {},
): Promise<void> {
  const { differences } = await checkTranscript(reachedBotOf(service), file, {
    user: { id: `dl_${randomBytes(9).toString('hex')}`, name: 'User' },
    timeoutMs,
    waitMs,
    signal: new AbortController().signal,
    isIgnored: ignoring(ignore),
  })
  if (differences.length === 0) return
  const lines = differences.flatMap(differenceLines).join('\n')
  throw new AssertionError({
    message: `The bot does not say what ${file} has:\n${lines}`,
    operator: 'assertTranscript',
  })
}
