import type { ConversationReference } from './accounts.ts'
import type { Activity } from './activity.ts'
import { ActivityEventNames, ActivityTypes } from './activity-constants.ts'
import { Channels } from './channels.ts'
import type { ResourceResponse } from './connector-models.ts'
import type { Mention } from './entities.ts'

/**
 * Says where `activity` happened, so that something can be sent there later. The accounts and the conversation are copied, one
 * level deep; fields the activity does not have are `undefined`, which JSON leaves out.
 */
export function getConversationReference(activity: Partial<Activity>): Partial<ConversationReference> {
  const { from, recipient, conversation, channelId, locale, serviceUrl } = activity
  return {
    activityId: replyTarget(activity),
    user: from && { ...from },
    bot: recipient && { ...recipient },
    conversation: conversation && { ...conversation },
    channelId,
    locale,
    serviceUrl,
  } as Partial<ConversationReference>
}

/** Direct Line shows nothing that answers a `conversationUpdate`: such a reply must not name it. */
function replyTarget({ type, channelId, id }: Partial<Activity>): string | undefined {
  const unanswerable =
    type === ActivityTypes.ConversationUpdate && (channelId === Channels.Directline || channelId === Channels.Webchat)
  return unanswerable ? undefined : id
}

/**
 * Addresses `activity` to the conversation of `reference`. What the reference says replaces what the activity says, also where it
 * says nothing; `locale` is only filled in.
 *
 * @param activity - Changed in place.
 * @param isIncoming - `false` (default): the bot speaks, `from` is the reference's bot and `replyToId` its activity.
 * `true`: the user speaks, `from` is the reference's user and `id` its activity.
 * @returns `activity` itself.
 */
export function applyConversationReference(
  activity: Partial<Activity>,
  reference: Partial<ConversationReference>,
  isIncoming = false,
): Partial<Activity> {
  const { activityId, channelId, serviceUrl, conversation, locale, user, bot } = reference
  const address = {
    channelId,
    locale: activity.locale ?? locale,
    serviceUrl,
    conversation,
    from: isIncoming ? user : bot,
    recipient: isIncoming ? bot : user,
  }
  Object.assign(activity, address)
  if (activityId) activity[isIncoming ? 'id' : 'replyToId'] = activityId
  return activity
}

/**
 * The reference of a reply that was sent, for updating or deleting it later.
 *
 * @param activity - The activity that was answered.
 * @param reply - What sending the reply returned.
 */
export function getReplyConversationReference(
  activity: Partial<Activity>,
  reply: ResourceResponse,
): Partial<ConversationReference> {
  return { ...getConversationReference(activity), activityId: reply.id }
}

/** The event with which the bot opens a turn of its own in the conversation of `reference`. It gets a new id each time. */
export function getContinuationActivity(reference: Partial<ConversationReference>): Partial<Activity> {
  const { activityId: _, ...address } = reference
  return applyConversationReference(
    {
      type: ActivityTypes.Event,
      name: ActivityEventNames.ContinueConversation,
      id: globalThis.crypto.randomUUID(),
      relatesTo: reference as ConversationReference,
    },
    address,
    true,
  )
}

/** The mentions among the activity's entities, whatever the case of their `type`. */
export function getMentions(activity: Partial<Activity>): Mention[] {
  const entities = activity.entities ?? []
  return entities.filter(
    (entity) => typeof entity.type === 'string' && entity.type.toLowerCase() === 'mention',
  ) as Mention[]
}

/**
 * Takes the mentions of one account out of the text, so that `@Bot help` reads `help`. The text of every mention is removed
 * once, and what is left is trimmed; without such a mention the text stays as it is.
 *
 * @param activity - Its `text` is changed in place.
 * @param id - The account's id.
 * @returns The text that is left; an empty one when there was none.
 */
export function removeMentionText(activity: Partial<Activity>, id: string): string {
  const mentioned = getMentions(activity).filter((mention) => mention.mentioned?.id === id && mention.text)
  if (activity.text && mentioned.length > 0) {
    activity.text = mentioned.reduce((text, mention) => text.replace(mention.text, ''), activity.text).trim()
  }
  return activity.text ?? ''
}

/** {@link removeMentionText} for the account the activity was sent to: the bot. */
export function removeRecipientMention(activity: Partial<Activity>): string {
  const id = activity.recipient?.id
  return id === undefined ? (activity.text ?? '') : removeMentionText(activity, id)
}
