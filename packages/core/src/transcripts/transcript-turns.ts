import { RoleTypes } from '../accounts.ts'
import { ActivityTypes } from '../activity-constants.ts'
import type { Activity } from '../activity.ts'
import { TranscriptInvalidError } from './transcript-invalid-error.ts'

/** Never the bot's, whatever account a recorder gave it. */
const ONLY_RECEIVED: readonly unknown[] = [ActivityTypes.ConversationUpdate, ActivityTypes.InstallationUpdate]

/** An activity, and what errors call it. */
export interface PlacedActivity {
  readonly activity: Partial<Activity>
  readonly place: string
}

/** What is said to the bot, and what it answers. Before the first turn nothing has been said. */
export interface TranscriptTurn {
  readonly said: PlacedActivity | undefined
  readonly replies: PlacedActivity[]
}

/**
 * Divides a conversation into turns. What the bot corrected or took back within a turn is what it then says, or not.
 *
 * @throws {@link TranscriptInvalidError} `CORE_TRANSCRIPT_INVALID`: nothing tells whether an activity is the bot's.
 */
export function turnsOf(activities: readonly PlacedActivity[]): TranscriptTurn[] {
  const isReply = replyTest(activities)
  const turns: TranscriptTurn[] = []
  for (const placed of activities) {
    const turn = turns.at(-1)
    if (!isReply(placed)) turns.push({ said: placed, replies: [] })
    else if (turn) addReply(turn.replies, placed)
    else turns.push({ said: undefined, replies: [placed] })
  }
  return turns
}

function addReply(replies: PlacedActivity[], placed: PlacedActivity): void {
  const { type, id } = placed.activity
  const isUpdate = type === ActivityTypes.MessageUpdate
  if (!isUpdate && type !== ActivityTypes.MessageDelete) {
    replies.push(placed)
    return
  }
  const index = replies.findIndex(({ activity }) => id !== undefined && activity.id === id)
  // What was said in an earlier turn cannot be seen to change.
  if (index === -1) return
  const updated = { ...placed, activity: { ...placed.activity, type: ActivityTypes.Message } }
  replies.splice(index, 1, ...(isUpdate ? [updated] : []))
}

/** The roles say it; where they are missing, accounts that have one somewhere else. */
function replyTest(activities: readonly PlacedActivity[]): (placed: PlacedActivity) => boolean {
  const roles = new Map<string, boolean>()
  for (const { activity } of activities) {
    const isBot = isBotByRole(activity)
    if (isBot === undefined || ONLY_RECEIVED.includes(activity.type)) continue
    if (activity.from?.id) roles.set(activity.from.id, isBot)
    if (activity.recipient?.id) roles.set(activity.recipient.id, !isBot)
  }
  return ({ activity, place }) => {
    const { from, recipient } = activity
    const byRecipient = roles.get(recipient?.id ?? '')
    const isBot =
      isBotByRole(activity) ?? roles.get(from?.id ?? '') ?? (byRecipient === undefined ? undefined : !byRecipient)
    if (isBot !== undefined) return isBot
    const fix = 'give its "from" or its "recipient" a "role", "user" or "bot".'
    throw new TranscriptInvalidError(place, `nothing tells whether the bot says this; ${fix}`)
  }
}

function isBotByRole({ type, from, recipient }: Partial<Activity>): boolean | undefined {
  if (ONLY_RECEIVED.includes(type)) return false
  const [sender, receiver] = [from?.role?.toLowerCase(), recipient?.role?.toLowerCase()]
  if (sender === RoleTypes.Bot || (!sender && receiver === RoleTypes.User)) return true
  if (sender === RoleTypes.User || (!sender && receiver === RoleTypes.Bot)) return false
  return undefined
}
