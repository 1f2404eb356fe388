import type { IncomingMessage } from 'node:http'
import { requireBot } from '../connector/bot-access.ts'
import type { ConversationCall } from '../connector/bot-call.ts'
import { answerPreflight, withCors } from '../direct-line/cors.ts'
import { ApiError, badArgument, badSyntax, missingProperty } from '../http/api-error.ts'
import { param, sendJson } from '../http/exchange.ts'
import { parseByteRange } from '../http/byte-range.ts'
import type { Exchange } from '../http/exchange.ts'
import type { OriginPolicy } from '../http/origin-policy.ts'
import { readJson } from '../http/read-body.ts'
import type { Routes } from '../http/routes.ts'
import type { AccessTokens } from '../identity/access-tokens.ts'
import type { Conversations } from '../conversations/conversations.ts'
import type { AttachmentRecord } from '../store/attachment-store.ts'
import type { Attachments, UploadedFile } from './attachments.ts'
import { attachmentDisposition } from './file-name.ts'
import { servedType } from './media-type.ts'

export interface AttachmentServices {
  readonly attachments: Attachments
  readonly conversations: Conversations
  readonly accessTokens: AccessTokens
  readonly origins: OriginPolicy
}

/** Base64 takes four characters for three bytes; beside it the body has names and types. */
const CHARS_PER_BYTE = 4 / 3
const ENVELOPE_CHARS = 16 * 1024

/** Nothing of a file runs, whatever it is and however it was opened. */
const SAFETY_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // What an address names never changes.
  'Cache-Control': 'private, max-age=86400, immutable',
} as const

/** C14 and C15: what is known of files, and the files. */
export function addAttachmentRoutes(routes: Routes, services: AttachmentServices): void {
  routes.add('GET', '/v3/attachments/:attachmentId', (exchange) => sendInfo(exchange, services))
  const view = '/v3/attachments/:attachmentId/views/:viewId'
  const answer = withCors(services.origins, (exchange) => sendView(exchange, services))
  routes.add('GET', view, answer)
  // Players of audio and video ask before they fetch parts. Node leaves the body out.
  routes.add('HEAD', view, answer)
  routes.add('OPTIONS', view, answerPreflight(services.origins))
}

/** C13: a bot keeps a file in a conversation of its own. */
export async function uploadAttachment({ exchange, conversation, services }: ConversationCall): Promise<void> {
  const { attachments } = services
  const maxChars = Math.ceil(attachments.maxUploadBytes * CHARS_PER_BYTE) + ENVELOPE_CHARS
  const file = parseAttachmentData(await readJson(exchange.request, maxChars))
  if (file.bytes.length + (file.thumbnail?.length ?? 0) > attachments.maxUploadBytes) {
    throw new ApiError(413, 'MessageSizeTooBig', `The upload is larger than ${attachments.maxUploadBytes} bytes.`)
  }
  const { id } = attachments.add(conversation.id, file)
  sendJson(exchange.response, 201, { id })
}

function sendInfo(exchange: Exchange, { attachments, conversations, accessTokens }: AttachmentServices): void {
  const bot = requireBot(exchange, accessTokens)
  const record = attachments.find(param(exchange, 'attachmentId'))
  // Another bot's is as one that does not exist: an id of a file is all it takes to read it.
  if (!record || conversations.get(record.conversationId)?.botId !== bot.appId) throw attachmentNotFound()
  sendJson(exchange.response, 200, infoOf(record))
}

/** Needs no bearer, because a browser's `<img>` cannot send one: the address, which nobody can guess, is the permission. */
function sendView(exchange: Exchange, { attachments }: AttachmentServices): void {
  const { request, response } = exchange
  const record = attachments.find(param(exchange, 'attachmentId'))
  const view = record && attachments.read(record, param(exchange, 'viewId'))
  if (!record || !view) throw attachmentNotFound()
  const etag = `"${view.hash}"`
  for (const [name, value] of Object.entries({ ...SAFETY_HEADERS, ETag: etag })) response.setHeader(name, value)
  if (isKnown(request, etag)) {
    response.statusCode = 304
    response.end()
    return
  }
  const range = parseByteRange(rangeOf(request, etag), view.bytes.length)
  const bytes = range ? view.bytes.subarray(range.first, range.last + 1) : view.bytes
  response.writeHead(range ? 206 : 200, {
    'Content-Type': servedType(record.contentType),
    'Content-Length': bytes.length,
    'Content-Disposition': attachmentDisposition(record.name),
    'Accept-Ranges': 'bytes',
    ...(range ? { 'Content-Range': `bytes ${range.first}-${range.last}/${view.bytes.length}` } : {}),
  })
  response.end(bytes)
}

/** Who has a part of something else wants the whole. */
function rangeOf({ method, headers }: IncomingMessage, etag: string): string | undefined {
  const condition = headers['if-range']
  return method === 'GET' && (condition === undefined || condition === etag) ? headers.range : undefined
}

/** A cache may have several, and mark them as weak. */
function isKnown({ headers }: IncomingMessage, etag: string): boolean {
  const known = (headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(etag) || known.includes('*')
}

function infoOf({ name, contentType, views }: AttachmentRecord): object {
  return { name, type: contentType, views: views.map(({ viewId, size }) => ({ viewId, size })) }
}

function parseAttachmentData(body: unknown): UploadedFile {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badSyntax('The body must be a file.')
  const { type, name, originalBase64, thumbnailBase64 } = body as Record<string, unknown>
  if (typeof type !== 'string' || type === '') throw missingProperty('type')
  if (typeof originalBase64 !== 'string' || originalBase64 === '') throw missingProperty('originalBase64')
  const thumbnail = typeof thumbnailBase64 === 'string' && thumbnailBase64 !== '' ? thumbnailBase64 : undefined
  return {
    name: typeof name === 'string' ? name : undefined,
    contentType: type,
    bytes: decodeBase64(originalBase64, 'originalBase64'),
    ...(thumbnail === undefined ? {} : { thumbnail: decodeBase64(thumbnail, 'thumbnailBase64') }),
  }
}

/** Node leaves out what is no base64; a damaged file is better refused. */
function decodeBase64(text: string, property: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, '')) {
    throw badArgument(`${property} is not base64.`)
  }
  return bytes
}

function attachmentNotFound(): ApiError {
  return new ApiError(404, 'AttachmentNotFound', 'The attachment or its view does not exist.')
}
