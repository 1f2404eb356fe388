import type { ChannelAccount, ConversationAccount, ConversationReference } from './accounts.ts'
import type { MessageReaction } from './activity.ts'
import type {
  ActivityEventNames,
  ActivityImportance,
  AttachmentLayoutTypes,
  ContactRelationUpdateActionTypes,
  DeliveryModes,
  EndOfConversationCodes,
  InputHints,
  InstallationUpdateActionTypes,
  TextFormatTypes,
} from './activity-constants.ts'
import type { Attachment, SuggestedActions } from './attachments.ts'
import type { Entity, SemanticAction, TextHighlight } from './entities.ts'
import type { InvokeResponse } from './invoke-models.ts'
import type { OpenSet, OpenValue } from './open-types.ts'

/** What an activity of any type carries: which conversation, from whom, to whom, when. */
export interface AddressedActivity {
  /** Given by the channel; unique within the conversation. */
  id?: string
  timestamp?: Date
  rawTimestamp?: string
  localTimestamp?: Date
  rawLocalTimestamp?: string
  localTimezone?: string
  /** Who called the bot, derived from the verified token. */
  callerId?: string
  serviceUrl: string
  channelId: string
  from: ChannelAccount
  conversation: ConversationAccount
  recipient: ChannelAccount
  locale?: string
  replyToId?: string
  entities?: Entity[]
  channelData?: OpenValue
  deliveryMode?: OpenSet<DeliveryModes>
}

/** What is said: the fields a message shares with its update and with a suggestion. */
export interface MessageContent extends AddressedActivity {
  /** Absent when a card was submitted or only files were sent. */
  text?: string
  textFormat?: OpenSet<TextFormatTypes>
  attachments?: Attachment[]
  attachmentLayout?: OpenSet<AttachmentLayoutTypes>
  suggestedActions?: SuggestedActions
  /** Shown where the attachments cannot be. */
  summary?: string
  speak?: string
  inputHint?: OpenSet<InputHints>
  listenFor?: string[]
  importance?: OpenSet<ActivityImportance>
  expiration?: Date
  rawExpiration?: string
  /** What a card's button or form sent. */
  value?: unknown
  valueType?: string
  semanticAction?: SemanticAction
}

/** Somebody said something. */
export interface MessageActivity extends MessageContent {
  type: 'message'
}

/** A message was edited; `id` names it, the content is the new one. */
export interface MessageUpdateActivity extends MessageContent {
  type: 'messageUpdate'
}

/** A message was deleted; `id` names it. */
export interface MessageDeleteActivity extends AddressedActivity {
  type: 'messageDelete'
}

/** The bot suggests something to one account, about pieces of the message `replyToId` names. */
export interface SuggestionActivity extends MessageContent {
  type: 'suggestion'
  textHighlights?: TextHighlight[]
}

/** The sender is at work on an answer. */
export interface TypingActivity extends AddressedActivity {
  type: 'typing'
  /** All the text so far, when a reply is streamed. */
  text?: string
}

/** Members, topic or other circumstances of the conversation changed. */
export interface ConversationUpdateActivity extends AddressedActivity {
  type: 'conversationUpdate'
  membersAdded?: ChannelAccount[]
  membersRemoved?: ChannelAccount[]
  topicName?: string
  historyDisclosed?: boolean
}

/** A user added the bot to his contacts, or removed it. */
export interface ContactRelationUpdateActivity extends AddressedActivity {
  type: 'contactRelationUpdate'
  action?: OpenSet<ContactRelationUpdateActionTypes>
}

/** The bot was installed or removed. */
export interface InstallationUpdateActivity extends AddressedActivity {
  type: 'installationUpdate'
  action?: OpenSet<InstallationUpdateActionTypes>
}

/** Reactions to the message `replyToId` names. */
export interface MessageReactionActivity extends AddressedActivity {
  type: 'messageReaction'
  reactionsAdded?: MessageReaction[]
  reactionsRemoved?: MessageReaction[]
}

/**
 * Something happened; nobody waits for an answer.
 *
 * @typeParam Value - Shape of `value`, which `name` decides. Nothing checks it at run time.
 */
export interface EventActivity<Value = unknown> extends AddressedActivity {
  type: 'event'
  name?: OpenSet<ActivityEventNames>
  value?: Value
  valueType?: string
  relatesTo?: ConversationReference
}

/**
 * A question that wants its answer in the response to the same request.
 *
 * @typeParam Value - Shape of `value`, which `name` decides. Nothing checks it at run time.
 */
export interface InvokeActivity<Value = unknown> extends AddressedActivity {
  type: 'invoke'
  /** Absent for card actions of Teams. */
  name?: string
  value?: Value
  valueType?: string
  relatesTo?: ConversationReference
}

/** How a handler hands over the answer to an invoke. Never on the wire. */
export interface InvokeResponseActivity extends AddressedActivity {
  type: 'invokeResponse'
  value?: InvokeResponse
}

/** The conversation is over. */
export interface EndOfConversationActivity extends AddressedActivity {
  type: 'endOfConversation'
  code?: OpenSet<EndOfConversationCodes>
  text?: string
  /** A skill's result. */
  value?: unknown
  valueType?: string
}

/** The user wants everything the bot knows about him deleted. */
export interface DeleteUserDataActivity extends AddressedActivity {
  type: 'deleteUserData'
}

/** A note for developers; only tools receive it. */
export interface TraceActivity<Value = unknown> extends AddressedActivity {
  type: 'trace'
  name?: string
  label?: string
  value?: Value
  valueType?: string
  relatesTo?: ConversationReference
}

/** The conversation changes hands. */
export interface HandoffActivity extends AddressedActivity {
  type: 'handoff'
  value?: unknown
  valueType?: string
}

/** What a command carries. */
export interface CommandValue<Data = unknown> {
  /** Chosen by the sender; the result repeats it. */
  commandId: string
  data?: Data
}

/** What the result of a command carries. */
export interface CommandResultValue<Data = unknown> {
  /** The command this is the result of. */
  commandId: string
  data?: Data
  /** Set when the command failed. */
  error?: Error
}

/** A request to do something, named like a MIME type. The answer comes later, as a {@link CommandResultActivity}. */
export interface CommandActivity<Data = unknown> extends AddressedActivity {
  type: 'command'
  name?: string
  value?: CommandValue<Data>
  valueType?: string
}

/** How a command went. */
export interface CommandResultActivity<Data = unknown> extends AddressedActivity {
  type: 'commandResult'
  name?: string
  value?: CommandResultValue<Data>
  valueType?: string
}

/**
 * An activity of one of the types the protocol defines, with the fields of its type: narrow it on `type`, or with
 * {@link isMessageActivity} and its siblings. {@link isKnownActivity} makes one of an {@link Activity}; a type nobody has
 * heard of yet stays outside.
 */
export type KnownActivity =
  | MessageActivity
  | MessageUpdateActivity
  | MessageDeleteActivity
  | SuggestionActivity
  | TypingActivity
  | ConversationUpdateActivity
  | ContactRelationUpdateActivity
  | InstallationUpdateActivity
  | MessageReactionActivity
  | EventActivity
  | InvokeActivity
  | InvokeResponseActivity
  | EndOfConversationActivity
  | DeleteUserDataActivity
  | TraceActivity
  | HandoffActivity
  | CommandActivity
  | CommandResultActivity
