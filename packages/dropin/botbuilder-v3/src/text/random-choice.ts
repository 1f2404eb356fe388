import type { TextType } from '../contracts/events.ts'

/** The text, or one of several, chosen at random. */
export function randomChoice(text: TextType | undefined): string {
  if (!Array.isArray(text)) return text ?? ''
  return text[Math.floor(Math.random() * text.length)] ?? ''
}
