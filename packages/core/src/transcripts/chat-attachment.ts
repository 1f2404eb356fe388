import type { Attachment } from '../attachments.ts'
import { contentTypeOf } from './content-type-of.ts'
import { TranscriptInvalidError } from './transcript-invalid-error.ts'

/** Short names of content types. */
const SHORTCUTS: Record<string, string> = {
  adaptivecard: 'application/vnd.microsoft.card.adaptive',
  animation: 'application/vnd.microsoft.card.animation',
  audio: 'application/vnd.microsoft.card.audio',
  hero: 'application/vnd.microsoft.card.hero',
  receipt: 'application/vnd.microsoft.card.receipt',
  signin: 'application/vnd.microsoft.card.signin',
  thumbnail: 'application/vnd.microsoft.card.thumbnail',
  video: 'application/vnd.microsoft.card.video',
}

/** The content of a file, such as a `Buffer`. */
export interface AttachedFile {
  toString(encoding: 'utf8' | 'base64'): string
}

/** Reads a file that a chat attaches. The path is as in the chat, with `/` between folders, and relative to the chat. */
export type ReadAttached = (path: string) => Promise<AttachedFile>

/**
 * What `[Attachment=path contentType]` attaches: an address as it is, a card or other JSON as content, any other file as a
 * `data:` address.
 *
 * @throws {@link TranscriptInvalidError} `CORE_TRANSCRIPT_INVALID`
 */
export async function readChatAttachment(
  argument: string,
  readAttached: ReadAttached,
  place: string,
): Promise<Attachment> {
  const { path, contentType } = splitArgument(argument, place)
  if (/^(https?|data):/i.test(path)) return { contentType, contentUrl: path }
  const bytes = await readOrRefuse(readAttached, path, place)
  const isJson = contentType === 'application/json' || contentType.startsWith('application/vnd.microsoft.card.')
  if (!isJson) return { contentType, contentUrl: `data:${contentType};base64,${bytes.toString('base64')}` }
  try {
    return { contentType, content: JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')) }
  } catch (cause) {
    throw new TranscriptInvalidError(place, `the attached file ${path} is no JSON.`, { cause })
  }
}

function splitArgument(argument: string, place: string): { path: string; contentType: string } {
  const unquoted = argument.replaceAll('"', '').trim()
  const [, first = unquoted, last = ''] = /^(.*\S)\s+(\S+)$/s.exec(unquoted) ?? []
  const given = SHORTCUTS[last.toLowerCase()] ?? (/^[\w.+-]+\/[\w.+-]+$/.test(last) ? last : undefined)
  const path = given ? first : unquoted
  const contentType = given ?? contentTypeOf(path.replace(/[?#].*$/, ''))
  if (path && contentType) return { path, contentType }
  throw new TranscriptInvalidError(place, `[Attachment=${argument}] needs a content type: [Attachment=<path> <type>].`)
}

async function readOrRefuse(readAttached: ReadAttached, path: string, place: string): Promise<AttachedFile> {
  try {
    return await readAttached(path.replaceAll('\\', '/'))
  } catch (cause) {
    throw new TranscriptInvalidError(place, `the attached file ${path} cannot be read.`, { cause })
  }
}
