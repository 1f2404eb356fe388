import { randomInt } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** 131 bits: nobody finds a conversation by guessing. */
const CONVERSATION_ID_LENGTH = 22

/** Digits of the number in an activity's id; ids of one conversation are then ordered as text. */
const ACTIVITY_NUMBER_DIGITS = 7

/** An id as Direct Line makes them: 22 letters and digits. */
export function newConversationId(): string {
  return Array.from({ length: CONVERSATION_ID_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
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
