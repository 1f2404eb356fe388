import type { Activity } from '../activity.ts'
import type { ResourceResponse } from '../connector-models.ts'
import { BotAdapter, TurnContext } from '../turn-context.ts'
import type { TurnLogic } from '../turn-context.ts'
import type { BotTelemetryClient, TelemetryEvent } from './bot-telemetry-client.ts'
import { NullTelemetryClient } from './bot-telemetry-client.ts'
import { TelemetryLoggerMiddleware } from './telemetry-logger-middleware.ts'
import type { TelemetryProperties } from './telemetry-logger-middleware.ts'

class OneIdAdapter extends BotAdapter {
  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return activities.map(() => ({ id: 'r1' }))
  }

  async updateActivity(): Promise<void> {}

  async deleteActivity(): Promise<void> {}

  async continueConversation(): Promise<void> {}

  run(activity: Partial<Activity>, logic: TurnLogic): Promise<void> {
    return this.runMiddleware(new TurnContext(this, activity), logic)
  }
}

const message = {
  type: 'message',
  text: 'hi',
  speak: 'ho',
  id: '1',
  channelId: 'test',
  conversation: { id: 'c', name: 'cn' },
  from: { id: 'u', name: 'User' },
  recipient: { id: 'b', name: 'Bot' },
  locale: 'de',
} as Activity

async function eventsOf(
  activity: Partial<Activity>,
  logic: TurnLogic,
  personal?: boolean,
  Middleware: typeof TelemetryLoggerMiddleware = TelemetryLoggerMiddleware,
): Promise<TelemetryEvent[]> {
  const events: TelemetryEvent[] = []
  const client = { trackEvent: (event: TelemetryEvent) => events.push(event) } as unknown as BotTelemetryClient
  await new OneIdAdapter().use(new Middleware(client, personal)).run(activity, logic)
  return events
}

const speakAndTakeBack: TurnLogic = async (context) => {
  await context.sendActivity({ type: 'message', text: 'rep', speak: 'spk', attachments: [{ contentType: 'y' }] })
  await context.updateActivity({ id: '9', text: 'up' })
  await context.deleteActivity('9')
}

const conversation = { conversationId: 'c', conversationName: 'cn' }
const received = {
  fromId: 'u',
  ...conversation,
  locale: 'de',
  recipientId: 'b',
  recipientName: 'Bot',
  type: 'message',
  activityId: '1',
}
const sent = {
  replyActivityId: '1',
  recipientId: 'u',
  ...conversation,
  locale: 'de',
  type: 'message',
  activityId: 'r1',
}
const updated = { recipientId: 'u', ...conversation, locale: 'de', type: '', activityId: '9' }
const deleted = { channelId: 'test', recipientId: 'u', ...conversation, type: 'messageDelete', activityId: '9' }

describe('TelemetryLoggerMiddleware', () => {
  test('reports what came, was sent, replaced and deleted, without anything personal', async () => {
    await expect(eventsOf(message, speakAndTakeBack)).resolves.toEqual([
      { name: 'BotMessageReceived', properties: received },
      { name: 'BotMessageSend', properties: sent },
      { name: 'BotMessageUpdate', properties: updated },
      { name: 'BotMessageDelete', properties: deleted },
    ])
  })

  test('reports names and what was said when told to', async () => {
    const attachments = '[{"contentType":"y"}]'
    await expect(eventsOf(message, speakAndTakeBack, true)).resolves.toEqual([
      { name: 'BotMessageReceived', properties: { ...received, fromName: 'User', text: 'hi', speak: 'ho' } },
      {
        name: 'BotMessageSend',
        properties: { ...sent, recipientName: 'User', text: 'rep', speak: 'spk', attachments },
      },
      { name: 'BotMessageUpdate', properties: { ...updated, text: 'up' } },
      { name: 'BotMessageDelete', properties: deleted },
    ])
  })

  test('what an activity does not say is reported as empty, and blank texts not at all', async () => {
    const [event] = await eventsOf({ type: 'message', text: ' ' }, async () => {}, true)
    const empty = {
      fromId: '',
      conversationId: '',
      conversationName: '',
      locale: '',
      recipientId: '',
      recipientName: '',
    }
    expect(event?.properties).toEqual({ ...empty, type: 'message', activityId: '' })
  })

  test.each<[string, Partial<Activity>, TelemetryProperties]>([
    [
      'a team',
      { from: { id: 'u', name: '', aadObjectId: 'aad' }, channelData: { tenant: { id: 't' }, team: { id: '7' } } },
      { TeamsUserAadObjectId: 'aad', TeamsTenantId: 't', TeamsTeamInfo: '{"id":"7"}' },
    ],
    ['no team', { channelData: {} }, { TeamsUserAadObjectId: '', TeamsTenantId: '' }],
    ['no data', {}, { TeamsUserAadObjectId: '', TeamsTenantId: '' }],
  ])('an activity of Teams with %s says so', async (_, activity, expected) => {
    const [event] = await eventsOf({ ...message, channelId: 'msteams', ...activity }, async () => {})
    expect(event?.properties).toEqual({ ...received, ...expected })
  })

  test('leaves the client in the turn', async () => {
    const client = new NullTelemetryClient()
    expect.assertions(1)
    await new OneIdAdapter().use(new TelemetryLoggerMiddleware(client)).run(message, async ({ turnState }) => {
      expect(turnState.get('telemetryClient')).toBe(client)
    })
  })

  test.each([undefined, null])('without a client (%p) nothing is reported', (client) => {
    const middleware = new TelemetryLoggerMiddleware(client as never)
    expect(middleware.telemetryClient).toBeInstanceOf(NullTelemetryClient)
    expect(middleware.logPersonalInformation).toBe(false)
  })

  test('a subclass may report more, and its properties win', async () => {
    class Verbose extends TelemetryLoggerMiddleware {
      protected override async onReceiveActivity(activity: Activity): Promise<void> {
        const extra = { extra: 'e', fromId: 'mine' }
        const fills = [
          await this.fillReceiveEventProperties(activity, extra),
          await this.fillSendEventProperties(activity, extra),
          await this.fillUpdateEventProperties(activity, extra),
          await this.fillDeleteEventProperties(activity, extra),
        ]
        for (const properties of fills) this.telemetryClient.trackEvent({ name: 'mine', properties })
      }
    }
    const events = await eventsOf(message, async () => {}, false, Verbose)
    expect(events).toHaveLength(4)
    for (const { properties } of events) expect(properties).toMatchObject({ extra: 'e', fromId: 'mine' })
  })

  test('its event names are those dashboards ask for', () => {
    const { botMsgReceiveEvent, botMsgSendEvent, botMsgUpdateEvent, botMsgDeleteEvent } = TelemetryLoggerMiddleware
    expect([botMsgReceiveEvent, botMsgSendEvent, botMsgUpdateEvent, botMsgDeleteEvent]).toEqual([
      'BotMessageReceived',
      'BotMessageSend',
      'BotMessageUpdate',
      'BotMessageDelete',
    ])
  })
})
