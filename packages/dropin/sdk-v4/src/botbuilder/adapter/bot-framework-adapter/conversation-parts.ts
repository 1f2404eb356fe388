import { ActivityEventNames, ActivityTypes, TurnContext } from '@parley/core'
import type {
  Activity,
  ConversationAccount,
  ConversationParameters,
  ConversationReference,
  ConversationResourceResponse,
} from '@parley/core'

/** What a conversation with the user of a reference is made of, unless `given` says otherwise. */
export function conversationParameters(
  { bot, user, conversation }: Partial<ConversationReference>,
  given: Partial<ConversationParameters> | undefined,
): ConversationParameters {
  const parameters = { isGroup: false, bot, members: [user], ...given } as ConversationParameters
  const { tenantId } = conversation ?? {}
  if (!tenantId) return parameters
  return {
    ...parameters,
    tenantId,
    channelData: { ...(parameters.channelData as object | undefined), tenant: { id: tenantId } },
  }
}

/** The event of the turn in a conversation that was created. */
export function creationEvent(
  reference: Partial<ConversationReference>,
  { isGroup, channelData, tenantId }: ConversationParameters,
  created: ConversationResourceResponse,
): Partial<Activity> {
  const event = { type: ActivityTypes.Event, name: ActivityEventNames.CreateConversation }
  const activity = TurnContext.applyConversationReference(event, reference, true)
  activity.conversation = {
    id: created.id,
    isGroup: isGroup ?? false,
    ...(tenantId ? { tenantId } : {}),
  } as ConversationAccount
  if (channelData !== undefined) activity.channelData = channelData
  if (created.serviceUrl) activity.serviceUrl = created.serviceUrl
  return activity
}

/** The event of a turn in a conversation known from before. */
export function continuationEvent(reference: Partial<ConversationReference>): Partial<Activity> {
  const event = { type: ActivityTypes.Event, name: ActivityEventNames.ContinueConversation }
  return TurnContext.applyConversationReference(event, reference, true)
}
