import { AssertionError } from 'node:assert'
import { basename } from 'node:path'
import { ActivityTypes } from '@parley/core'
import type { Activity, TurnLogic } from '@parley/core'
import { differenceOf, turnsOf } from '@parley/core/internal'
import type { PlacedActivity, TranscriptTurn } from '@parley/core/internal'
import { TestAdapter } from '../test-adapter.ts'
import type { FlowAdapter } from '../test-flow.ts'
import { readTranscript } from './read-transcript.ts'
import { TranscriptTurnError } from './transcript-turn-error.ts'

/** Settings of {@link replayTranscript}. */
export interface ReplayOptions {
  /**
   * Types of activities of the bot that are neither expected nor noticed. Default `['trace']`; add `typing` when typing is shown
   * while the bot takes its time, as it is then not the same every time.
   */
  readonly ignoredTypes?: readonly string[]
}

/**
 * Replays a conversation: gives the bot what its users said, and compares what it answers with what it answered. Everything is
 * done in order and without waiting, so replies must be sent before the turn ends.
 *
 * Compared are type, text and attachments, and what else people get to see if it was recorded; never ids and times. Activities
 * from a user are sent as recorded, with their ids and times, so that a bot that looks at them does the same again.
 *
 * ```ts
 * await replayTranscript((context) => bot.run(context), 'test/greeting.chat')
 * ```
 *
 * @param bot - The bot, or an adapter that has one: a {@link TestAdapter}, or that of `botbuilder-core`.
 * @param source - A file, see {@link readTranscript}, or activities.
 * @throws AssertionError: the bot says something else, more, or less. The message names file and line, and the difference.
 * @throws {@link TranscriptTurnError} `TESTING_TRANSCRIPT_TURN_FAILED`: the bot threw.
 * @throws TranscriptInvalidError `CORE_TRANSCRIPT_INVALID`: the conversation cannot be read or understood.
 */
export async function replayTranscript(
  bot: FlowAdapter | TurnLogic,
  source: string | readonly Partial<Activity>[],
  { ignoredTypes = [ActivityTypes.Trace] }: ReplayOptions = {},
): Promise<void> {
  const adapter = typeof bot === 'function' ? new TestAdapter(bot) : bot
  const turns = turnsOf(await placedActivities(source))
  for (const turn of turns) await replayTurn(adapter, turn, new Set(ignoredTypes))
}

async function placedActivities(source: string | readonly Partial<Activity>[]): Promise<PlacedActivity[]> {
  if (typeof source !== 'string') {
    return source.map((activity, index) => ({ activity, place: `activity ${index + 1}` }))
  }
  const name = basename(source)
  const entries = await readTranscript(source)
  return entries.map(({ activity, line }) => ({ activity, place: `${name}:${line}` }))
}

async function replayTurn(
  adapter: FlowAdapter,
  { said, replies }: TranscriptTurn,
  ignoredTypes: ReadonlySet<string>,
): Promise<void> {
  if (said) await say(adapter, said)
  const isSeen = ({ type }: Partial<Activity>): boolean => !ignoredTypes.has(type ?? '')
  const actual = takeReplies(adapter).filter(isSeen)
  const expected = replies.filter(({ activity }) => isSeen(activity))
  expected.forEach(({ activity, place }, index) => compareReply(actual[index], activity, place))
  const extra = actual[expected.length]
  if (!extra) return
  const place = (expected.at(-1) ?? said)?.place ?? 'before the first activity'
  throw new AssertionError({
    message: `${place}: after this the bot sent ${inWords(extra)}, which is not in the transcript`,
    actual: extra,
    operator: 'replayTranscript',
  })
}

async function say(adapter: FlowAdapter, { activity, place }: PlacedActivity): Promise<void> {
  try {
    await adapter.receiveActivity(activity)
  } catch (error) {
    throw new TranscriptTurnError(place, error)
  }
}

function takeReplies(adapter: FlowAdapter): Partial<Activity>[] {
  const replies: Partial<Activity>[] = []
  for (;;) {
    const reply = adapter.getNextReply()
    if (!reply) return replies
    replies.push(reply)
  }
}

function compareReply(reply: Partial<Activity> | undefined, recorded: Partial<Activity>, place: string): void {
  if (!reply) {
    const message = `${place}: expected ${inWords(recorded)}, and the bot sent nothing more`
    throw new AssertionError({ message, expected: recorded, operator: 'replayTranscript' })
  }
  const difference = differenceOf(reply, recorded)
  if (!difference) return
  const { path, actual, expected } = difference
  throw new AssertionError({
    message: `${place}: ${path} is ${json(actual)}, expected ${json(expected)}`,
    actual,
    expected,
    operator: 'replayTranscript',
  })
}

function inWords({ type, text }: Partial<Activity>): string {
  return type === ActivityTypes.Message && text ? `the message ${json(text)}` : `an activity of type ${json(type)}`
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined'
}
