import { readFile } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import type { Attachment } from '@parley/core'
import { TranscriptInvalidError } from './transcript-errors.ts'

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

/** Content types by the ends of names. */
const EXTENSIONS: Record<string, string> = {
  '.bmp': 'image/bmp',
  '.gif': 'image/gif',
  '.htm': 'text/html',
  '.html': 'text/html',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.wav': 'audio/wav',
  '.webm': 'video/webm',
  '.webp': 'image/webp',
}

/**
 * What `[Attachment=path contentType]` attaches: an address as it is, a card or other JSON as content, any other file as a
 * `data:` address.
 *
 * @param file - The chat; paths are relative to it.
 * @throws {@link TranscriptInvalidError} `TESTING_TRANSCRIPT_INVALID`
 */
export async function readChatAttachment(argument: string, file: string, place: string): Promise<Attachment> {
  const { path, contentType } = splitArgument(argument, place)
  if (/^(https?|data):/i.test(path)) return { contentType, contentUrl: path }
  const bytes = await readAttached(resolve(dirname(file), path.replaceAll('\\', '/')), path, place)
  const isJson = contentType === EXTENSIONS['.json'] || contentType.startsWith('application/vnd.microsoft.card.')
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
  const contentType = given ?? EXTENSIONS[extname(path.replace(/[?#].*$/, '')).toLowerCase()]
  if (path && contentType) return { path, contentType }
  throw new TranscriptInvalidError(place, `[Attachment=${argument}] needs a content type: [Attachment=<path> <type>].`)
}

async function readAttached(absolute: string, path: string, place: string): Promise<Buffer> {
  try {
    return await readFile(absolute)
  } catch (cause) {
    throw new TranscriptInvalidError(place, `the attached file ${path} cannot be read.`, { cause })
  }
}
