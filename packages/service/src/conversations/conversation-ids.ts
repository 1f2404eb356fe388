import type { Chance } from './chance.ts'

/** 131 bits: nobody finds a conversation by guessing. */
const CONVERSATION_ID_LENGTH = 22

/** Digits of the number in an activity's id; ids of one conversation are then ordered as text. */
const ACTIVITY_NUMBER_DIGITS = 7

/** Letters and digits in the id of a chat of Teams. */
const TEAMS_CHAT_ID_LENGTH = 60

/** An id as Direct Line makes them: 22 letters and digits. */
export function newConversationId(chance: Chance): string {
  return chance.letters(CONVERSATION_ID_LENGTH)
}

/** An id as Teams makes them for the chat of a bot with one person: `a:1…`. */
export function newTeamsChatId(chance: Chance): string {
  return `a:1${chance.letters(TEAMS_CHAT_ID_LENGTH)}`
}

/** What decides how the ids of a conversation's activities look. */
export interface ActivityIdOrigin {
  readonly id: string
  readonly channelId: string
  readonly createdAt: number
}

/** Id of the activity `number` of a conversation: on Teams milliseconds since the epoch, otherwise as Direct Line makes them. */
export function activityIdIn({ id, channelId, createdAt }: ActivityIdOrigin, number: number): string {
  return channelId === 'msteams' ? String(Math.floor(createdAt) + number) : activityIdOf(id, number)
}

/** The number in an id that {@link activityIdIn} made; `undefined` for any other id. */
export function activityNumberIn(conversation: ActivityIdOrigin, activityId: string): number | undefined {
  if (conversation.channelId !== 'msteams') return activityNumberOf(conversation.id, activityId)
  const number = /^\d{1,15}$/.test(activityId) ? Number(activityId) - Math.floor(conversation.createdAt) : 0
  return number > 0 ? number : undefined
}

/** Id of the activity `number` of a conversation, e.g. `K2m…|0000001`. */
export function activityIdOf(conversationId: string, number: number): string {
  return `${conversationId}|${String(number).padStart(ACTIVITY_NUMBER_DIGITS, '0')}`
}

/** The number in an id that {@link activityIdOf} made for this conversation; `undefined` for any other id. */
export function activityNumberOf(conversationId: string, activityId: string): number | undefined {
  const number = Number(activityId.slice(conversationId.length + 1))
  return Number.isSafeInteger(number) && activityIdOf(conversationId, number) === activityId ? number : undefined
}
