import { viewUrl } from '../attachments/attachments.ts'
import type { Attachments, UploadedFile } from '../attachments/attachments.ts'
import { senderOf } from '../conversations/activities-for-bots.ts'
import { requireOpen } from '../conversations/conversations.ts'
import type { WireActivity } from '../conversations/wire-activity.ts'
import { badArgument } from '../http/api-error.ts'
import { readBytes } from '../http/read-body.ts'
import { postToBot } from './activity-routes.ts'
import type { DirectLineCall } from './direct-line-call.ts'
import { parseUpload } from './parse-upload.ts'

/** A file's place in an activity, as far as the service knows its fields. */
interface WireAttachment {
  readonly name?: string
  readonly contentUrl?: string
  readonly thumbnailUrl?: string
  readonly content?: unknown
  readonly [field: string]: unknown
}

const DATA_URL = /^data:image\/[a-z0-9.+-]+;base64,([A-Za-z0-9+/]+={0,2})$/

/** `POST upload`: keeps the files and posts a message with their addresses; answered when the bot has answered. */
export async function uploadFiles(call: DirectLineCall): Promise<void> {
  const { exchange, services } = call
  const { access, conversations, attachments } = services
  const grant = access.authorize(exchange)
  const conversation = access.conversationOf(exchange, grant, conversations)
  requireOpen(conversation)
  const { activity, files } = parseUpload(
    exchange.request,
    await readBytes(exchange.request, attachments.maxUploadBytes),
  )
  const message = from(activity ?? { type: 'message' }, exchange.query.get('userId'))
  // Before anything is kept for it.
  senderOf(message, grant.kind === 'token' ? grant.claims.user : undefined)
  const keep = (file: UploadedFile, given: WireAttachment): WireAttachment =>
    keepFile(attachments, { conversationId: conversation.id, origin: exchange.origin }, file, given)
  await postToBot(call, grant, conversation, { ...message, attachments: place(files, attachmentsOf(message), keep) })
}

/** The address names the user for whom nothing else does. */
function from(activity: WireActivity, userId: string | null): WireActivity {
  return userId === null || userId === '' ? activity : { ...activity, from: { ...activity.from, id: userId } }
}

function attachmentsOf({ attachments }: WireActivity): readonly WireAttachment[] {
  const isList = Array.isArray(attachments) && attachments.every((one) => typeof one === 'object' && one !== null)
  if (attachments !== undefined && attachments !== null && !isList) throw badArgument('attachments must be a list.')
  return isList ? attachments : []
}

/** Gives every file the attachment of its name that has no content yet, else the next such one, else one of its own. */
function place(
  files: readonly UploadedFile[],
  given: readonly WireAttachment[],
  keep: (file: UploadedFile, given: WireAttachment) => WireAttachment,
): readonly WireAttachment[] {
  const placed = [...given]
  const open = given.flatMap((attachment, index) => (isOpen(attachment) ? [index] : []))
  for (const file of files) {
    const ofItsName = open.findIndex((index) => given[index]?.name === file.name)
    const [index] = open.splice(Math.max(0, ofItsName), 1)
    if (index === undefined) placed.push(keep(file, {}))
    else placed[index] = keep(file, given[index] ?? {})
  }
  return placed
}

function isOpen({ contentUrl, content }: WireAttachment): boolean {
  return (contentUrl ?? content ?? undefined) === undefined
}

/** A small picture that the client has put into the activity is kept as a file too: activities are no place for bytes. */
function keepFile(
  attachments: Attachments,
  { conversationId, origin }: { readonly conversationId: string; readonly origin: string },
  file: UploadedFile,
  given: WireAttachment,
): WireAttachment {
  const { thumbnailUrl, ...kept } = given
  const picture = typeof thumbnailUrl === 'string' ? DATA_URL.exec(thumbnailUrl)?.[1] : undefined
  const thumbnail = picture === undefined ? undefined : Buffer.from(picture, 'base64')
  const { id, name, contentType } = attachments.add(conversationId, { ...file, ...(thumbnail ? { thumbnail } : {}) })
  return {
    contentType,
    name,
    ...kept,
    contentUrl: viewUrl(origin, id, 'original'),
    ...(thumbnail ? { thumbnailUrl: viewUrl(origin, id, 'thumbnail') } : {}),
  }
}
