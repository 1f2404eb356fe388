import type { Activity } from '@parley/core'
import type { IChatConnectorAddress, IEvent } from '../contracts/events.ts'

/** An activity of a channel, as bots of SDK v3 see it. What they do not know stays where it is. */
export function eventOfActivity(activity: Activity): IEvent {
  const { id, channelId, serviceUrl, from, recipient, conversation, channelData, locale, ...more } = activity
  const address: IChatConnectorAddress = {
    ...(id === undefined ? {} : { id }),
    channelId,
    user: from,
    conversation: conversation,
    bot: recipient,
    serviceUrl,
  }
  const event = {
    ...withTimesAsText(more),
    ...(locale === undefined ? {} : { textLocale: locale }),
    ...(channelData === undefined ? {} : { sourceEvent: channelData as unknown }),
    text: activity.text ?? '',
    attachments: activity.attachments ?? [],
    entities: activity.entities ?? [],
    address,
    source: channelId,
    agent: 'botbuilder',
    user: from,
  }
  return event as unknown as IEvent
}

/** Bots of SDK v3 get times as they were sent. */
function withTimesAsText(activity: Partial<Activity>): object {
  const { rawTimestamp, rawLocalTimestamp, rawExpiration, timestamp, localTimestamp, expiration, ...rest } = activity
  return {
    ...rest,
    ...textOf('timestamp', rawTimestamp ?? timestamp),
    ...textOf('localTimestamp', rawLocalTimestamp ?? localTimestamp),
    ...textOf('expiration', rawExpiration ?? expiration),
  }
}

function textOf(name: string, time: string | Date | undefined): Record<string, string> {
  return time === undefined ? {} : { [name]: time instanceof Date ? time.toISOString() : time }
}
