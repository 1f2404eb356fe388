import type { Activity } from './activity.ts'
import { ActivityTypes } from './activity-constants.ts'
import { BODY_REFUSALS, type BodyRefusalCode } from './body-refusals.ts'
import { checkActivityFields } from './check-activity-fields.ts'
import { checkJsonDepth } from './check-json-depth.ts'
import { checkJsonTree } from './check-json-tree.ts'
import { InboundRefusedError } from './errors.ts'
import { isUrl } from './is-url.ts'
import { parseTimestamp } from './parse-timestamp.ts'

/** Characters of an id as an address writes it. Two of them fit into the headers that servers take. */
const MAX_ID_LENGTH = 6000
/** No id that is shorter can be too long: UTF-8 takes three bytes for a character of JavaScript, and each is written `%XX`. */
const SAFE_ID_LENGTH = MAX_ID_LENGTH / 9

/** What {@link parseActivity} demands and permits. */
export interface ParseActivityOptions {
  /** Largest accepted body in bytes of UTF-8; default 1 048 576 (1 MiB). Not applied to a body that is already parsed. */
  readonly maxBytes?: number
  /** Deepest accepted nesting, the activity itself being 1; default 64. Keep it below 1 000: the check is recursive. */
  readonly maxDepth?: number
  /**
   * - `inbound` (default): what a channel must send to a bot: `type`, `channelId`, `serviceUrl`, `conversation.id` and `from`;
   *   ids of at most 6000 characters once percent-encoded, and no places (`..`): replies name them in their address.
   * - `type`: a `type` alone, for programs that talk to a bot on their own machine.
   * - `none`: nothing, for activities that clients and bots send to a service, which adds the rest itself.
   */
  readonly required?: 'inbound' | 'type' | 'none'
}

/**
 * Reads an activity from the body of a request. This is the only way wire data becomes an {@link Activity}.
 *
 * Strict on shape, tolerant on content: a known field of the wrong JSON kind is refused; values nobody has heard of, missing
 * inner fields and unknown fields are kept, at every level and in order (keys that are whole numbers come first, as
 * `JSON.parse` has it).
 *
 * `null` in a known field of the activity means that it is missing. `timestamp`, `localTimestamp` and `expiration` become
 * dates; their text as received stays in `rawTimestamp`, `rawLocalTimestamp` and `rawExpiration`. `callerId` is dropped:
 * whoever verified the token sets it (A2251).
 *
 * @param input - The body, as bytes or as text; a byte order mark is ignored.
 * @throws {@link InboundRefusedError} one of {@link BODY_REFUSALS}.
 * @see https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md
 */
export function parseActivity(
  input: Uint8Array | string,
  options: ParseActivityOptions & { readonly required: 'none' },
): Partial<Activity>
export function parseActivity(input: Uint8Array | string, options?: ParseActivityOptions): Activity
export function parseActivity(input: Uint8Array | string, options: ParseActivityOptions = {}): Partial<Activity> {
  const { maxBytes = DEFAULT_MAX_BYTES, maxDepth = DEFAULT_MAX_DEPTH } = options
  const text = typeof input === 'string' ? boundedText(input, maxBytes) : decode(input, maxBytes)
  if (text.length > CHEAP_LENGTH) checkJsonDepth(text, maxDepth)
  const fields = asObject(parseJson(text))
  checkJsonTree(fields, maxDepth)
  return toActivity(fields, options)
}

/**
 * {@link parseActivity} for a body that the web host has parsed already.
 *
 * @param value - What `JSON.parse` returned; it is not changed. `maxBytes` does not apply: the host has read it.
 * @throws {@link InboundRefusedError} one of {@link BODY_REFUSALS}.
 */
export function activityFromJson(
  value: unknown,
  options: ParseActivityOptions & { readonly required: 'none' },
): Partial<Activity>
export function activityFromJson(value: unknown, options?: ParseActivityOptions): Activity
export function activityFromJson(value: unknown, options: ParseActivityOptions = {}): Partial<Activity> {
  const fields = asObject(value)
  // Before the copy: an assignment is what makes a key "__proto__" dangerous.
  checkJsonTree(fields, options.maxDepth ?? DEFAULT_MAX_DEPTH)
  // Spread would make an object that is slow to add to: two dates would cost a microsecond and a half.
  return toActivity(Object.assign({}, fields), options)
}

type Fields = Record<string, unknown>

const DEFAULT_MAX_BYTES = 1_048_576
const DEFAULT_MAX_DEPTH = 64
/** Texts up to this length are parsed without a look at them first: nothing they can hold takes long. */
const CHEAP_LENGTH = 4096
const UTF8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Uint8Array, maxBytes: number): string {
  if (bytes.byteLength > maxBytes) throw tooLarge(maxBytes)
  try {
    return UTF8.decode(bytes)
  } catch {
    throw refused('BODY_UTF8', 'The body is not UTF-8. Send JSON in UTF-8.')
  }
}

function boundedText(text: string, maxBytes: number): string {
  // A UTF-16 unit takes one to three bytes of UTF-8: only texts near the limit need counting.
  if (text.length > maxBytes) throw tooLarge(maxBytes)
  if (text.length * 3 > maxBytes && new TextEncoder().encode(text).byteLength > maxBytes) throw tooLarge(maxBytes)
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The SyntaxError quotes the body, so it is not kept as the cause.
    throw refused('BODY_JSON', 'The body is not JSON. Send one activity as a JSON object.')
  }
}

function asObject(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw refused('BODY_SHAPE', 'The body is not a JSON object. Send one activity as a JSON object.')
}

/** @param fields - Becomes the result; changed in place, on its first level only. */
function toActivity(fields: Fields, { required = 'inbound' }: ParseActivityOptions): Activity {
  checkActivityFields(fields)
  checkType(fields['type'], required)
  if (required === 'inbound') checkInbound(fields)
  readDate(fields, 'timestamp', 'rawTimestamp')
  readDate(fields, 'localTimestamp', 'rawLocalTimestamp')
  readDate(fields, 'expiration', 'rawExpiration')
  if (fields['callerId'] !== undefined) delete fields['callerId']
  return fields as unknown as Activity
}

function checkType(type: unknown, required: 'inbound' | 'type' | 'none'): void {
  if (type === undefined && required === 'none') return
  if (!type) throw refused('BODY_TYPE', 'The activity has no "type". Every activity needs one, e.g. "message".')
  if (type === ActivityTypes.InvokeResponse) {
    throw refused(
      'BODY_TYPE_RESERVED',
      'The type "invokeResponse" only exists inside a bot. Answer the invoke instead.',
    )
  }
}

function checkInbound({ id, channelId, serviceUrl, conversation, from }: Fields): void {
  if (typeof channelId !== 'string' || channelId.trim() === '') {
    throw refused('BODY_CHANNEL', 'The activity has no "channelId". The sender must name its channel.')
  }
  if (typeof serviceUrl !== 'string' || !isUrl(serviceUrl)) {
    throw refused(
      'BODY_SERVICEURL',
      'The activity\'s "serviceUrl" is missing or no URL. Replies would have nowhere to go.',
    )
  }
  const conversationId = (conversation as Fields | undefined)?.['id']
  if (!conversationId || !isUsableId(conversationId)) {
    throw refused(
      'BODY_CONVERSATION',
      'The activity has no usable "conversation.id". The sender must name the conversation.',
    )
  }
  if (!isUsableId(id)) throw refused('BODY_SCHEMA', 'The activity\'s "id" is too long, or no name. Send a plain id.')
  if (from === undefined) throw refused('BODY_SCHEMA', 'The activity has no "from". The sender must name the account.')
}

/** Replies name these ids in their address, where `.` and `..` are places, and which has to fit into a request. */
function isUsableId(id: unknown): boolean {
  if (typeof id !== 'string') return true
  if (id === '.' || id === '..') return false
  return id.length <= SAFE_ID_LENGTH || encodedLength(id) <= MAX_ID_LENGTH
}

function encodedLength(id: string): number {
  return encodeURIComponent(id.replace(/\p{Surrogate}/gu, '?')).length
}

function readDate(fields: Fields, field: string, rawField: string): void {
  const raw = fields[field]
  if (typeof raw !== 'string') return
  const date = parseTimestamp(raw)
  if (!date) throw refused('BODY_DATE', `The activity's "${field}" is not a date. Send ISO 8601.`)
  fields[field] = date
  fields[rawField] = raw
}

function refused(code: BodyRefusalCode, message: string): InboundRefusedError {
  return new InboundRefusedError(BODY_REFUSALS[code], message)
}

function tooLarge(maxBytes: number): InboundRefusedError {
  return refused('BODY_SIZE', `The body is larger than ${maxBytes} bytes. Send less, or raise maxBytes.`)
}
