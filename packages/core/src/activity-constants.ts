/** Values of {@link Activity.type}. An open set: an activity of another type is passed on, not refused. */
export const ActivityTypes = {
  Message: 'message',
  ContactRelationUpdate: 'contactRelationUpdate',
  ConversationUpdate: 'conversationUpdate',
  Typing: 'typing',
  EndOfConversation: 'endOfConversation',
  Event: 'event',
  Invoke: 'invoke',
  /** How a handler hands over the answer to an invoke. Never on the wire. */
  InvokeResponse: 'invokeResponse',
  DeleteUserData: 'deleteUserData',
  MessageUpdate: 'messageUpdate',
  MessageDelete: 'messageDelete',
  InstallationUpdate: 'installationUpdate',
  MessageReaction: 'messageReaction',
  Suggestion: 'suggestion',
  Trace: 'trace',
  Handoff: 'handoff',
  Command: 'command',
  CommandResult: 'commandResult',
} as const
export type ActivityTypes = (typeof ActivityTypes)[keyof typeof ActivityTypes]

/** Names of the events that open a turn the bot started itself. */
export const ActivityEventNames = {
  ContinueConversation: 'ContinueConversation',
  CreateConversation: 'CreateConversation',
} as const
export type ActivityEventNames = (typeof ActivityEventNames)[keyof typeof ActivityEventNames]

/**
 * How `text` is to be read. The published defaults disagree (`plain` in the specification, `markdown` in the service's own
 * description), so a bot that cares says it.
 */
export const TextFormatTypes = { Markdown: 'markdown', Plain: 'plain', Xml: 'xml' } as const
export type TextFormatTypes = (typeof TextFormatTypes)[keyof typeof TextFormatTypes]

/** How several attachments are laid out; absent means `list`. */
export const AttachmentLayoutTypes = { List: 'list', Carousel: 'carousel' } as const
export type AttachmentLayoutTypes = (typeof AttachmentLayoutTypes)[keyof typeof AttachmentLayoutTypes]

/** Reactions every channel knows; Teams adds `heart`, `laugh`, `surprised`, `sad` and `angry`. */
export const MessageReactionTypes = { Like: 'like', PlusOne: 'plusOne' } as const
export type MessageReactionTypes = (typeof MessageReactionTypes)[keyof typeof MessageReactionTypes]

/** Whether the bot expects an answer; speech channels open or close the microphone by it. */
export const InputHints = {
  AcceptingInput: 'acceptingInput',
  IgnoringInput: 'ignoringInput',
  ExpectingInput: 'expectingInput',
} as const
export type InputHints = (typeof InputHints)[keyof typeof InputHints]

/** Why a conversation ended. An open set. */
export const EndOfConversationCodes = {
  Unknown: 'unknown',
  CompletedSuccessfully: 'completedSuccessfully',
  UserCancelled: 'userCancelled',
  BotTimedOut: 'botTimedOut',
  BotIssuedInvalidMessage: 'botIssuedInvalidMessage',
  ChannelFailed: 'channelFailed',
} as const
export type EndOfConversationCodes = (typeof EndOfConversationCodes)[keyof typeof EndOfConversationCodes]

/** How loudly a message asks for attention; absent means `normal`. */
export const ActivityImportance = { Low: 'low', Normal: 'normal', High: 'high' } as const
export type ActivityImportance = (typeof ActivityImportance)[keyof typeof ActivityImportance]

/** How the sender wants an activity delivered or answered; absent means `normal`. */
export const DeliveryModes = {
  Normal: 'normal',
  /** Deprecated by the protocol; read as `normal`. */
  Notification: 'notification',
  /** The replies go into the answer to this request instead of being sent one by one. */
  ExpectReplies: 'expectReplies',
  /** Shown now, not kept in the conversation. */
  Ephemeral: 'ephemeral',
} as const
export type DeliveryModes = (typeof DeliveryModes)[keyof typeof DeliveryModes]

/** Values of `action` in a `contactRelationUpdate`. */
export const ContactRelationUpdateActionTypes = { Add: 'add', Remove: 'remove' } as const
export type ContactRelationUpdateActionTypes =
  (typeof ContactRelationUpdateActionTypes)[keyof typeof ContactRelationUpdateActionTypes]

/** Values of `action` in an `installationUpdate`; Teams also sends `add-upgrade` and `remove-upgrade`. */
export const InstallationUpdateActionTypes = { Add: 'add', Remove: 'remove' } as const
export type InstallationUpdateActionTypes =
  (typeof InstallationUpdateActionTypes)[keyof typeof InstallationUpdateActionTypes]

/** Where a semantic action stands. */
export const SemanticActionStateTypes = { Start: 'start', Continue: 'continue', Done: 'done' } as const
export type SemanticActionStateTypes = (typeof SemanticActionStateTypes)[keyof typeof SemanticActionStateTypes]
