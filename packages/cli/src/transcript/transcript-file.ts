import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { ParleyError } from '@parley/core'
import { TranscriptInvalidError, parseConversation } from '@parley/core/internal'
import type { TranscriptEntry } from '@parley/core/internal'
import type { WireActivity } from '../direct-line/wire-activity.ts'

/** `CLI_FILE`: a file cannot be read or written. */
export class CliFileError extends ParleyError {
  static readonly code = 'CLI_FILE'
  readonly code: string = CliFileError.code
}

/** Longer transcripts are not read: with what is made of it, one of 100 MB takes most of a gigabyte. */
const MAX_BYTES = 100 * 1024 * 1024

const PIECE_LENGTH = 1024 * 1024

/**
 * Reads a `.transcript`, `.json` or `.chat` file.
 *
 * @throws TranscriptInvalidError `CORE_TRANSCRIPT_INVALID` with the place; {@link CliFileError} `CLI_FILE`.
 */
export async function readTranscriptFile(file: string): Promise<TranscriptEntry[]> {
  const name = basename(file)
  const text = await reading(file, async () => {
    const { size } = await stat(file)
    if (size > MAX_BYTES)
      throw new TranscriptInvalidError(name, `it is larger than ${MAX_BYTES / 1024 / 1024} MB; divide it.`)
    return readFile(file, 'utf8')
  })
  return parseConversation(text, name, (path) => readFile(resolve(dirname(file), path)))
}

/**
 * Writes a transcript: a JSON array with an activity per element, as the tools of the Bot Framework read it. The old file stays
 * until the new one is whole.
 *
 * @throws {@link CliFileError} `CLI_FILE`
 */
export async function writeTranscriptFile(file: string, activities: readonly WireActivity[]): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    await mkdir(dirname(file), { recursive: true })
    const handle = await open(temporary, 'w')
    try {
      // Piece by piece: a text of all of them would be as long as the transcript.
      let piece = '['
      for (const [index, activity] of activities.entries()) {
        const json = JSON.stringify(activity, undefined, 2).replaceAll('\n', '\n  ')
        piece += `${index === 0 ? '\n' : ',\n'}  ${json}`
        if (piece.length < PIECE_LENGTH) continue
        await handle.write(piece)
        piece = ''
      }
      await handle.write(`${piece}${activities.length === 0 ? '' : '\n'}]\n`)
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (cause) {
    await rm(temporary, { force: true })
    throw new CliFileError(
      `${file} cannot be written (${(cause as NodeJS.ErrnoException).code}); choose another place.`,
      { cause },
    )
  }
}

async function reading<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    if (ParleyError.isParleyError(cause)) throw cause
    throw new CliFileError(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code}); correct the path.`, {
      cause,
    })
  }
}
