import type { ConversationObserver } from '../conversations/conversation-observer.ts'
import type { WireActivity } from '../conversations/wire-activity.ts'
import type { ActivityChange, Lint, Speaker } from './entry.ts'
import type { Inspector } from './inspector.ts'
import { ACTIVITY_RULES } from './lints/activity-rules.ts'
import { CARD_RULES } from './lints/card-rules.ts'
import { isObject, lint } from './lints/lint-rule.ts'
import { redactText } from './redact.ts'
import { jsonOrText } from './stored-message.ts'
import type { StateRecorder } from './state/state-recorder.ts'
import type { TurnsSeen } from './turns-seen.ts'

const MAX_TEXT_CHARS = 120

/** Types a channel speaks, and not the user. */
const CHANNEL_TYPES: ReadonlySet<string> = new Set([
  'conversationUpdate',
  'contactRelationUpdate',
  'installationUpdate',
  'messageUpdate',
  'messageDelete',
  'deleteUserData',
])

/** What the channel says in the user's name when a sign-in has ended. */
const CHANNEL_NAMES: ReadonlySet<unknown> = new Set(['tokens/response', 'signin/verifyState'])

/** Enters what is said, changed and taken back in conversations. */
export class ActivityRecorder implements ConversationObserver {
  private readonly inspector: Inspector
  private readonly turns: TurnsSeen
  private readonly states: StateRecorder

  constructor(inspector: Inspector, turns: TurnsSeen, states: StateRecorder) {
    this.states = states
    this.inspector = inspector
    this.turns = turns
  }

  /** What goes to the bot is entered as it goes, whether clients get to see it or not. @returns what is kept of it. */
  toBot(appId: string, activity: WireActivity): string {
    return this.enter(activity.conversation?.id, activity, 'sent', appId)
  }

  said(conversationId: string, activity: WireActivity): void {
    if (this.turns.isLatest(conversationId, activity.id)) return
    this.enter(conversationId, activity, 'sent')
    this.states.said(conversationId, activity)
  }

  changed(conversationId: string, activity: WireActivity): void {
    this.enter(conversationId, activity, 'updated')
  }

  takenBack(conversationId: string, activity: WireActivity): void {
    this.enter(conversationId, activity, 'deleted')
  }

  private enter(
    conversationId: string | undefined,
    activity: WireActivity,
    change: ActivityChange,
    appId: string | undefined = conversationId === undefined ? undefined : this.inspector.botOf(conversationId),
  ): string {
    const { limits, secrets } = this.inspector
    const turn = conversationId === undefined ? undefined : (activity.replyToId ?? this.turns.running(conversationId))
    const text = cut(redactText(JSON.stringify(activity), secrets), limits.maxBodyBytes)
    const speaker = speakerOf(activity)
    const isBots = speaker === 'bot' && change !== 'deleted'
    this.inspector.enter({
      summary: {
        kind: 'activity',
        ...(conversationId === undefined ? {} : { conversationId }),
        ...(appId === undefined ? {} : { appId }),
        ...(turn === undefined ? {} : { turn }),
        from: speaker,
        change,
        type: activity.type,
        ...textOf(activity, secrets),
        ...(activity.id === undefined ? {} : { activityId: activity.id }),
      },
      activity: text,
      ...(isBots ? { lint: () => lintText(text) } : {}),
    })
    return text
  }
}

const RULES = [...ACTIVITY_RULES, ...CARD_RULES]

/** Of an activity that was cut off nothing can be said. */
function lintText(text: string): readonly Lint[] {
  const activity = jsonOrText(text)
  return isObject(activity) ? lint(RULES, activity) : []
}

function speakerOf({ type, name, from }: WireActivity): Speaker {
  if (from?.role === 'bot') return 'bot'
  return CHANNEL_TYPES.has(type) || CHANNEL_NAMES.has(name) ? 'channel' : 'user'
}

function textOf({ type, text, name }: WireActivity, secrets: readonly string[]): { readonly text?: string } {
  const said = typeof text === 'string' && text !== '' ? text : type === 'message' ? undefined : name
  return typeof said === 'string' && said !== '' ? { text: shorten(redactText(said, secrets)) } : {}
}

function shorten(text: string): string {
  return text.length <= MAX_TEXT_CHARS ? text : `${text.slice(0, MAX_TEXT_CHARS - 1)}…`
}

/** A copy of its own: a part of a text would keep the whole of it in memory. */
function cut(text: string, maxBytes: number): string {
  return text.length <= maxBytes ? text : Buffer.from(text).subarray(0, maxBytes).toString()
}
