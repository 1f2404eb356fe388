import { randomUUID } from 'node:crypto'
import { ActivityEventNames, ActivityTypes, getContinuationActivity, ParleyError } from '@parley/core'
import type {
  Activity,
  ConversationParameters,
  ConversationReference,
  ConversationResourceResponse,
} from '@parley/core'

/** A conversation reference lacks what is needed to reach the conversation. */
export class ReferenceIncompleteError extends ParleyError {
  static readonly code = 'ADAPTER_REFERENCE_INCOMPLETE'
  readonly code: string = ReferenceIncompleteError.code

  constructor(missing: string, options?: ErrorOptions) {
    super(`The conversation reference has no ${missing}; store the whole of getConversationReference().`, options)
  }
}

/**
 * The event with which a turn in a known conversation starts.
 *
 * @throws {@link ReferenceIncompleteError} `ADAPTER_REFERENCE_INCOMPLETE`.
 */
export function continuationActivity(reference: Partial<ConversationReference>): Activity {
  if (!reference?.serviceUrl) throw new ReferenceIncompleteError('serviceUrl')
  if (!reference.channelId) throw new ReferenceIncompleteError('channelId')
  if (!reference.conversation?.id) throw new ReferenceIncompleteError('conversation.id')
  return getContinuationActivity(reference) as Activity
}

/** The event with which the first turn in a conversation just created starts. */
export function creationActivity(
  channelId: string,
  serviceUrl: string,
  { bot, channelData, isGroup, tenantId }: Partial<ConversationParameters>,
  created: Partial<ConversationResourceResponse>,
): Activity {
  const id = created.id ?? randomUUID()
  return {
    type: ActivityTypes.Event,
    name: ActivityEventNames.CreateConversation,
    id: created.activityId ?? randomUUID(),
    channelId,
    serviceUrl: created.serviceUrl ?? serviceUrl,
    conversation: { id, isGroup: isGroup ?? false, ...(tenantId === undefined ? {} : { tenantId }) },
    ...(bot === undefined ? {} : { recipient: bot }),
    ...(channelData === undefined ? {} : { channelData }),
  } as Activity
}
