import { BotAdapter, NullTelemetryClient, TurnContext } from '@parley/core'
import type { Activity, BotTelemetryClient, ResourceResponse, TelemetryEvent } from '@parley/core'

/** A turn, with what the bot sent in it. */
export interface Turn {
  readonly context: TurnContext
  readonly sent: Partial<Activity>[]
}

export function turnWith(text: string | undefined, activity: Partial<Activity> = {}): Turn {
  const sent: Partial<Activity>[] = []
  class Adapter extends BotAdapter {
    override async sendActivities(_: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
      sent.push(...activities)
      return activities.map(() => ({ id: '1' }))
    }
    override async updateActivity(): Promise<void> {}
    override async deleteActivity(): Promise<void> {}
    override async continueConversation(): Promise<void> {}
  }
  const message = { type: 'message', id: 'a1', channelId: 'emulator', from: { id: 'u', name: 'User' } }
  const incoming = { ...message, ...activity, ...(text === undefined ? {} : { text }) }
  return { context: new TurnContext(new Adapter(), incoming), sent }
}

/** A telemetry client that keeps events. */
export function recordEvents(): { client: BotTelemetryClient; events: TelemetryEvent[] } {
  const events: TelemetryEvent[] = []
  const client = Object.assign(new NullTelemetryClient(), {
    trackEvent: (event: TelemetryEvent) => void events.push(event),
  })
  return { client, events }
}
