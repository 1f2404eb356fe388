import type {
  Activity,
  Attachment,
  AttachmentInfo,
  AttachmentView,
  CardAction,
  ChannelAccount,
  ConversationAccount,
  ConversationReference,
  Entity,
  MessageReaction,
  SemanticAction,
  SuggestedActions,
} from '@parley/core'
import {
  activityShape,
  attachmentInfoShape,
  attachmentShape,
  attachmentViewShape,
  cardActionShape,
  channelAccountShape,
  conversationAccountShape,
  conversationReferenceShape,
  messageReactionShape,
  semanticActionShape,
  suggestedActionsShape,
} from './model-shapes.ts'
import { entity } from './object-shape.ts'
import { ShapeError } from './shape-error.ts'
import type { ShapeIssue } from './shape-error.ts'

// Every assertX throws ShapeError (SCHEMA_SHAPE_INVALID). They ignore further arguments, so that they fit where a callback is wanted.

export function assertAttachmentView(val: unknown, ..._args: unknown[]): asserts val is AttachmentView {
  attachmentViewShape.parse(val)
}

export function isAttachmentView(val: unknown): val is AttachmentView {
  return attachmentViewShape.safeParse(val).success
}

export function assertAttachmentInfo(val: unknown, ..._args: unknown[]): asserts val is AttachmentInfo {
  attachmentInfoShape.parse(val)
}

export function isAttachmentInfo(val: unknown): val is AttachmentInfo {
  return attachmentInfoShape.safeParse(val).success
}

export function assertChannelAccount(val: unknown, ..._args: unknown[]): asserts val is ChannelAccount {
  channelAccountShape.parse(val)
}

export function isChannelAccount(val: unknown): val is ChannelAccount {
  return channelAccountShape.safeParse(val).success
}

export function assertConversationAccount(val: unknown, ..._args: unknown[]): asserts val is ConversationAccount {
  conversationAccountShape.parse(val)
}

export function isConversationAccount(val: unknown): val is ConversationAccount {
  return conversationAccountShape.safeParse(val).success
}

export function assertMessageReaction(val: unknown, ..._args: unknown[]): asserts val is MessageReaction {
  messageReactionShape.parse(val)
}

export function isMessageReaction(val: unknown): val is MessageReaction {
  return messageReactionShape.safeParse(val).success
}

export function assertCardAction(val: unknown, ..._args: unknown[]): asserts val is CardAction {
  cardActionShape.parse(val)
}

export function isCardAction(val: unknown): val is CardAction {
  return cardActionShape.safeParse(val).success
}

export function assertSuggestedActions(val: unknown, ..._args: unknown[]): asserts val is SuggestedActions {
  suggestedActionsShape.parse(val)
}

export function isSuggestedActions(val: unknown): val is SuggestedActions {
  return suggestedActionsShape.safeParse(val).success
}

export function assertAttachment(val: unknown, ..._args: unknown[]): asserts val is Attachment {
  attachmentShape.parse(val)
}

export function isAttachment(val: unknown): val is Attachment {
  return attachmentShape.safeParse(val).success
}

export function assertConversationReference(val: unknown, ..._args: unknown[]): asserts val is ConversationReference {
  conversationReferenceShape.parse(val)
}

export function isConversationReference(val: unknown): val is ConversationReference {
  return conversationReferenceShape.safeParse(val).success
}

export function assertSemanticAction(val: unknown, ..._args: unknown[]): asserts val is SemanticAction {
  semanticActionShape.parse(val)
}

export function isSemanticAction(val: unknown): val is SemanticAction {
  return semanticActionShape.safeParse(val).success
}

export function assertActivity(val: unknown, ..._args: unknown[]): asserts val is Activity {
  activityShape.parse(val)
}

export function isActivity(val: unknown): val is Activity {
  return activityShape.safeParse(val).success
}

export function assertEntity(val: unknown, ..._args: unknown[]): asserts val is Entity {
  const issues = entityIssues(val)
  if (issues.length > 0) throw new ShapeError(issues)
}

export function isEntity(val: unknown): val is Entity {
  return entityIssues(val).length === 0
}

function entityIssues(val: unknown): ShapeIssue[] {
  const issues: ShapeIssue[] = []
  entity(val, [], issues)
  return issues
}
