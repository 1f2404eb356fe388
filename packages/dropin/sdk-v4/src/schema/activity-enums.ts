import {
  ActivityEventNames as ActivityEventNamesValues,
  ActivityImportance as ActivityImportanceValues,
  ActivityTypes as ActivityTypesValues,
  AttachmentLayoutTypes as AttachmentLayoutTypesValues,
  ContactRelationUpdateActionTypes as ContactRelationUpdateActionTypesValues,
  DeliveryModes as DeliveryModesValues,
  EndOfConversationCodes as EndOfConversationCodesValues,
  InputHints as InputHintsValues,
  InstallationUpdateActionTypes as InstallationUpdateActionTypesValues,
  MessageReactionTypes as MessageReactionTypesValues,
  SemanticActionStateTypes as SemanticActionStateTypesValues,
  TextFormatTypes as TextFormatTypesValues,
} from '@parley/core'

/** {@link ActivityEventNamesValues}, whose members are types as well. */
export const ActivityEventNames: typeof ActivityEventNamesValues = ActivityEventNamesValues
export type ActivityEventNames = ActivityEventNamesValues
export declare namespace ActivityEventNames {
  type ContinueConversation = 'ContinueConversation'
  type CreateConversation = 'CreateConversation'
}

/** {@link ActivityImportanceValues}, whose members are types as well. */
export const ActivityImportance: typeof ActivityImportanceValues = ActivityImportanceValues
export type ActivityImportance = ActivityImportanceValues
export declare namespace ActivityImportance {
  type Low = 'low'
  type Normal = 'normal'
  type High = 'high'
}

/** {@link ActivityTypesValues}, whose members are types as well. */
export const ActivityTypes: typeof ActivityTypesValues = ActivityTypesValues
export type ActivityTypes = ActivityTypesValues
export declare namespace ActivityTypes {
  type Message = 'message'
  type ContactRelationUpdate = 'contactRelationUpdate'
  type ConversationUpdate = 'conversationUpdate'
  type Typing = 'typing'
  type EndOfConversation = 'endOfConversation'
  type Event = 'event'
  type Invoke = 'invoke'
  type InvokeResponse = 'invokeResponse'
  type DeleteUserData = 'deleteUserData'
  type MessageUpdate = 'messageUpdate'
  type MessageDelete = 'messageDelete'
  type InstallationUpdate = 'installationUpdate'
  type MessageReaction = 'messageReaction'
  type Suggestion = 'suggestion'
  type Trace = 'trace'
  type Handoff = 'handoff'
  type Command = 'command'
  type CommandResult = 'commandResult'
}

/** {@link AttachmentLayoutTypesValues}, whose members are types as well. */
export const AttachmentLayoutTypes: typeof AttachmentLayoutTypesValues = AttachmentLayoutTypesValues
export type AttachmentLayoutTypes = AttachmentLayoutTypesValues
export declare namespace AttachmentLayoutTypes {
  type List = 'list'
  type Carousel = 'carousel'
}

/** {@link ContactRelationUpdateActionTypesValues}, whose members are types as well. */
export const ContactRelationUpdateActionTypes: typeof ContactRelationUpdateActionTypesValues =
  ContactRelationUpdateActionTypesValues
export type ContactRelationUpdateActionTypes = ContactRelationUpdateActionTypesValues
export declare namespace ContactRelationUpdateActionTypes {
  type Add = 'add'
  type Remove = 'remove'
}

/** {@link DeliveryModesValues}, whose members are types as well. */
export const DeliveryModes: typeof DeliveryModesValues = DeliveryModesValues
export type DeliveryModes = DeliveryModesValues
export declare namespace DeliveryModes {
  type Normal = 'normal'
  type Notification = 'notification'
  type ExpectReplies = 'expectReplies'
  type Ephemeral = 'ephemeral'
}

/** {@link EndOfConversationCodesValues}, whose members are types as well. */
export const EndOfConversationCodes: typeof EndOfConversationCodesValues = EndOfConversationCodesValues
export type EndOfConversationCodes = EndOfConversationCodesValues
export declare namespace EndOfConversationCodes {
  type Unknown = 'unknown'
  type CompletedSuccessfully = 'completedSuccessfully'
  type UserCancelled = 'userCancelled'
  type BotTimedOut = 'botTimedOut'
  type BotIssuedInvalidMessage = 'botIssuedInvalidMessage'
  type ChannelFailed = 'channelFailed'
}

/** {@link InputHintsValues}, whose members are types as well. */
export const InputHints: typeof InputHintsValues = InputHintsValues
export type InputHints = InputHintsValues
export declare namespace InputHints {
  type AcceptingInput = 'acceptingInput'
  type IgnoringInput = 'ignoringInput'
  type ExpectingInput = 'expectingInput'
}

/** {@link InstallationUpdateActionTypesValues}, whose members are types as well. */
export const InstallationUpdateActionTypes: typeof InstallationUpdateActionTypesValues =
  InstallationUpdateActionTypesValues
export type InstallationUpdateActionTypes = InstallationUpdateActionTypesValues
export declare namespace InstallationUpdateActionTypes {
  type Add = 'add'
  type Remove = 'remove'
}

/** {@link MessageReactionTypesValues}, whose members are types as well. */
export const MessageReactionTypes: typeof MessageReactionTypesValues = MessageReactionTypesValues
export type MessageReactionTypes = MessageReactionTypesValues
export declare namespace MessageReactionTypes {
  type Like = 'like'
  type PlusOne = 'plusOne'
}

/** {@link SemanticActionStateTypesValues}, whose members are types as well. */
export const SemanticActionStateTypes: typeof SemanticActionStateTypesValues = SemanticActionStateTypesValues
export type SemanticActionStateTypes = SemanticActionStateTypesValues
export declare namespace SemanticActionStateTypes {
  type Start = 'start'
  type Continue = 'continue'
  type Done = 'done'
}

/** {@link TextFormatTypesValues}, whose members are types as well. */
export const TextFormatTypes: typeof TextFormatTypesValues = TextFormatTypesValues
export type TextFormatTypes = TextFormatTypesValues
export declare namespace TextFormatTypes {
  type Markdown = 'markdown'
  type Plain = 'plain'
  type Xml = 'xml'
}
