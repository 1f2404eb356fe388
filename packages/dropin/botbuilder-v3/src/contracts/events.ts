// oxlint-disable typescript/no-explicit-any -- as SDK v3 types it
import type { IAttachment, IIsAttachment, ISuggestedActions } from './cards.ts'

/** Text, or several of which one is chosen at random. */
export type TextType = string | string[]
/** A message, or what builds one. */
export type MessageType = IMessage | IIsMessage
/** Text or a message. */
export type TextOrMessageType = string | string[] | IMessage | IIsMessage
/** An attachment, or what builds one. */
export type AttachmentType = IAttachment | IIsAttachment
/** What triggers an action: expressions, names of intents, or several of both. */
export type MatchType = RegExp | string | (RegExp | string)[]
/** Values separated by `|`, or as a list. */
export type ValueListType = string | string[]
/** Where a semantic action stands. */
export type SemanticActionStates = 'start' | 'continue' | 'done'

/** A user, a bot or a conversation. */
export interface IIdentity {
  id: string
  name?: string
  isGroup?: boolean
  conversationType?: string
  role?: string
  aadObjectId?: string
  tenantId?: string
}

/** Where a message came from, and how to get back there. Keep it, as JSON too, to speak first later. */
export interface IAddress {
  channelId: string
  user: IIdentity
  bot: IIdentity
  conversation?: IIdentity
}

/** The address of a channel: with the id of the activity and the channel's service. */
export interface IChatConnectorAddress extends IAddress {
  /** Of the activity; an answer to it is sent as a reply. */
  id?: string
  serviceUrl?: string
}

/** Where a new conversation is to be, and what it starts with. */
export interface IStartConversationAddress extends IChatConnectorAddress {
  activity?: any
  channelData?: any
  isGroup?: boolean
  members?: IIdentity[]
  topicName?: string
}

/** What happened, as the bot hears of it. */
export interface IEvent {
  /** The type of the activity. */
  type: string
  agent: string
  /** The channel. */
  source: string
  /** What the channel says in its own terms: `channelData`. */
  sourceEvent: any
  address: IAddress
  user: IIdentity
  replyToId?: string
}

/** Members came or went, or the topic changed. */
export interface IConversationUpdate extends IEvent {
  membersAdded?: IIdentity[]
  membersRemoved?: IIdentity[]
  reactionsAdded?: IMessageReaction[]
  reactionsRemoved?: IMessageReaction[]
  topicName?: string
  historyDisclosed?: boolean
}

/** Reactions to a message came or went. */
export interface IMessageUpdate extends IEvent {
  reactionsAdded?: IMessageReaction[]
  reactionsRemoved?: IMessageReaction[]
}

/** A reaction to a message. */
export interface IMessageReaction {
  /** `like`, … */
  type: string
}

/** A user put the bot into the contacts, or took it out. */
export interface IContactRelationUpdate extends IEvent {
  /** `add` or `remove`. */
  action: string
}

/** A message in either direction. */
export interface IMessage extends IEvent {
  /** When the service took it, ISO 8601. */
  timestamp?: string
  localTimestamp?: string
  localTimezone?: string
  /** Text for channels that cannot show the attachments. */
  summary?: string
  /** SSML, or plain text. */
  speak?: string
  text?: string
  /** Language tag; `locale` on the wire. */
  textLocale?: string
  attachments?: IAttachment[]
  entities?: any[]
  /** One of `TextFormat`. */
  textFormat?: string
  /** One of `AttachmentLayout`. */
  attachmentLayout?: string
  /** One of `InputHint`. */
  inputHint?: string
  value?: any
  name?: string
  relatesTo?: IAddress
  /** Why the conversation ended. */
  code?: string
  valueType?: string
  label?: string
  listenFor?: string[]
  semanticAction?: ISemanticAction
  textHighlights?: ITextHighlight[]
  /** Spelt as in SDK v3. */
  expriation?: string
  importance?: string
  deliveryMode?: string
  callerId?: string
  suggestedActions?: ISuggestedActions
}

/** Builds a message. */
export interface IIsMessage {
  toMessage(): IMessage
}

/** What a message may have besides its text. */
export interface IMessageOptions {
  attachments?: IAttachment[]
  entities?: any[]
  textFormat?: string
  attachmentLayout?: string
  inputHint?: string
}

/** What a bot on the other side is to do. */
export interface ISemanticAction {
  id: string
  state?: SemanticActionStates
  entities: any
}

/** A part of a text that stands out. */
export interface ITextHighlight {
  text: string
  occurrence: number
}

/** What channels get in their own terms, by channel; `*` for all others. */
export interface ISourceEventMap {
  [source: string]: any
}

/** Past activities. */
export interface ITranscript {
  activities: IMessage[]
}

/** A conversation and who is in it. */
export interface IConversationMembers {
  id: string
  members: IIdentity[]
}

/** Conversations of a bot, one page. */
export interface IConversationsResult {
  continuationToken: string
  conversations: IConversationMembers[]
}

/** Members of a conversation, one page. */
export interface IPagedMembersResult {
  continuationToken: string
  members: IIdentity[]
}

/** A token of a user for a service the user signed in to. */
export interface ITokenResponse {
  connectionName: string
  token: string
  expiration: string
  channelId: string
}
