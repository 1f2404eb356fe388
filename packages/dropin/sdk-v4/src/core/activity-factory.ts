import { ActionTypes, ActivityTypes, CardFactory, MessageFactory } from '@parley/core'
import type { Activity, Attachment, CardAction, OpenValue } from '@parley/core'
import { ACTIVITY, ATTACHMENT, CARD, CARD_ACTION } from './activity-factory-properties.ts'

type Structure = { [property: string]: OpenValue }

const CARD_TYPES: ReadonlyMap<string, string> = new Map([
  ['herocard', CardFactory.contentTypes.heroCard],
  ['thumbnailcard', CardFactory.contentTypes.thumbnailCard],
  ['audiocard', CardFactory.contentTypes.audioCard],
  ['videocard', CardFactory.contentTypes.videoCard],
  ['animationcard', CardFactory.contentTypes.animationCard],
  ['signincard', CardFactory.contentTypes.signinCard],
  ['oauthcard', CardFactory.contentTypes.oauthCard],
  ['receiptcard', CardFactory.contentTypes.receiptCard],
])

/** Makes activities of what language generation returns: texts, and structures that say by `lgType` what they are. */
export class ActivityFactory {
  /**
   * The activity for `lgResult`: an `Activity` structure as it says, a card or attachment as a message with it, anything else as
   * a message with its text. Names of properties may be written in any case.
   */
  static fromObject(lgResult: OpenValue): Partial<Activity> {
    if (lgResult === undefined || lgResult === null) return { type: ActivityTypes.Message }
    if (typeof lgResult === 'string') return ActivityFactory.buildActivityFromText(lgResult.trim())
    const type = typeOf(lgResult)
    if (type === 'activity') return ActivityFactory.buildActivity(lgResult)
    if (type === 'attachment' || CARD_TYPES.has(type)) return MessageFactory.attachment(toAttachment(lgResult))
    return ActivityFactory.buildActivityFromText(JSON.stringify(lgResult))
  }

  private static buildActivityFromText(text: string): Partial<Activity> {
    return text ? { type: ActivityTypes.Message, text, speak: text } : { type: ActivityTypes.Message }
  }

  private static buildActivity(structure: Structure): Partial<Activity> {
    const activity: Structure = { type: ActivityTypes.Message }
    for (const [property, value] of propertiesOf(structure, ACTIVITY)) {
      if (property === 'attachments') activity[property] = toList(value).map(toAttachment)
      else if (property === 'suggestedActions') activity[property] = { actions: toActions(value), to: [] }
      else activity[property] = value
    }
    return activity
  }
}

function toAttachment(structure: Structure): Attachment {
  const type = typeOf(structure)
  if (CARD_TYPES.has(type)) return { contentType: CARD_TYPES.get(type) as string, content: toCard(structure, type) }
  if (type === 'adaptivecard') return CardFactory.adaptiveCard(structure)
  if (type === 'attachment') return toPlainAttachment(structure)
  return { contentType: type, content: structure }
}

function toPlainAttachment({ lgType, ...structure }: Structure): Attachment {
  const attachment: Structure = { contentType: '', lgType }
  for (const [property, value] of propertiesOf(structure, ATTACHMENT)) {
    attachment[property] = property === 'contentType' ? toContentType(value) : value
  }
  return attachment as Attachment
}

function toContentType(value: string): string {
  const type = value.toLowerCase()
  return CARD_TYPES.get(type) ?? (type === 'adaptivecard' ? CardFactory.contentTypes.adaptiveCard : value)
}

function toCard({ lgType, ...structure }: Structure, type: string): Structure {
  const hasImages = type === 'herocard' || type === 'thumbnailcard'
  const card: Structure = lgType === undefined ? {} : { lgType }
  for (const [property, value] of propertiesOf(structure, CARD)) {
    switch (property) {
      case 'tap':
        card['tap'] = toAction(value)
        break
      case 'image':
      case 'images':
        if (hasImages) (card['images'] ??= []).push(...toList(value).map(toLink))
        else card['image'] = toLink(value)
        break
      case 'media':
        ;(card['media'] ??= []).push(...toList(value).map(toLink))
        break
      case 'buttons':
        card['buttons'] = toActions(value)
        break
      case 'autostart':
      case 'autoloop':
      case 'shareable':
        card[property] = toBoolean(value)
        break
      default:
        card[property] = value
    }
  }
  return card
}

function toActions(value: OpenValue): CardAction[] {
  return toList(value).map(toAction)
}

function toAction(action: string | Structure): CardAction {
  if (typeof action === 'string') {
    return { type: ActionTypes.ImBack, value: action, title: action, channelData: undefined }
  }
  if (typeOf(action) !== 'cardaction') return action as unknown as CardAction
  const { lgType: _, ...structure } = action
  return Object.assign(
    { type: ActionTypes.ImBack },
    Object.fromEntries(propertiesOf(structure, CARD_ACTION)),
  ) as CardAction
}

function toLink(value: OpenValue): { url: string } {
  return typeof value === 'string' ? { url: value } : value
}

function toList(value: OpenValue): OpenValue[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

function toBoolean(value: OpenValue): OpenValue {
  const text = typeof value === 'string' ? value.toLowerCase() : value
  if (text === 'true') return true
  return text === 'false' ? false : value
}

function typeOf(structure: OpenValue): string {
  if (typeof structure !== 'object' || structure === null) return ''
  const type: unknown = structure.lgType ?? structure.type
  return typeof type === 'string' ? type.trim().toLowerCase() : ''
}

/** The properties without `lgType`, the known ones in the case they are defined in. */
function propertiesOf(structure: Structure, known: ReadonlyMap<string, string>): [string, OpenValue][] {
  return Object.entries(structure)
    .filter(([property]) => property !== 'lgType')
    .map(([property, value]) => [known.get(property.toLowerCase()) ?? property, value])
}
