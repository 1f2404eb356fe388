import type { ReadAttached } from './chat-attachment.ts'
import { parseChat } from './parse-chat.ts'
import { parseTranscript } from './parse-transcript.ts'
import type { TranscriptEntry } from './transcript-entry.ts'
import { TranscriptInvalidError } from './transcript-invalid-error.ts'

/**
 * Reads the content of a file that holds a conversation; the end of its name says how.
 *
 * - `.transcript` or `.json`: a JSON array of activities, or an object with such an array as `transcript` or `activities`;
 * - `.chat`: a conversation written by hand, in the format of Chatdown.
 *
 * @param name - Of the file, without its folder; errors begin with it.
 * @param readAttached - Reads what a chat attaches.
 * @throws {@link TranscriptInvalidError} `CORE_TRANSCRIPT_INVALID`: another kind of file, or it says what nobody understands.
 */
export async function parseConversation(
  text: string,
  name: string,
  readAttached: ReadAttached,
): Promise<TranscriptEntry[]> {
  const content = text.replace(/^\uFEFF/, '')
  if (/\.chat$/i.test(name)) return parseChat(content, { name, readAttached })
  if (/\.(transcript|json)$/i.test(name)) return parseTranscript(content, name)
  throw new TranscriptInvalidError(name, 'the name of a transcript ends with .transcript, .json or .chat.')
}
