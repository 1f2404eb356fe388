import type { IncomingMessage } from 'node:http'
import type { UploadedFile } from '../attachments/attachments.ts'
import { parseMediaType } from '../attachments/media-type.ts'
import { boundaryOf, dispositionParameter, parseMultipart } from '../attachments/multipart.ts'
import type { Part } from '../attachments/multipart.ts'
import { checkWireActivity } from '../conversations/check-wire-activity.ts'
import type { WireActivity } from '../conversations/wire-activity.ts'
import { badArgument, messageTooBig } from '../http/api-error.ts'
import { MAX_BODY_CHARS, decodeUtf8, parseJson } from '../http/read-body.ts'

/** What a client uploads: files, and perhaps the activity they belong to. */
export interface Upload {
  readonly activity?: WireActivity
  readonly files: readonly UploadedFile[]
}

/** Type of the part that is the activity. */
const ACTIVITY_TYPE = 'application/vnd.microsoft.activity'

/** An activity and its files. */
const MAX_PARTS = 21

/** Reads the body of an upload: one file, or a form of files and an activity. @throws ApiError 400 or 413. */
export function parseUpload({ headers }: IncomingMessage, body: Buffer): Upload {
  const contentType = headers['content-type'] ?? ''
  if (parseMediaType(contentType) === 'multipart/form-data') {
    return fromParts(parseMultipart(body, boundaryOf(contentType), MAX_PARTS))
  }
  if (body.length === 0) throw badArgument('The upload has no file.')
  const disposition = headers['content-disposition']
  // Node reads header fields as Latin-1; names of files are sent in UTF-8.
  const name = dispositionParameter(disposition && Buffer.from(disposition, 'latin1').toString('utf8'), 'filename')
  return { files: [{ name, contentType, bytes: body }] }
}

function fromParts(parts: readonly Part[]): Upload {
  const isActivity = ({ headers }: Part): boolean => parseMediaType(headers.get('content-type')) === ACTIVITY_TYPE
  const [activity, ...more] = parts.filter(isActivity)
  if (more.length > 0) throw badArgument('An upload may have one activity.')
  const files = parts.filter((part) => !isActivity(part)).map(fileOf)
  if (!activity && files.length === 0) throw badArgument('The upload has neither a file nor an activity.')
  return { ...(activity ? { activity: activityOf(activity) } : {}), files }
}

function fileOf({ headers, bytes }: Part): UploadedFile {
  const name = dispositionParameter(headers.get('content-disposition'), 'filename')
  return { name, contentType: headers.get('content-type'), bytes }
}

function activityOf({ bytes }: Part): WireActivity {
  const text = decodeUtf8(bytes)
  if (text.length > MAX_BODY_CHARS) throw messageTooBig(MAX_BODY_CHARS)
  return checkWireActivity(parseJson(text))
}
