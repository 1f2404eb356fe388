import { checkWireActivity } from '../conversations/check-wire-activity.ts'
import type { WireAccount, WireActivity } from '../conversations/wire-activity.ts'
import { ApiError, badArgument } from '../http/api-error.ts'

/** A conversation of another time or place. */
export interface Transcript {
  readonly activities: readonly WireActivity[]
  /** Who spoke with the bot. */
  readonly user?: WireAccount
}

/** As many as a conversation keeps by default. */
const MAX_ACTIVITIES = 10_000

/**
 * Reads a transcript: a list of activities, or an object that has one as `transcript` or `activities`.
 *
 * @throws ApiError 400 saying what is wrong with the file.
 */
export function parseTranscript(file: unknown): Transcript {
  const { transcript, activities: alternative } = (file ?? {}) as { transcript?: unknown; activities?: unknown }
  const list = Array.isArray(file) ? (file as unknown[]) : (transcript ?? alternative)
  if (!Array.isArray(list)) throw badArgument('The file is no transcript: it must hold a list of activities.')
  if (list.length === 0) throw badArgument('The transcript is empty.')
  if (list.length > MAX_ACTIVITIES) throw badArgument(`The transcript has more than ${MAX_ACTIVITIES} activities.`)
  const activities = list.map(checkAt)
  const user = userIn(activities)
  return { activities: activities.map((activity) => withSide(activity, user)), ...(user ? { user } : {}) }
}

function checkAt(value: unknown, index: number): WireActivity {
  try {
    return checkWireActivity(value)
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause
    throw badArgument(`Activity ${index} of the transcript cannot be used: ${cause.message}`)
  }
}

/** Roles tell the sides apart; without any it is the user who is not spoken of as having replied. */
function userIn(activities: readonly WireActivity[]): WireAccount | undefined {
  for (const { from, recipient } of activities) {
    if (from && (from.role === 'user' || (from.role === undefined && recipient?.role === 'bot'))) return from
    if (recipient && recipient.role !== 'bot' && from?.role === 'bot') return recipient
  }
  return activities.find(({ type, replyToId, from }) => type === 'message' && replyToId === undefined && from)?.from
}

/** What is said by the user says so, because that is what decides who said it. */
function withSide(activity: WireActivity, user: WireAccount | undefined): WireActivity {
  const { from } = activity
  const isUser = from !== undefined && from.id === user?.id && from.role !== 'bot'
  return isUser ? { ...activity, from: { ...from, role: 'user' } } : activity
}
