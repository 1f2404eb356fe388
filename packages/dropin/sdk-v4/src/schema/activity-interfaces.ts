import type {
  Activity,
  Attachment,
  ChannelAccount,
  CommandResultValue,
  CommandValue,
  ConversationAccount,
  ConversationReference,
  Entity,
  MessageReaction,
  OpenSet,
  OpenValue,
  SuggestedActions,
  TextHighlight,
} from '@parley/core'
import type {
  ActivityImportance,
  ActivityTypes,
  AttachmentLayoutTypes,
  DeliveryModes,
  EndOfConversationCodes,
  InputHints,
  TextFormatTypes,
} from './activity-enums.ts'

/** What SDK v4 says every activity has. New code takes Parley's interfaces per type, e.g. `MessageActivity`. */
export interface IActivity {
  type: OpenSet<ActivityTypes>
  id?: string
  serviceUrl: string
  timestamp?: Date
  localTimestamp?: Date
  channelId: string
  from: ChannelAccount
  conversation: ConversationAccount
  recipient: ChannelAccount
  replyToId?: string
  entities?: Entity[]
  channelData?: OpenValue
}

/** Members, topic or other circumstances of the conversation changed. */
export interface IConversationUpdateActivity extends IActivity {
  membersAdded?: ChannelAccount[]
  membersRemoved?: ChannelAccount[]
  topicName?: string
  historyDisclosed?: boolean
}

/** A user added the bot to his contacts, or removed it. */
export interface IContactRelationUpdateActivity extends IActivity {
  action?: string
}

/** The bot was installed or removed. */
export interface IInstallationUpdateActivity extends IActivity {
  action?: string
}

/** Somebody said something. */
export interface IMessageActivity extends IActivity {
  locale?: string
  text: string
  speak?: string
  inputHint?: OpenSet<InputHints>
  summary?: string
  textFormat?: OpenSet<TextFormatTypes>
  attachmentLayout?: OpenSet<AttachmentLayoutTypes>
  attachments?: Attachment[]
  suggestedActions?: SuggestedActions
  importance?: OpenSet<ActivityImportance>
  deliveryMode?: OpenSet<DeliveryModes>
  expiration?: Date
  value?: OpenValue
}

/** A message was edited. */
export interface IMessageUpdateActivity extends IMessageActivity {}

/** A message was deleted. */
export type IMessageDeleteActivity = IActivity

/** Reactions to a message. */
export interface IMessageReactionActivity extends IActivity {
  reactionsAdded?: MessageReaction[]
  reactionsRemoved?: MessageReaction[]
}

/** The bot suggests something about pieces of a message. */
export interface ISuggestionActivity extends IMessageActivity {
  textHighlights?: TextHighlight[]
}

/** The sender is at work on an answer. */
export type ITypingActivity = IActivity

/** The conversation is over. */
export interface IEndOfConversationActivity extends IActivity {
  code?: OpenSet<EndOfConversationCodes>
  text: string
}

/** Something happened; nobody waits for an answer. */
export interface IEventActivity extends IActivity {
  name?: string
  value?: OpenValue
  relatesTo?: ConversationReference
}

/** A question that wants its answer in the response to the same request. */
export interface IInvokeActivity extends IActivity {
  name?: string
  value?: OpenValue
  relatesTo?: ConversationReference
}

/** A note for developers. */
export interface ITraceActivity extends IActivity {
  name?: string
  label: string
  valueType: string
  value?: OpenValue
  relatesTo?: ConversationReference
}

/** The conversation changes hands. */
export type IHandoffActivity = IActivity

/** A request to do something. */
export interface ICommandActivity<T = unknown> extends IActivity {
  name: string
  value?: CommandValue<T>
}

/** How a command went. */
export interface ICommandResultActivity<T = unknown> extends IActivity {
  name: string
  value?: CommandResultValue<T>
}

/** An activity with its times as received; {@link Activity} has them already. */
export interface ActivityTimestamps extends Activity {}
