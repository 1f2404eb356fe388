import { ActivityEventNames, ActivityTypes, getConversationReference, getMentions } from '@parley/core'
import type { Activity, ChannelAccount, ConversationReference, Mention } from '@parley/core'
import type {
  IContactRelationUpdateActivity,
  IConversationUpdateActivity,
  IEndOfConversationActivity,
  IEventActivity,
  IHandoffActivity,
  IInstallationUpdateActivity,
  IInvokeActivity,
  IMessageActivity,
  IMessageDeleteActivity,
  IMessageReactionActivity,
  IMessageUpdateActivity,
  ISuggestionActivity,
  ITraceActivity,
  ITypingActivity,
  ICommandActivity,
  ICommandResultActivity,
} from './activity-interfaces.ts'

/** What {@link ActivityEx} offers. */
export interface ActivityExFunctions {
  createMessageActivity(): Partial<IMessageActivity>
  createContactRelationUpdateActivity(): Partial<IContactRelationUpdateActivity>
  createConversationUpdateActivity(): Partial<IConversationUpdateActivity>
  createTypingActivity(): Partial<ITypingActivity>
  createHandoffActivity(): Partial<IHandoffActivity>
  createEndOfConversationActivity(): Partial<IEndOfConversationActivity>
  createEventActivity(): Partial<IEventActivity>
  createInvokeActivity(): Partial<IInvokeActivity>
  /** `valueType` defaults to the JavaScript type of `value`. */
  createTraceActivity(name: string, valueType?: string, value?: unknown, label?: string): Partial<ITraceActivity>
  /**
   * A message back to whoever sent `source`. Accounts and conversation are copied with their id and name only, and on Direct
   * Line a reply to a `conversationUpdate` does not name it: there it would not be shown.
   *
   * @param text - Default: empty.
   * @param locale - Default: that of `source`.
   */
  createReply(source: Activity, text?: string, locale?: string): Activity
  /** A trace back to whoever sent `source`. `valueType` defaults to the JavaScript type of `value`. */
  createTrace(source: Activity, name: string, value?: unknown, valueType?: string, label?: string): ITraceActivity
  // Each of these gives `source` itself when it is of the type, and null when it is not.
  asMessageActivity(source: Partial<Activity>): Partial<IMessageActivity>
  asContactRelationUpdateActivity(source: Partial<Activity>): Partial<IContactRelationUpdateActivity>
  asInstallationUpdateActivity(source: Partial<Activity>): Partial<IInstallationUpdateActivity>
  asConversationUpdateActivity(source: Partial<Activity>): Partial<IConversationUpdateActivity>
  asTypingActivity(source: Partial<Activity>): Partial<ITypingActivity>
  asEndOfConversationActivity(source: Partial<Activity>): Partial<IEndOfConversationActivity>
  asEventActivity(source: Partial<Activity>): Partial<IEventActivity>
  asInvokeActivity(source: Partial<Activity>): Partial<IInvokeActivity>
  asMessageUpdateActivity(source: Partial<Activity>): Partial<IMessageUpdateActivity>
  asMessageDeleteActivity(source: Partial<Activity>): Partial<IMessageDeleteActivity>
  asMessageReactionActivity(source: Partial<Activity>): Partial<IMessageReactionActivity>
  asSuggestionActivity(source: Partial<Activity>): Partial<ISuggestionActivity>
  asTraceActivity(source: Partial<Activity>): Partial<ITraceActivity>
  asHandoffActivity(source: Partial<Activity>): Partial<IHandoffActivity>
  asCommandActivity<T = unknown>(source: Partial<Activity>): Partial<ICommandActivity<T>>
  asCommandResultActivity<T = unknown>(source: Partial<Activity>): Partial<ICommandResultActivity<T>>
  /** Whether there is something to show: text or summary that is not blank, attachments, or channel data. */
  hasContent(source: Partial<Activity>): boolean
  /** The mentions among the entities, whatever the case of their type. */
  getMentions(source: Partial<Activity>): Mention[]
  /** Where `source` happened. Accounts and conversation are those of `source`, not copies. */
  getConversationReference(source: Partial<Activity>): ConversationReference
  /** The event with which a bot opens a turn of its own, with a new id each time. */
  getContinuationActivity(reference: Partial<ConversationReference>): Partial<Activity>
  /** Whether the service URL is anything but an HTTP address, as a streaming connection's is. */
  isFromStreamingConnection(source: Partial<Activity>): boolean
  /** Whether `source` is of a type or below it (`message/x`), whatever the case. */
  isActivity(source: Partial<Activity>, activityType: string): boolean
}

/** SDK v4's functions over activities. A plain object: whoever replaces a function replaces it for the drop-ins, too. */
export const ActivityEx: ActivityExFunctions = {
  createMessageActivity: () => ({ type: ActivityTypes.Message }),
  createContactRelationUpdateActivity: () => ({ type: ActivityTypes.ContactRelationUpdate }),
  createConversationUpdateActivity: () => ({ type: ActivityTypes.ConversationUpdate }),
  createTypingActivity: () => ({ type: ActivityTypes.Typing }),
  createHandoffActivity: () => ({ type: ActivityTypes.Handoff }),
  createEndOfConversationActivity: () => ({ type: ActivityTypes.EndOfConversation }),
  createEventActivity: () => ({ type: ActivityTypes.Event }),
  createInvokeActivity: () => ({ type: ActivityTypes.Invoke }),
  createTraceActivity,
  createReply,
  createTrace,
  asMessageActivity: (source) => as<IMessageActivity>(source, ActivityTypes.Message),
  asContactRelationUpdateActivity: (source) =>
    as<IContactRelationUpdateActivity>(source, ActivityTypes.ContactRelationUpdate),
  asInstallationUpdateActivity: (source) => as<IInstallationUpdateActivity>(source, ActivityTypes.InstallationUpdate),
  asConversationUpdateActivity: (source) => as<IConversationUpdateActivity>(source, ActivityTypes.ConversationUpdate),
  asTypingActivity: (source) => as<ITypingActivity>(source, ActivityTypes.Typing),
  asEndOfConversationActivity: (source) => as<IEndOfConversationActivity>(source, ActivityTypes.EndOfConversation),
  asEventActivity: (source) => as<IEventActivity>(source, ActivityTypes.Event),
  asInvokeActivity: (source) => as<IInvokeActivity>(source, ActivityTypes.Invoke),
  asMessageUpdateActivity: (source) => as<IMessageUpdateActivity>(source, ActivityTypes.MessageUpdate),
  asMessageDeleteActivity: (source) => as<IMessageDeleteActivity>(source, ActivityTypes.MessageDelete),
  asMessageReactionActivity: (source) => as<IMessageReactionActivity>(source, ActivityTypes.MessageReaction),
  asSuggestionActivity: (source) => as<ISuggestionActivity>(source, ActivityTypes.Suggestion),
  asTraceActivity: (source) => as<ITraceActivity>(source, ActivityTypes.Trace),
  asHandoffActivity: (source) => as<IHandoffActivity>(source, ActivityTypes.Handoff),
  asCommandActivity: <T>(source: Partial<Activity>) => as<ICommandActivity<T>>(source, ActivityTypes.Command),
  asCommandResultActivity: <T>(source: Partial<Activity>) =>
    as<ICommandResultActivity<T>>(source, ActivityTypes.CommandResult),
  hasContent,
  getMentions,
  getConversationReference: referenceOf,
  getContinuationActivity,
  isFromStreamingConnection,
  isActivity,
}

function createTraceActivity(
  name: string,
  valueType?: string,
  value?: unknown,
  label?: string,
): Partial<ITraceActivity> {
  return { type: ActivityTypes.Trace, name, label: label as string, valueType: valueType || typeof value, value }
}

function createReply(source: Activity, text?: string, locale?: string): Activity {
  const { isGroup, id, name } = source.conversation ?? {}
  const { label, callerId, valueType, localTimezone, listenFor, semanticAction } = source
  return {
    type: ActivityTypes.Message,
    ...answerTo(source),
    conversation: { isGroup, id, name },
    text: text || '',
    locale: locale || source.locale,
    label,
    callerId,
    valueType,
    localTimezone,
    listenFor,
    semanticAction,
  } as Activity
}

function createTrace(
  source: Activity,
  name: string,
  value?: unknown,
  valueType?: string,
  label?: string,
): ITraceActivity {
  const trace = ActivityEx.createTraceActivity(name, valueType, value, label)
  return { type: trace.type, ...answerTo(source), conversation: source.conversation, ...trace } as ITraceActivity
}

/** Everything but the conversation of an activity that answers `source` now. */
function answerTo(source: Activity): Partial<Activity> {
  return {
    timestamp: new Date(),
    from: addressOf(source.recipient),
    recipient: addressOf(source.from),
    replyToId: replyToIdOf(source) as string,
    serviceUrl: source.serviceUrl,
    channelId: source.channelId,
  }
}

function addressOf(account: ChannelAccount | undefined): ChannelAccount {
  const { id, name } = account ?? { id: null, name: null }
  return { id, name } as ChannelAccount
}

function replyToIdOf(source: Partial<Activity>): string | undefined {
  return getConversationReference(source).activityId
}

/** SDK v4's declarations promise the activity; its documentation says null. */
function as<T>(source: Partial<Activity>, type: ActivityTypes): Partial<T> {
  return (ActivityEx.isActivity(source, type) ? source : null) as Partial<T>
}

function hasContent({ text, summary, attachments, channelData }: Partial<Activity>): boolean {
  return Boolean(text?.trim()) || Boolean(summary?.trim()) || Boolean(attachments?.length) || channelData !== undefined
}

function referenceOf(source: Partial<Activity>): ConversationReference {
  return {
    activityId: replyToIdOf(source),
    user: source.from,
    bot: source.recipient,
    conversation: source.conversation,
    channelId: source.channelId,
    locale: source.locale,
    serviceUrl: source.serviceUrl,
  } as ConversationReference
}

function getContinuationActivity(reference: Partial<ConversationReference>): Partial<Activity> {
  return {
    type: ActivityTypes.Event,
    name: ActivityEventNames.ContinueConversation,
    id: globalThis.crypto.randomUUID(),
    channelId: reference.channelId,
    locale: reference.locale,
    serviceUrl: reference.serviceUrl,
    conversation: reference.conversation,
    recipient: reference.bot,
    from: reference.user,
    relatesTo: reference,
  } as Partial<Activity>
}

function isFromStreamingConnection({ serviceUrl }: Partial<Activity>): boolean {
  return typeof serviceUrl === 'string' && !serviceUrl.toLowerCase().startsWith('http')
}

/** SDK v4 compared only the length; this compares the type. */
function isActivity({ type }: Partial<Activity>, activityType: string): boolean {
  if (typeof type !== 'string') return false
  const [actual, wanted] = [type.toLowerCase(), activityType.toLowerCase()]
  return actual === wanted || actual.startsWith(`${wanted}/`)
}
