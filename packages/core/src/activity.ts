import type { ChannelAccount, ConversationAccount, ConversationReference } from './accounts.ts'
import type {
  ActivityEventNames,
  ActivityImportance,
  ActivityTypes,
  AttachmentLayoutTypes,
  DeliveryModes,
  EndOfConversationCodes,
  InputHints,
  MessageReactionTypes,
  TextFormatTypes,
} from './activity-constants.ts'
import type { Attachment, SuggestedActions } from './attachments.ts'
import type { Entity, SemanticAction, TextHighlight } from './entities.ts'
import type { OpenSet, OpenValue } from './open-types.ts'

/** A reaction added to or taken from a message. */
export interface MessageReaction {
  type: OpenSet<MessageReactionTypes>
}

/**
 * One thing that happened in a conversation, with the fields of every type of activity. Fields that this list does not know
 * are kept where they were.
 *
 * Required and optional are as in SDK v4, so that code written for it compiles; a field that is required here but belongs to
 * other types (`text` of a `conversationUpdate`) is absent. {@link KnownActivity} says per type what is there.
 *
 * @see https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md
 */
export interface Activity {
  type: OpenSet<ActivityTypes>
  /** Given by the channel; unique within the conversation. */
  id?: string
  /** When the channel took the activity. Its text as received is in {@link Activity.rawTimestamp}. */
  timestamp?: Date
  /** When the client sent the activity. The offset is kept in {@link Activity.rawLocalTimestamp} only. */
  localTimestamp?: Date
  /** IANA name of the client's time zone, e.g. `Europe/Rome`. */
  localTimezone: string
  /** Who called the bot, derived from the verified token: see {@link CallerIdConstants}. Not sent. */
  callerId: string
  /** Base address of the channel's connector. */
  serviceUrl: string
  channelId: string
  from: ChannelAccount
  conversation: ConversationAccount
  recipient: ChannelAccount
  textFormat?: OpenSet<TextFormatTypes>
  attachmentLayout?: OpenSet<AttachmentLayoutTypes>
  membersAdded?: ChannelAccount[]
  membersRemoved?: ChannelAccount[]
  reactionsAdded?: MessageReaction[]
  reactionsRemoved?: MessageReaction[]
  topicName?: string
  /** Deprecated by the protocol. */
  historyDisclosed?: boolean
  /** BCP 47 tag of the text's language, e.g. `en-US`. */
  locale?: string
  text: string
  /** What a speech channel says: text or SSML. */
  speak?: string
  inputHint?: OpenSet<InputHints>
  /** Shown where the attachments cannot be. */
  summary?: string
  suggestedActions?: SuggestedActions
  attachments?: Attachment[]
  entities?: Entity[]
  /** Channel-specific data. */
  channelData?: OpenValue
  /** What a `contactRelationUpdate` or an `installationUpdate` did. */
  action?: string
  /** The activity this one answers. */
  replyToId?: string
  /** What a trace is about, for people. */
  label: string
  /** Type of {@link Activity.value}: a MIME type or an IRI. */
  valueType: string
  value?: OpenValue
  /** Name of an event, invoke, command or trace. */
  name?: OpenSet<ActivityEventNames>
  /** Another conversation this activity is about. */
  relatesTo?: ConversationReference
  /** Why the conversation ended. */
  code?: OpenSet<EndOfConversationCodes>
  /** When the activity has lost its use and must not be shown any more. */
  expiration?: Date
  importance?: OpenSet<ActivityImportance>
  deliveryMode?: OpenSet<DeliveryModes>
  /** Words that speech recognition should listen for in the answer. */
  listenFor: string[]
  textHighlights?: TextHighlight[]
  semanticAction?: SemanticAction
  /** `timestamp` as received, with every fractional digit. Not sent under this name. */
  rawTimestamp?: string
  /** `expiration` as received. Not sent under this name. */
  rawExpiration?: string
  /** `localTimestamp` as received, with its offset. Not sent under this name. */
  rawLocalTimestamp?: string
}
