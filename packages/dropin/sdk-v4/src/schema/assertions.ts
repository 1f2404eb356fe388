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

/** @throws {@link ShapeError} `DROPIN_SHAPE_INVALID`: `val` is no {@link AttachmentView}. Further arguments are ignored, as in a callback. */
export function assertAttachmentView(val: unknown, ..._args: unknown[]): asserts val is AttachmentView {
  attachmentViewShape.parse(val)
}

/** Whether `val` has the fields of {@link AttachmentView} that SDK v4 requires, and no known field of another kind. */
export function isAttachmentView(val: unknown): val is AttachmentView {
  return attachmentViewShape.safeParse(val).success
}

/** @throws {@link ShapeError} `DROPIN_SHAPE_INVALID`: `val` is no {@link AttachmentInfo}. Further arguments are ignored, as in a callback. */
export function assertAttachmentInfo(val: unknown, ..._args: unknown[]): asserts val is AttachmentInfo {
  attachmentInfoShape.parse(val)
}

/** Whether `val` has the fields of {@link AttachmentInfo} that SDK v4 requires, and no known field of another kind. */
export function isAttachmentInfo(val: unknown): val is AttachmentInfo {
  return attachmentInfoShape.safeParse(val).success
}

/** @throws {@link ShapeError} `DROPIN_SHAPE_INVALID`: `val` is no {@link ChannelAccount}. Further arguments are ignored, as in a callback. */
export function assertChannelAccount(val: unknown, ..._args: unknown[]): asserts val is ChannelAccount {
  channelAccountShape.parse(val)
}

/** Whether `val` has the fields of {@link ChannelAccount} that SDK v4 requires, and no known field of another kind. */
export function isChannelAccount(val: unknown): val is ChannelAccount {
  return channelAccountShape.safeParse(val).success
}

/** @throws {@link ShapeError} `DROPIN_SHAPE_INVALID`: `val` is no {@link ConversationAccount}. Further arguments are ignored, as in a callback. */
export function assertConversationAccount(val: unknown, ..._args: unknown[]): asserts val is ConversationAccount {
  conversationAccountShape.parse(val)
}

/** Whether `val` has the fields of {@link ConversationAccount} that SDK v4 requires, and no known field of another kind. */
export function isConversationAccount(val: unknown): val is ConversationAccount {
  return conversationAccountShape.safeParse(val).success
}

/** @throws {@link ShapeError} `DROPIN_SHAPE_INVALID`: `val` is no {@link MessageReaction}. Further arguments are ignored, as in a callback. */
export function assertMessageReaction(val: unknown, ..._args: unknown[]): asserts val is MessageReaction {
  messageReactionShape.parse(val)
}

/** Whether `val` has the fields of {@link MessageReaction} that SDK v4 requires, and no known field of another kind. */
export function isMessageReaction(val: unknown): val is MessageReaction {
  return messageReactionShape.safeParse(val).success
}

/** @throws {@link ShapeError} `DROPIN_SHAPE_INVALID`: `val` is no {@link CardAction}. Further arguments are ignored, as in a callback. */
export function assertCardAction(val: unknown, ..._args: unknown[]): asserts val is CardAction {
  cardActionShape.parse(val)
}

/** Whether `val` has the fields of {@link CardAction} that SDK v4 requires, and no known field of another kind. */
export function isCardAction(val: unknown): val is CardAction {
  return cardActionShape.safeParse(val).success
}

/** @throws {@link ShapeError} `DROPIN_SHAPE_INVALID`: `val` is no {@link SuggestedActions}. Further arguments are ignored, as in a callback. */
export function assertSuggestedActions(val: unknown, ..._args: unknown[]): asserts val is SuggestedActions {
  suggestedActionsShape.parse(val)
}

/** Whether `val` has the fields of {@link SuggestedActions} that SDK v4 requires, and no known field of another kind. */
export function isSuggestedActions(val: unknown): val is SuggestedActions {
  return suggestedActionsShape.safeParse(val).success
}

/** @throws {@link ShapeError} `DROPIN_SHAPE_INVALID`: `val` is no {@link Attachment}. Further arguments are ignored, as in a callback. */
export function assertAttachment(val: unknown, ..._args: unknown[]): asserts val is Attachment {
  attachmentShape.parse(val)
}

/** Whether `val` has the fields of {@link Attachment} that SDK v4 requires, and no known field of another kind. */
export function isAttachment(val: unknown): val is Attachment {
  return attachmentShape.safeParse(val).success
}

/** @throws {@link ShapeError} `DROPIN_SHAPE_INVALID`: `val` is no {@link ConversationReference}. Further arguments are ignored, as in a callback. */
export function assertConversationReference(val: unknown, ..._args: unknown[]): asserts val is ConversationReference {
  conversationReferenceShape.parse(val)
}

/** Whether `val` has the fields of {@link ConversationReference} that SDK v4 requires, and no known field of another kind. */
export function isConversationReference(val: unknown): val is ConversationReference {
  return conversationReferenceShape.safeParse(val).success
}

/** @throws {@link ShapeError} `DROPIN_SHAPE_INVALID`: `val` is no {@link SemanticAction}. Further arguments are ignored, as in a callback. */
export function assertSemanticAction(val: unknown, ..._args: unknown[]): asserts val is SemanticAction {
  semanticActionShape.parse(val)
}

/** Whether `val` has the fields of {@link SemanticAction} that SDK v4 requires, and no known field of another kind. */
export function isSemanticAction(val: unknown): val is SemanticAction {
  return semanticActionShape.safeParse(val).success
}

/** @throws {@link ShapeError} `DROPIN_SHAPE_INVALID`: `val` is no {@link Activity}. Further arguments are ignored, as in a callback. */
export function assertActivity(val: unknown, ..._args: unknown[]): asserts val is Activity {
  activityShape.parse(val)
}

/** Whether `val` has the fields of {@link Activity} that SDK v4 requires, and no known field of another kind. */
export function isActivity(val: unknown): val is Activity {
  return activityShape.safeParse(val).success
}

/** @throws {@link ShapeError} `DROPIN_SHAPE_INVALID`: `val` is no {@link Entity}. Further arguments are ignored, as in a callback. */
export function assertEntity(val: unknown, ..._args: unknown[]): asserts val is Entity {
  const issues = entityIssues(val)
  if (issues.length > 0) throw new ShapeError(issues)
}

/** Whether `val` has the fields of {@link Entity} that SDK v4 requires, and no known field of another kind. */
export function isEntity(val: unknown): val is Entity {
  return entityIssues(val).length === 0
}

function entityIssues(val: unknown): ShapeIssue[] {
  const issues: ShapeIssue[] = []
  entity(val, [], issues)
  return issues
}
