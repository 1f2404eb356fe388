import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { parseChat } from './parse-chat.ts'
import { parseTranscript } from './parse-transcript.ts'
import type { TranscriptEntry } from './transcript-entry.ts'
import { TranscriptInvalidError } from './transcript-errors.ts'

/**
 * Reads a conversation from a file.
 *
 * - `.transcript` or `.json`: a JSON array of activities, or an object with such an array as `transcript` or `activities`;
 * - `.chat`: a conversation written by hand, in the format of Chatdown. Files that it attaches are read, too.
 *
 * @throws {@link TranscriptInvalidError} `TESTING_TRANSCRIPT_INVALID`: another kind of file, or it says what nobody understands.
 * @throws The error of the file system: the file cannot be read.
 */
export async function readTranscript(file: string): Promise<TranscriptEntry[]> {
  const extension = extname(file).toLowerCase()
  if (extension !== '.chat' && extension !== '.transcript' && extension !== '.json') {
    throw new TranscriptInvalidError(file, 'the name of a transcript ends with .transcript, .json or .chat.')
  }
  const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
  return extension === '.chat' ? parseChat(text, file) : parseTranscript(text, file)
}
