import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { parseConversation } from '@parley/core/internal'
import type { TranscriptEntry } from '@parley/core/internal'

/**
 * Reads a conversation from a file.
 *
 * - `.transcript` or `.json`: a JSON array of activities, or an object with such an array as `transcript` or `activities`;
 * - `.chat`: a conversation written by hand, in the format of Chatdown. Files that it attaches are read, too.
 *
 * @throws TranscriptInvalidError `CORE_TRANSCRIPT_INVALID`: another kind of file, or it says what nobody understands.
 * @throws The error of the file system: the file cannot be read.
 */
export async function readTranscript(file: string): Promise<TranscriptEntry[]> {
  const text = await readFile(file, 'utf8')
  return parseConversation(text, basename(file), (path) => readFile(resolve(dirname(file), path)))
}
