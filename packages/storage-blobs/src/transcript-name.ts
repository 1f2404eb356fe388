import { v4BlobName } from './blob-name.ts'
import { wellFormed } from './well-formed.ts'

/** What the name of the blob of an activity says. */
export interface TranscriptNameParts {
  readonly channelId: string
  readonly conversationId: string
  /** When it was said. */
  readonly at: Date
  /** Of the activity. */
  readonly id: string
}

/** Ticks of 100 ns at 1970, counted from the year 1. */
const TICKS_AT_1970 = 621_355_968_000_000_000
const TICKS_PER_MS = 10_000

/** Channels have no slash; conversations and activities may. */
const NAME = /^([^/]*)\/(.+?)\/([\da-f]{15})-.*$/s

/**
 * `<channel>/<conversation>/<ticks in hexadecimal>-<id>.json`, URI-encoded as a whole, or, when `decoded`, as it is. Names
 * sort by time.
 */
export function transcriptBlobName(
  { channelId, conversationId, at, id }: TranscriptNameParts,
  decoded = false,
): string {
  const ticks = (at.getTime() * TICKS_PER_MS + TICKS_AT_1970).toString(16)
  const encoded = v4BlobName(wellFormed(`${channelId}/${conversationId}/${ticks}-${id}.json`)) as string
  return decoded ? decodedName(encoded) : encoded
}

/** How names of blobs of a channel, or of a conversation, begin: encoded and decoded. Other conversations may begin alike. */
export function transcriptPrefixes(channelId: string, conversationId?: string): string[] {
  const path = v4BlobName(wellFormed(conversationId === undefined ? channelId : `${channelId}/${conversationId}`)) ?? ''
  return [`${path}%2F`, `${decodedName(path)}/`]
}

/** A conversation as the names of its blobs have it: as a path in its shortest form. */
export function conversationInNames(channelId: string, conversationId: string): string | undefined {
  const name = transcriptBlobName({ channelId, conversationId, at: new Date(0), id: '' })
  return partsOfTranscriptName(name)?.conversationId
}

/**
 * @returns `undefined`: it is not the name of an activity. `at` is in milliseconds since 1970.
 */
export function partsOfTranscriptName(
  name: string,
): { readonly channelId: string; readonly conversationId: string; readonly at: number } | undefined {
  const [, channelId, conversationId, ticks] = NAME.exec(name.includes('/') ? name : decodedName(name)) ?? []
  if (channelId === undefined || conversationId === undefined || ticks === undefined) return undefined
  return { channelId, conversationId, at: Math.round((Number.parseInt(ticks, 16) - TICKS_AT_1970) / TICKS_PER_MS) }
}

/** Cut names may end in the middle of a character. */
function decodedName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
