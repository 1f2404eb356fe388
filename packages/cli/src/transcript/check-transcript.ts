import { basename } from 'node:path'
import type { PlacedActivity } from '@parley/core/internal'
import type { ReachedBot } from '../direct-line/reach-bot.ts'
import type { WireActivity } from '../direct-line/wire-activity.ts'
import { canonicalActivity, canonicalTranscript } from './canonical-transcript.ts'
import type { IsIgnored } from './compare-activities.ts'
import { playTranscript, playableTurns } from './play-transcript.ts'
import type { PlayOptions, PlayedTranscript } from './play-transcript.ts'
import { readTranscriptFile } from './transcript-file.ts'
import { turnDifferences } from './turn-difference.ts'
import type { ReplyDifference } from './turn-difference.ts'

/** A transcript that was played, compared with its recording. */
export interface CheckedTranscript {
  /** Number of things the user said. */
  readonly turns: number
  /** In the order of the recording. */
  readonly differences: readonly ReplyDifference[]
  /** How it went this time, in a form that is the same every time. */
  readonly seen: readonly WireActivity[]
}

/** Reads a recorded conversation with the places of its activities. @throws as `readTranscriptFile`. */
export async function readPlaced(file: string): Promise<PlacedActivity[]> {
  const name = basename(file)
  return (await readTranscriptFile(file)).map(({ activity, line }) => ({ activity, place: `${name}:${line}` }))
}

/**
 * Plays a recorded conversation and compares what the bot says with what it said. A recording that begins with the user says
 * nothing of how the bot greets, so that is not compared then.
 *
 * @throws TranscriptInvalidError `CORE_TRANSCRIPT_INVALID`, CliFileError `CLI_FILE`, CliUnreachableError `CLI_UNREACHABLE`.
 */
export async function checkTranscript(
  bot: ReachedBot,
  file: string,
  { isIgnored, ...options }: PlayOptions & { readonly isIgnored: IsIgnored },
): Promise<CheckedTranscript> {
  const recorded = playableTurns(await readPlaced(file))
  const played = await playTranscript(bot, recorded, options)
  const isGreetingRecorded = recorded[0]?.said !== undefined || (recorded[0]?.replies.length ?? 0) > 0
  const seen = canonicalOf(played)
  const compared = canonicalTurns(played, isGreetingRecorded)
  return {
    turns: recorded.length - 1,
    differences: compared.flatMap((turn) => turnDifferences(turn, isIgnored)),
    seen,
  }
}

/** The conversation that was played, in a form that is the same every time. */
export function canonicalOf({ activities, conversation }: PlayedTranscript): WireActivity[] {
  return canonicalTranscript(activities, conversation.facts)
}

/** The turns, with addresses and ids in what the bot says as they are in recordings. */
function canonicalTurns(
  { turns, activities, conversation }: PlayedTranscript,
  isGreetingRecorded: boolean,
): PlayedTranscript['turns'] {
  const canonical = canonicalActivity(activities, conversation.facts)
  const renamed = turns.map((turn) => ({
    ...turn,
    replies: turn.replies.map(({ place, activity }) => ({
      place,
      activity: canonical(activity as WireActivity) as PlacedActivity['activity'],
    })),
  }))
  return isGreetingRecorded ? renamed : renamed.slice(1)
}
