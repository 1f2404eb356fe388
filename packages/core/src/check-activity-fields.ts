import { BODY_REFUSALS, type BodyRefusalCode } from './body-refusals.ts'
import { InboundRefusedError } from './errors.ts'

type Fields = Record<string, unknown>
/** Throws unless `value`, which is neither `null` nor `undefined`, has the kind that belongs at `path`. */
type KindCheck = (value: unknown, path: string) => void

/**
 * Checks that every known field has the JSON kind the protocol gives it (A2003), down into accounts, attachments, entities and
 * suggested actions. Values are not judged, inner fields may be missing or `null`, unknown fields are not looked at.
 *
 * A known field of the activity that is `null` is removed: it means the same as a missing one, and code that reads it should
 * not have to know both.
 *
 * @param activity - Changed in place.
 * @throws {@link InboundRefusedError} with the code that belongs to the field, mostly `BODY_SCHEMA`.
 */
export function checkActivityFields(activity: Fields): void {
  for (const field of Object.keys(activity)) {
    const check = KIND_CHECKS.get(field)
    if (check === undefined) continue
    const value = activity[field]
    if (value === null) delete activity[field]
    else if (value !== undefined) check(value, field)
  }
}

/** The fields whose kind is fixed. `value` and `channelData` may be anything; `callerId` is not taken from the wire. */
const KIND_CHECKS: ReadonlyMap<string, KindCheck> = new Map(
  Object.entries<KindCheck>({
    type: text('BODY_TYPE'),
    id: text(),
    timestamp: text('BODY_DATE'),
    localTimestamp: text('BODY_DATE'),
    expiration: text('BODY_DATE'),
    rawTimestamp: text(),
    rawLocalTimestamp: text(),
    rawExpiration: text(),
    localTimezone: text(),
    serviceUrl: text('BODY_SERVICEURL'),
    channelId: text('BODY_CHANNEL'),
    from: checkAccount,
    conversation: checkConversation,
    recipient: checkAccount,
    textFormat: text(),
    attachmentLayout: text(),
    membersAdded: listOf(checkAccount),
    membersRemoved: listOf(checkAccount),
    reactionsAdded: listOf(checkReaction),
    reactionsRemoved: listOf(checkReaction),
    topicName: text(),
    historyDisclosed: checkFlag,
    locale: text(),
    text: text(),
    speak: text(),
    inputHint: text(),
    summary: text(),
    suggestedActions: checkSuggestedActions,
    attachments: listOf(checkAttachment),
    entities: listOf(checkEntity),
    action: text(),
    replyToId: text(),
    label: text(),
    valueType: text(),
    name: text(),
    // Only passed on: its inside is the business of the code that reads it.
    relatesTo: checkObject,
    code: text(),
    importance: text(),
    deliveryMode: text(),
    listenFor: listOf(text()),
    textHighlights: listOf(checkHighlight),
    semanticAction: checkSemanticAction,
  }),
)

function checkAccount(value: unknown, path: string): void {
  const { id, name, aadObjectId, role } = fieldsOf(value, path)
  if (isText(id) && isText(name) && isText(aadObjectId) && isText(role)) return
  throw wrongKind(path, 'an account whose id, name, aadObjectId and role are strings')
}

function checkConversation(value: unknown, path: string): void {
  const { id, name, conversationType, tenantId, aadObjectId, role, isGroup } = fieldsOf(
    value,
    path,
    'BODY_CONVERSATION',
  )
  if (!isText(id)) throw wrongKind(`${path}.id`, 'a string', 'BODY_CONVERSATION')
  if (isNullish(isGroup) || typeof isGroup === 'boolean') {
    if (isText(name) && isText(conversationType) && isText(tenantId) && isText(aadObjectId) && isText(role)) return
  }
  throw wrongKind(path, 'a conversation whose fields are strings, and isGroup a boolean')
}

function checkAttachment(value: unknown, path: string): void {
  const { contentType, contentUrl, name, thumbnailUrl } = fieldsOf(value, path)
  if (isText(contentType) && isText(contentUrl) && isText(name) && isText(thumbnailUrl)) return
  throw wrongKind(path, 'an attachment whose contentType, contentUrl, name and thumbnailUrl are strings')
}

function checkEntity(value: unknown, path: string): void {
  if (!isText(fieldsOf(value, path)['type'])) throw wrongKind(`${path}.type`, 'a string')
}

function checkReaction(value: unknown, path: string): void {
  if (!isText(fieldsOf(value, path)['type'])) throw wrongKind(`${path}.type`, 'a string')
}

function checkSuggestedActions(value: unknown, path: string): void {
  const { to, actions } = fieldsOf(value, path)
  if (!isNullish(to)) listOf(text())(to, `${path}.to`)
  if (!isNullish(actions)) listOf(checkCardAction)(actions, `${path}.actions`)
}

function checkCardAction(value: unknown, path: string): void {
  const { type, title, image, imageAltText, text: sent, displayText } = fieldsOf(value, path)
  if ([type, title, image, imageAltText, sent, displayText].every(isText)) return
  throw wrongKind(path, 'an action whose type, title, image, imageAltText, text and displayText are strings')
}

function checkSemanticAction(value: unknown, path: string): void {
  const { id, state, entities } = fieldsOf(value, path)
  if (!isText(id) || !isText(state)) throw wrongKind(path, 'a semantic action whose id and state are strings')
  if (!isNullish(entities)) checkObject(entities, `${path}.entities`)
}

function checkHighlight(value: unknown, path: string): void {
  const { text: highlighted, occurrence } = fieldsOf(value, path)
  if (isText(highlighted) && (isNullish(occurrence) || typeof occurrence === 'number')) return
  throw wrongKind(path, 'a highlight whose text is a string and occurrence a number')
}

function checkFlag(value: unknown, path: string): void {
  if (typeof value !== 'boolean') throw wrongKind(path, 'a boolean')
}

function checkObject(value: unknown, path: string): void {
  fieldsOf(value, path)
}

function text(code?: BodyRefusalCode): KindCheck {
  return (value, path) => {
    if (typeof value !== 'string') throw wrongKind(path, 'a string', code)
  }
}

function listOf(checkItem: KindCheck): KindCheck {
  return (value, path) => {
    if (!Array.isArray(value)) throw wrongKind(path, 'an array')
    for (const item of value) checkItem(item, `${path}[]`)
  }
}

function fieldsOf(value: unknown, path: string, code?: BodyRefusalCode): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongKind(path, 'an object', code)
  return value as Fields
}

function isNullish(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || isNullish(value)
}

/** Names the field and the kind, never the value: the message goes into logs. */
function wrongKind(path: string, kind: string, code: BodyRefusalCode = 'BODY_SCHEMA'): InboundRefusedError {
  return new InboundRefusedError(
    BODY_REFUSALS[code],
    `The activity's "${path}" is not ${kind}. The sender must correct it.`,
  )
}
