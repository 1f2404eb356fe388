import type { Activity } from '@parley/core'
import type { IAttachment } from '../contracts/cards.ts'
import type { IChatConnectorAddress, IMessage } from '../contracts/events.ts'

const KEYBOARD = 'application/vnd.microsoft.keyboard'
const HERO_CARD = 'application/vnd.microsoft.card.hero'

/** A message of the bot, as channels take it. Where it goes is in its address. */
export function activityOfMessage(message: IMessage): Partial<Activity> {
  const { agent: _agent, source: _source, user: _user, timestamp: _timestamp, ...more } = message
  const { sourceEvent, address, textLocale, attachments, ...rest } = more
  const { bot: from, user: recipient } = address as IChatConnectorAddress
  const activity = {
    ...rest,
    ...(attachments === undefined ? {} : { attachments: attachments.map(withoutKeyboard) }),
    ...(textLocale ? { locale: textLocale } : {}),
    ...(sourceEvent === undefined ? {} : { channelData: sourceEvent as unknown }),
    localTimestamp: message.localTimestamp ?? new Date().toISOString(),
    from,
    recipient,
  }
  return activity as unknown as Partial<Activity>
}

/** No channel knows buttons without a card. */
function withoutKeyboard(attachment: IAttachment): IAttachment {
  return attachment.contentType === KEYBOARD ? { ...attachment, contentType: HERO_CARD } : attachment
}
