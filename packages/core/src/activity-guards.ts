import type { Activity } from './activity.ts'
import { ActivityTypes } from './activity-constants.ts'
import type {
  CommandActivity,
  CommandResultActivity,
  ContactRelationUpdateActivity,
  ConversationUpdateActivity,
  DeleteUserDataActivity,
  EndOfConversationActivity,
  EventActivity,
  HandoffActivity,
  InstallationUpdateActivity,
  InvokeActivity,
  KnownActivity,
  MessageActivity,
  MessageDeleteActivity,
  MessageReactionActivity,
  MessageUpdateActivity,
  SuggestionActivity,
  TraceActivity,
  TypingActivity,
} from './known-activity.ts'

const KNOWN_TYPES: ReadonlySet<string> = new Set(Object.values(ActivityTypes))

/**
 * Whether the activity's type is one the protocol defines, so that the compiler can narrow it further.
 *
 * Guards look at `type` alone: that the other fields have the right kind is what `parseActivity` made sure of.
 */
export function isKnownActivity(activity: Activity | KnownActivity): activity is KnownActivity {
  return KNOWN_TYPES.has(activity.type)
}

/** Whether somebody said something: `type` is `message`. */
export function isMessageActivity(activity: Activity | KnownActivity): activity is MessageActivity {
  return activity.type === 'message'
}

/** Whether a message was edited: `type` is `messageUpdate`. */
export function isMessageUpdateActivity(activity: Activity | KnownActivity): activity is MessageUpdateActivity {
  return activity.type === 'messageUpdate'
}

/** Whether a message was deleted: `type` is `messageDelete`. */
export function isMessageDeleteActivity(activity: Activity | KnownActivity): activity is MessageDeleteActivity {
  return activity.type === 'messageDelete'
}

/** Whether the bot suggests something to one account: `type` is `suggestion`. */
export function isSuggestionActivity(activity: Activity | KnownActivity): activity is SuggestionActivity {
  return activity.type === 'suggestion'
}

/** Whether the sender is at work on an answer: `type` is `typing`. */
export function isTypingActivity(activity: Activity | KnownActivity): activity is TypingActivity {
  return activity.type === 'typing'
}

/** Whether members or topic of the conversation changed: `type` is `conversationUpdate`. */
export function isConversationUpdateActivity(
  activity: Activity | KnownActivity,
): activity is ConversationUpdateActivity {
  return activity.type === 'conversationUpdate'
}

/** Whether a user added or removed the bot as a contact: `type` is `contactRelationUpdate`. */
export function isContactRelationUpdateActivity(
  activity: Activity | KnownActivity,
): activity is ContactRelationUpdateActivity {
  return activity.type === 'contactRelationUpdate'
}

/** Whether the bot was installed or removed: `type` is `installationUpdate`. */
export function isInstallationUpdateActivity(
  activity: Activity | KnownActivity,
): activity is InstallationUpdateActivity {
  return activity.type === 'installationUpdate'
}

/** Whether reactions to a message changed: `type` is `messageReaction`. */
export function isMessageReactionActivity(activity: Activity | KnownActivity): activity is MessageReactionActivity {
  return activity.type === 'messageReaction'
}

/** Whether something happened and nobody waits for an answer: `type` is `event`. */
export function isEventActivity(activity: Activity | KnownActivity): activity is EventActivity {
  return activity.type === 'event'
}

/** Whether the channel waits for the answer in the response: `type` is `invoke`. */
export function isInvokeActivity(activity: Activity | KnownActivity): activity is InvokeActivity {
  return activity.type === 'invoke'
}

/** Whether the conversation is over: `type` is `endOfConversation`. */
export function isEndOfConversationActivity(activity: Activity | KnownActivity): activity is EndOfConversationActivity {
  return activity.type === 'endOfConversation'
}

/** Whether the user wants his data deleted: `type` is `deleteUserData`. */
export function isDeleteUserDataActivity(activity: Activity | KnownActivity): activity is DeleteUserDataActivity {
  return activity.type === 'deleteUserData'
}

/** Whether this is a note for developers: `type` is `trace`. */
export function isTraceActivity(activity: Activity | KnownActivity): activity is TraceActivity {
  return activity.type === 'trace'
}

/** Whether the conversation changes hands: `type` is `handoff`. */
export function isHandoffActivity(activity: Activity | KnownActivity): activity is HandoffActivity {
  return activity.type === 'handoff'
}

/** Whether somebody asks for something to be done: `type` is `command`. */
export function isCommandActivity(activity: Activity | KnownActivity): activity is CommandActivity {
  return activity.type === 'command'
}

/** Whether a command was carried out or failed: `type` is `commandResult`. */
export function isCommandResultActivity(activity: Activity | KnownActivity): activity is CommandResultActivity {
  return activity.type === 'commandResult'
}
