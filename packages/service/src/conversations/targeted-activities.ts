import { badArgument } from '../http/api-error.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import type { WireAccount, WireActivity } from './wire-activity.ts'

/**
 * An activity that one member alone is to see, as bots send it with `?isTargetedActivity=true`: its recipient says so.
 *
 * @throws ApiError 400 unless the recipient is a member.
 */
export function targeted(activity: WireActivity, { members }: ConversationRecord): WireActivity {
  const { recipient } = activity
  if (!recipient || !members.some(({ id }) => id === recipient.id)) {
    throw badArgument('A targeted activity needs a recipient who is a member of the conversation.')
  }
  return { ...activity, recipient: { ...recipient, isTargeted: true } }
}

/** Which activities a user sees. `undefined` is somebody of whom only the secret is known, who sees them all. */
export function visibleTo(userId: string | undefined): (activity: WireActivity) => boolean {
  return ({ recipient }) => userId === undefined || recipient?.['isTargeted'] !== true || recipient.id === userId
}

/** Who sees an activity: all members, or of a targeted one its recipient and its sender. */
export function audienceOf(
  { recipient, from }: Partial<WireActivity>,
  members: readonly WireAccount[],
): readonly WireAccount[] {
  if (recipient?.['isTargeted'] !== true) return members
  return members.filter(({ id }) => id === recipient.id || id === from?.id)
}
