import type { WireActivity } from './wire-activity.ts'

/** Sees what happens in conversations, once it has happened. It must not throw. */
export interface ConversationObserver {
  said(conversationId: string, activity: WireActivity): void
  changed(conversationId: string, activity: WireActivity): void
  /** @param activity - As it was. */
  takenBack(conversationId: string, activity: WireActivity): void
}
