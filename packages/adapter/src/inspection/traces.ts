import { ActivityTypes } from '@parley/core'
import type { Activity, ConversationReference } from '@parley/core'

const SCHEMA = 'https://www.botframework.com/schemas'

/** Something for a developer to see. Names, labels and value types are those the Bot Framework Emulator knows. */
function trace(name: string, valueType: string, value: unknown, label: string): Partial<Activity> {
  return { type: ActivityTypes.Trace, timestamp: new Date(), name, label, value, valueType: `${SCHEMA}/${valueType}` }
}

/** An activity came, was sent or was updated. */
export function traceActivity(activity: Partial<Activity>, name: string, label: string): Partial<Activity> {
  return trace(name, 'activity', activity, label)
}

/** An activity was deleted. */
export function traceDeletion(reference: Partial<ConversationReference>): Partial<Activity> {
  return trace('Deleted Message', 'conversationReference', reference, 'MessageDelete')
}

/** What the bot remembers. */
export function traceBotState(value: unknown): Partial<Activity> {
  return trace('BotState', 'botState', value, 'Bot State')
}

/** The turn failed. */
export function traceError(text: string): Partial<Activity> {
  return trace('Turn Error', 'error', text, 'TurnError')
}

/** What to write in the conversation to watch. */
export function traceCommand(command: string): Partial<Activity> {
  return trace('Command', 'command', command, 'Command')
}
