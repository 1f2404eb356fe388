import type {
  Activity,
  Attachment,
  AttachmentInfo,
  AttachmentView,
  CardAction,
  ChannelAccount,
  ConversationAccount,
  ConversationParameters,
  ConversationReference,
  MessageReaction,
  SemanticAction,
  SuggestedActions,
  TextHighlight,
} from '@parley/core'
import { amount, anything, date, entity, flag, listOf, objectShape, optional, recordOf, text } from './object-shape.ts'
import type { ObjectShape } from './object-shape.ts'

// Which fields are required is SDK v4's choice, not the wire's: a real activity seldom has all of them.

export const attachmentViewShape: ObjectShape<AttachmentView> = objectShape<AttachmentView>({
  viewId: text,
  size: amount,
})

export const attachmentInfoShape: ObjectShape<AttachmentInfo> = objectShape<AttachmentInfo>({
  name: text,
  type: text,
  views: listOf(attachmentViewShape.read),
})

export const channelAccountShape: ObjectShape<ChannelAccount> = objectShape<ChannelAccount>({
  id: text,
  name: text,
  aadObjectId: optional(text),
  role: optional(text),
  properties: anything,
})

export const conversationAccountShape: ObjectShape<ConversationAccount> = objectShape<ConversationAccount>({
  isGroup: flag,
  conversationType: text,
  tenantId: optional(text),
  id: text,
  name: text,
  aadObjectId: optional(text),
  role: optional(text),
  properties: anything,
})

export const messageReactionShape: ObjectShape<MessageReaction> = objectShape<MessageReaction>({ type: text })

export const cardActionShape: ObjectShape<CardAction> = objectShape<CardAction>({
  type: text,
  title: text,
  image: optional(text),
  text: optional(text),
  displayText: optional(text),
  value: anything,
  channelData: anything,
  imageAltText: optional(text),
})

export const suggestedActionsShape: ObjectShape<SuggestedActions> = objectShape<SuggestedActions>({
  to: listOf(text),
  actions: listOf(cardActionShape.read),
})

export const attachmentShape: ObjectShape<Attachment> = objectShape<Attachment>({
  contentType: text,
  contentUrl: optional(text),
  content: anything,
  name: optional(text),
  thumbnailUrl: optional(text),
})

export const conversationReferenceShape: ObjectShape<ConversationReference> = objectShape<ConversationReference>({
  // SDK v4 never looked at it, and references without one were stored with null.
  activityId: anything,
  user: optional(channelAccountShape.read),
  locale: optional(text),
  bot: channelAccountShape.read,
  conversation: conversationAccountShape.read,
  channelId: text,
  serviceUrl: text,
})

export const semanticActionShape: ObjectShape<SemanticAction> = objectShape<SemanticAction>({
  id: text,
  state: text,
  entities: recordOf(entity),
})

const textHighlightShape = objectShape<TextHighlight>({ text, occurrence: amount })
const accounts = optional(listOf(channelAccountShape.read))
const reactions = optional(listOf(messageReactionShape.read))

export const activityShape: ObjectShape<Activity> = objectShape<Activity>({
  type: text,
  id: optional(text),
  timestamp: optional(date),
  localTimestamp: optional(date),
  localTimezone: text,
  callerId: text,
  serviceUrl: text,
  channelId: text,
  from: channelAccountShape.read,
  conversation: conversationAccountShape.read,
  recipient: channelAccountShape.read,
  textFormat: optional(text),
  attachmentLayout: optional(text),
  membersAdded: accounts,
  membersRemoved: accounts,
  reactionsAdded: reactions,
  reactionsRemoved: reactions,
  topicName: optional(text),
  historyDisclosed: optional(flag),
  locale: optional(text),
  text,
  speak: optional(text),
  inputHint: optional(text),
  summary: optional(text),
  suggestedActions: optional(suggestedActionsShape.read),
  attachments: optional(listOf(attachmentShape.read)),
  entities: optional(listOf(entity)),
  channelData: anything,
  action: optional(text),
  replyToId: optional(text),
  label: text,
  valueType: text,
  value: anything,
  name: optional(text),
  relatesTo: optional(conversationReferenceShape.read),
  code: optional(text),
  expiration: anything,
  importance: optional(text),
  deliveryMode: optional(text),
  listenFor: optional(listOf(text)),
  textHighlights: optional(listOf(textHighlightShape.read)),
  semanticAction: optional(semanticActionShape.read),
  rawTimestamp: anything,
  rawExpiration: anything,
  rawLocalTimestamp: anything,
})

/** Body of `POST /v3/conversations`, as SDK v4's schema of the same name checks it; often used as `.partial().safeParse(…)`. */
export const conversationParametersObject: ObjectShape<ConversationParameters> = objectShape<ConversationParameters>({
  isGroup: flag,
  bot: channelAccountShape.read,
  members: accounts,
  topicName: optional(text),
  tenantId: optional(text),
  activity: activityShape.read,
  channelData: anything,
})
