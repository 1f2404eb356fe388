import type { OpenValue } from '@parley/core'

/** What kind of user wrote the message. */
export type UserIdentityType = 'aadUser' | 'onPremiseAadUser' | 'anonymousGuest' | 'federatedUser'

/** What kind of application wrote the message. */
export type ApplicationIdentityType = 'aadApplication' | 'bot' | 'tenantBot' | 'office365Connector' | 'webhook'

/** Whether a team or a channel is meant. */
export type ConversationIdentityType = 'team' | 'channel'

/** The user a message action is about. */
export interface MessageActionsPayloadUser {
  userIdentityType?: UserIdentityType
  id?: string
  displayName?: string
}

/** The application a message action is about. */
export interface MessageActionsPayloadApp {
  applicationIdentityType?: ApplicationIdentityType
  id?: string
  displayName?: string
}

/** The team or channel a message action is about. */
export interface MessageActionsPayloadConversation {
  conversationIdentityType?: ConversationIdentityType
  id?: string
  displayName?: string
}

/** Who wrote, reacted or was mentioned. */
export interface MessageActionsPayloadFrom {
  user?: MessageActionsPayloadUser
  application?: MessageActionsPayloadApp
  conversation?: MessageActionsPayloadConversation
}

/** What the message says. */
export interface MessageActionsPayloadBody {
  contentType?: 'html' | 'text'
  content?: string
  /** The content without its markup. */
  textContent?: string
}

/** What the message carries. */
export interface MessageActionsPayloadAttachment {
  id?: string
  contentType?: string
  contentUrl?: string
  content?: OpenValue
  name?: string
  thumbnailUrl?: string
}

/** Somebody mentioned in the message. */
export interface MessageActionsPayloadMention {
  /** Index of the mention in the message. */
  id?: number
  /** The piece of text that is the mention. */
  mentionText?: string
  mentioned?: MessageActionsPayloadFrom
}

/** A reaction to the message. */
export interface MessageActionsPayloadReaction {
  reactionType?: 'like' | 'heart' | 'laugh' | 'surprised' | 'sad' | 'angry'
  /** ISO 8601. */
  createdDateTime?: string
  user?: MessageActionsPayloadFrom
}

/** The message on which the user started a message action. */
export interface MessageActionsPayload {
  id?: string
  /** The message this one answers. */
  replyToId?: string
  messageType?: 'message'
  /** ISO 8601. */
  createdDateTime?: string
  /** ISO 8601. */
  lastModifiedDateTime?: string
  deleted?: boolean
  subject?: string
  summary?: string
  importance?: 'normal' | 'high' | 'urgent'
  locale?: string
  linkToMessage?: string
  from?: MessageActionsPayloadFrom
  body?: MessageActionsPayloadBody
  /** How the attachments are laid out: `list` or `carousel`. */
  attachmentLayout?: string
  attachments?: MessageActionsPayloadAttachment[]
  mentions?: MessageActionsPayloadMention[]
  reactions?: MessageActionsPayloadReaction[]
}
