import { randomUUID } from 'node:crypto'
import { ActivityTypes, getConversationReference } from '@parley/core'
import type { Activity, ConversationAccount, ConversationReference, Transcript, TurnContext } from '@parley/core'
import { HandoffEventNames } from './handoff-event-names.ts'

/** Makes the events with which a conversation goes to a person and back. */
export class EventFactory {
  /**
   * Asks to hand the conversation over.
   *
   * @param handoffContext - What the receiver routes by, e.g. the skill a person needs.
   * @param transcript - What was said so far; becomes an attachment.
   * @throws TypeError There is no context.
   */
  static createHandoffInitiation<T = unknown>(
    context: TurnContext,
    handoffContext: T,
    transcript?: Transcript,
  ): Activity {
    if (!context) throw new TypeError('EventFactory.createHandoffInitiation(): Missing context.')
    const { activity } = context
    const event = createHandoffEvent(HandoffEventNames.InitiateHandoff, handoffContext, activity.conversation)
    event.from = activity.from
    event.relatesTo = getConversationReference(activity) as ConversationReference
    event.replyToId = activity.id as string
    event.serviceUrl = activity.serviceUrl
    event.channelId = activity.channelId
    if (transcript) {
      event.attachments = [{ content: transcript, contentType: 'application/json', name: 'Transcript' }]
    }
    return event
  }

  /**
   * Says how far the hand-off is.
   *
   * @param state - `accepted`, `failed` or `completed`.
   * @throws TypeError The conversation or the state is missing.
   */
  static createHandoffStatus(conversation: ConversationAccount, state: string, message?: string): Activity {
    if (!conversation) throw new TypeError('EventFactory.createHandoffStatus(): missing conversation.')
    if (!state) throw new TypeError('EventFactory.createHandoffStatus(): missing state.')
    return createHandoffEvent(HandoffEventNames.HandoffStatus, { state, message }, conversation)
  }
}

function createHandoffEvent(name: string, value: unknown, conversation: ConversationAccount): Activity {
  return {
    type: ActivityTypes.Event,
    name,
    value,
    id: randomUUID(),
    timestamp: new Date(),
    localTimezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    conversation,
    attachments: [],
    entities: [],
  } as unknown as Activity
}
